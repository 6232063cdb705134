"""The forms of administrators."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tracker.accounts.administration.services import AccountEntry
from tracker.accounts.forms import EmailLine
from tracker.accounts.services import HELD, NewAccount
from tracker.domain.access import Role
from tracker.lang import gettext, lazy_gettext
from tracker.web.city import profile
from tracker.web.fields.base import BaseField
from tracker.web.fields.choices import Choice
from tracker.web.forms import BaseForm, ChoiceField, IntegerField, LongTextField, TextField
from tracker.web.limits import BOUNDS, Limits


class LanguageField(BaseField):
    """A language of the city by its tag, or None: whichever the browser asks for."""

    drawn_as = "SelectField"

    def process_data(self, value: str | None) -> None:
        self.data = value

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = self.typed()
        if typed and typed not in profile().tags:
            raise ValueError(gettext("%(label)s: choose one of the list", label=self.label.text))
        self.data = typed or None

    def iter_choices(self) -> Iterator[Any]:
        yield Choice("", gettext("as the browser asks"), self.data is None, {})
        for each in profile().languages:
            yield Choice(each.tag, each.name, each.tag == self.data, {"lang": each.tag})


class AccountForm(BaseForm):
    """What may be corrected of an account; its address is what it is known by."""

    name = TextField(lazy_gettext("Name"), required=True)
    role = ChoiceField(lazy_gettext("Role"), vocabulary=Role, only=HELD, required=True)
    language = LanguageField(lazy_gettext("Language"))

    def values(self) -> AccountEntry:
        return AccountEntry(
            name=self.name.data,
            role=self.role.data,
            language=self.language.data,
            version=self.version.data,
        )


class NewAccountForm(BaseForm):
    """An account to be; its owner chooses the password."""

    email = EmailLine(lazy_gettext("E-mail"), required=True, max_length=254)
    name = TextField(lazy_gettext("Name"), required=True)
    role = ChoiceField(lazy_gettext("Role"), vocabulary=Role, only=HELD, required=True)
    language = LanguageField(lazy_gettext("Language"))

    def values(self) -> NewAccount:
        return NewAccount(
            self.email.data, self.name.data, self.role.data, language=self.language.data
        )


class ResetForm(BaseForm):
    reason = LongTextField(
        lazy_gettext("Why, and how you made sure who asked"), required=True, max_length=500
    )


class LimitsForm(BaseForm):
    idle_minutes = IntegerField(
        lazy_gettext("Minutes without a page until it locks"),
        smallest=BOUNDS["idle_minutes"].least,
        largest=BOUNDS["idle_minutes"].most,
        required=True,
    )
    absolute_hours = IntegerField(
        lazy_gettext("Hours until signing in again, however busy"),
        smallest=BOUNDS["absolute_hours"].least,
        largest=BOUNDS["absolute_hours"].most,
        required=True,
    )
    remember_days = IntegerField(
        lazy_gettext("Days on which a device need not show the second factor again"),
        hint=lazy_gettext("0: for no longer than one session"),
        smallest=BOUNDS["remember_days"].least,
        largest=BOUNDS["remember_days"].most,
        required=True,
    )

    def values(self) -> Limits:
        return Limits(self.idle_minutes.data, self.absolute_hours.data, self.remember_days.data)
