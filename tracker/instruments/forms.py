"""The form of an instrument with its parties and clauses."""

from __future__ import annotations

from typing import Any

from wtforms import ValidationError

from tracker.domain.numbers import plain_digits
from tracker.domain.sources import InstrumentKind
from tracker.domain.ties import Copy
from tracker.instruments.given import GivenClause, GivenInstrument, GivenParty
from tracker.lang import gettext
from tracker.lang import lazy_gettext as _
from tracker.record.grounds import Ground
from tracker.web.attached import language_of
from tracker.web.city import profile
from tracker.web.forms import (
    BaseForm,
    ChoiceField,
    FuzzyDateField,
    HiddenIdField,
    LevelField,
    LinkField,
    RowForm,
    RowsField,
    TextField,
    TextsField,
)

PARTIES = ("place", "organisation")


class PartyRow(RowForm):
    """A party."""

    who = LinkField(_("Party (country, city or organisation)"), kinds=PARTIES)


class ClauseRow(RowForm):
    """A clause; its number may be unknown."""

    clause = HiddenIdField()
    number = TextField(_("Number of the clause"), max_length=60)
    subject = TextsField(_("What it is about"), required=True, max_length=500)


class InstrumentForm(BaseForm):
    """A paper that exists or is said to exist, whether or not a copy is in hand."""

    title = TextsField(_("Title"), required=True, max_length=300)
    kind = ChoiceField(
        _("Kind"),
        vocabulary=InstrumentKind,
        default=InstrumentKind.BILATERAL_DOCUMENT,
        required=True,
    )
    number = TextField(_("Number"), max_length=60, hint=_("Empty means unknown"))
    dated = FuzzyDateField(
        _("Dated"), hint=_("For example 16 Aban 1400, yesterday, or “until 16 Aban 1400”")
    )
    copy = ChoiceField(_("Copy"), vocabulary=Copy, default=Copy.UNKNOWN, required=True)
    parties = RowsField(PartyRow, _("Parties"))
    clauses = RowsField(ClauseRow, _("Clauses"))
    source = LinkField(
        _("Source"), kinds=("source",), max_length=500, hint=_("Where it is spoken of")
    )
    locator = TextField(_("Where in the source"), max_length=200)
    level = LevelField(_("Level"))

    def validate_copy(self, field: Any) -> None:
        # Without it the form was not sent whole: clauses that are missing are not removed ones.
        if not field.raw_data:
            raise ValidationError(gettext("%(label)s is needed", label=field.label.text))

    def given(self) -> GivenInstrument:
        """What was typed, as the services take it."""
        return GivenInstrument(
            kind=self.kind.data,
            title=self.title.data,
            number=self.number.data,
            dated=self.dated.data,
            copy=self.copy.data,
            parties=tuple(GivenParty(row.who.data, row.who.name) for row in self.parties.rows),
            clauses=tuple(
                GivenClause(row.clause.id_given, row.number.data, row.subject.data)
                for row in self.clauses.rows
            ),
            ground=Ground(self.source.data, locator=plain_digits(self.locator.data)),
            level=self.level.data,
            language=language_of(self),
            languages_shown=frozenset(profile().tags),
            version=self.version.data,
            submission=self.submission.data,
        )
