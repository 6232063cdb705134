"""The form of a tie; of a new one also its state."""

from __future__ import annotations

from tracker.domain.memoranda import Side
from tracker.domain.ties import Copy, TieKind, TieState
from tracker.lang import lazy_gettext as _
from tracker.record.grounds import Ground
from tracker.record.parties import KINDS as PARTIES
from tracker.record.parties import GivenParty
from tracker.ties.given import EnteredState, GivenTie
from tracker.web.attached import BodyRow, given_bodies, language_of
from tracker.web.forms import (
    BaseForm,
    BooleanField,
    ChoiceField,
    FuzzyDateField,
    LevelField,
    LinkField,
    RowForm,
    RowsField,
    TextField,
    TextsField,
)


class PartyRow(RowForm):
    side = ChoiceField(_("Side"), vocabulary=Side, default=Side.THEIRS, required=True)
    who = LinkField(_("Party (city, province or organisation)"), kinds=PARTIES)


class TieForm(BaseForm):
    kind = ChoiceField(_("Kind"), vocabulary=TieKind, default=TieKind.SISTER, required=True)
    parties = RowsField(
        PartyRow, _("Parties"), spare=2, hint=_("Two or more, ours first; new names are added")
    )
    title = TextsField(
        _("Title"), max_length=300, hint=_("Left empty, it is made of the parties' names")
    )
    since = FuzzyDateField(
        _("Since"), hint=_("For example 16 Aban 1400, yesterday, or “until 16 Aban 1400”")
    )
    basis = LinkField(
        _("Legal basis"), kinds=("clause",), hint=_("The clause that the tie rests on")
    )
    agreement_copy = ChoiceField(
        _("Signed agreement"), vocabulary=Copy, default=Copy.UNKNOWN, required=True
    )
    agreement = LinkField(_("Text of the agreement"), kinds=("instrument",))
    purpose = TextsField(_("Why it was made"), multiline=True, max_length=2000)
    bodies = RowsField(BodyRow, _("Channel and other bodies"))
    said_in = LinkField(
        _("The statement that its state rests on"), kinds=("statement",), max_length=20_000
    )
    source = LinkField(_("Source"), kinds=("source",))
    locator = TextField(_("Where in the source"), max_length=200)
    inferred = BooleanField(_("Inferred, not quoted"))
    reason = TextsField(_("Why it was inferred"), max_length=300)
    level = LevelField(_("Level"))

    def given(self) -> GivenTie:
        """What was typed, as the services take it."""
        return GivenTie(
            kind=self.kind.data or TieKind.OTHER,
            parties=tuple(
                GivenParty(row.side.data, row.who.data, row.who.name) for row in self.parties.rows
            ),
            title=self.title.data,
            since=self.since.data,
            basis=self.basis.data,
            agreement=self.agreement.data,
            agreement_copy=self.agreement_copy.data or Copy.UNKNOWN,
            purpose=self.purpose.data,
            bodies=given_bodies(self.bodies),
            said_in=self.said_in.data,
            ground=Ground(
                self.source.data,
                bool(self.inferred.data),
                self.reason.data,
                self.locator.data,
            ),
            level=self.level.data,
            language=language_of(self),
            version=self.version.data,
            submission=self.submission.data,
        )


class NewTieForm(TieForm):
    state = ChoiceField(_("State"), vocabulary=TieState, default=TieState.EXPLORING, required=True)
    state_on = FuzzyDateField(
        _("In this state since"), hint=_("Left empty, the date since when the tie exists")
    )

    def entered(self) -> EnteredState:
        """The state that the tie is in already."""
        return EnteredState(
            self.state.data, self.since.data if self.state_on.is_blank else self.state_on.data
        )
