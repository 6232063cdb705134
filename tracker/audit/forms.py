"""What the auditor asks for, as it is typed; all of it stands in the address."""

from __future__ import annotations

from typing import Any

from wtforms.fields.choices import SelectChoice, SelectField  # type: ignore[attr-defined]

from tracker.audit.exporting import Form
from tracker.audit.filters import AccessFilter, Days, EntryFilter
from tracker.audit.sampling import MOST
from tracker.domain.access import Role
from tracker.domain.audit import AccessEvent
from tracker.lang import gettext, lazy_gettext
from tracker.record import words
from tracker.web.forms import (
    ChoiceField,
    FuzzyDateField,
    IntegerField,
    RowForm,
    TextField,
)

_ANY = lazy_gettext("Any")
_ID_HINT = lazy_gettext("The address of its page, or its id")
_WHO_HINT = lazy_gettext("A part of the name or of the e-mail address")


def _kinds() -> list[Any]:
    return _choices(words.KINDS)


def _actions() -> list[Any]:
    return _choices(words.ACTIONS)


def _files() -> list[Any]:
    return [
        SelectChoice(Form.JSON.value, gettext("for programs (JSON)")),
        SelectChoice(Form.CSV.value, gettext("for tables (CSV)")),
    ]


def _choices(table: dict[str, Any]) -> list[Any]:
    known = (SelectChoice(value, str(word)) for value, word in table.items())
    return [SelectChoice("", gettext("Any")), *known]


class _DaysForm(RowForm):
    since = FuzzyDateField(lazy_gettext("From"))
    until = FuzzyDateField(lazy_gettext("Until"))

    @property
    def days(self) -> Days:
        return Days.between(self.since.data, self.until.data)


class EntryFilterForm(_DaysForm):
    """What to look for among the entries of the audit."""

    who = TextField(lazy_gettext("Who"), hint=_WHO_HINT)
    role = ChoiceField(lazy_gettext("In which role"), vocabulary=Role, blank=_ANY)
    kind = SelectField(lazy_gettext("What"), choices=_kinds, default="")
    action = SelectField(lazy_gettext("What was done"), choices=_actions, default="")
    object = TextField(lazy_gettext("Which one"), hint=_ID_HINT)
    reason = TextField(lazy_gettext("Words of the reason"))

    @property
    def wanted(self) -> EntryFilter:
        return EntryFilter(
            who=self.who.data,
            role=self.role.data,
            kind=self.kind.data or "",
            action=self.action.data or "",
            thing=self.object.data,
            words=self.reason.data,
            days=self.days,
        )


class AccessFilterForm(_DaysForm):
    """What to look for in the record of access."""

    who = TextField(lazy_gettext("Who"), hint=_WHO_HINT)
    event = ChoiceField(lazy_gettext("What happened"), vocabulary=AccessEvent, blank=_ANY)
    kind = SelectField(lazy_gettext("What"), choices=_kinds, default="")
    object = TextField(lazy_gettext("Which one"), hint=_ID_HINT)
    address = TextField(lazy_gettext("Address of the computer"), max_length=64)

    @property
    def wanted(self) -> AccessFilter:
        return AccessFilter(
            who=self.who.data,
            event=self.event.data,
            kind=self.kind.data or "",
            thing=self.object.data,
            address=self.address.data,
            days=self.days,
        )


class ExportForm(EntryFilterForm):
    """Which entries go into the file, and how they are written."""

    form = SelectField(
        lazy_gettext("Kind of file"),
        choices=_files,
        default=Form.JSON.value,
    )


class SampleForm(RowForm):
    """How many are drawn, from which seed, out of the entries up to which one."""

    n = IntegerField(lazy_gettext("How many"), smallest=1, largest=MOST, required=True)
    seed = IntegerField(
        lazy_gettext("Seed"),
        smallest=0,
        largest=10**9,
        required=True,
        hint=lazy_gettext("The same number draws the same sample"),
    )
    upto = IntegerField(lazy_gettext("Up to entry"), smallest=0, largest=2**31 - 1, required=True)
