"""Forms of signing in and of one's own account."""

from __future__ import annotations

from tracker.lang import lazy_gettext as _
from tracker.web.forms import BaseForm, PasswordField, TextField


class EmailLine(TextField):
    """An e-mail address as it is typed to sign in; whether it is one, the account decides."""

    drawn_as = "EmailField"


class SignInForm(BaseForm):
    email = EmailLine(
        _("E-mail"), required=True, max_length=254, render_kw={"autocomplete": "username"}
    )
    password = PasswordField(_("Password"), render_kw={"autocomplete": "current-password"})
    next = TextField("", max_length=2000)


class PasswordForm(BaseForm):
    current = PasswordField(_("Present password"), render_kw={"autocomplete": "current-password"})
    password = PasswordField(_("New password"), render_kw={"autocomplete": "new-password"})


class ChosenPasswordForm(BaseForm):
    """The password that the holder of a link chooses."""

    password = PasswordField(_("New password"), render_kw={"autocomplete": "new-password"})
