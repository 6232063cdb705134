"""Forms of the second factor, of its proof and of the lock."""

from __future__ import annotations

from tracker.lang import lazy_gettext as _
from tracker.web.forms import BaseForm, BooleanField, PasswordField, TextField


class CodeForm(BaseForm):
    """The six digits that an authenticator app shows."""

    code = TextField(
        _("Code"), required=True, max_length=40, render_kw={"autocomplete": "one-time-code"}
    )


class ProofForm(CodeForm):
    """The second step of signing in: a code, one of the recovery codes, or a passkey's answer."""

    remember = BooleanField(_("Do not ask again on this device"))
    credential = TextField("", max_length=20_000)
    next = TextField("", max_length=2000)


class PasskeyForm(BaseForm):
    """A new passkey, one that is renamed, or one that signs in."""

    name = TextField(_("Name of the passkey"), max_length=64)
    credential = TextField("", max_length=20_000)
    next = TextField("", max_length=2000)


class UnlockForm(BaseForm):
    """Who comes back, or confirms; `to` and `kept` are the form that waits to be sent on."""

    proof = PasswordField(_("Password"), render_kw={"autocomplete": "current-password"})
    credential = TextField("", max_length=20_000)
    next = TextField("", max_length=2000)
    to = TextField("", max_length=2000)
