"""The form of a memorandum with its commitments; of a new one also its stage."""

from __future__ import annotations

from typing import Any

from tracker.domain.dates import Direction
from tracker.domain.memoranda import CommitmentState, LegalNature, Side, Stage
from tracker.lang import gettext
from tracker.lang import lazy_gettext as _
from tracker.memoranda.given import (
    EnteredStage,
    GivenCommitment,
    GivenMemorandum,
    GivenPlace,
    GivenTie,
)
from tracker.record.grounds import Ground
from tracker.record.parties import KINDS as PARTIES
from tracker.record.parties import GivenParty
from tracker.web.attached import BodyRow, given_bodies, language_of
from tracker.web.forms import (
    BaseForm,
    BooleanField,
    ChoiceField,
    DecimalField,
    FuzzyDateField,
    HiddenIdField,
    IntegerField,
    LevelField,
    LinkField,
    RowForm,
    RowsField,
    TextField,
    TextsField,
)

_MOST = 1_000_000_000


class PartyRow(RowForm):
    side = ChoiceField(_("Side"), vocabulary=Side, default=Side.THEIRS, required=True)
    who = LinkField(_("Party (city, province or organisation)"), kinds=PARTIES)
    signatory = LinkField(
        _("Signatory"), kinds=("post",), hint=_("The post that signs; empty means unknown")
    )


class TieRow(RowForm):
    tie = LinkField(_("Tie"), kinds=("tie",))
    inferred = BooleanField(_("Inferred, not quoted"))
    reason = TextsField(_("Why it was inferred"), max_length=300)


class SubjectRow(RowForm):
    text = TextsField(_("Subject"), max_length=300)


class PlaceRow(RowForm):
    place = LinkField(_("Place"), kinds=("place",))


class CommitmentRow(RowForm):
    id = HiddenIdField()
    side = ChoiceField(_("Whose commitment"), vocabulary=Side, default=Side.OURS, required=True)
    text = TextsField(_("What is promised"), max_length=1000, multiline=True)
    emphasis = TextsField(_("Especially"), max_length=300)
    beneficiary = TextsField(_("For whom"), max_length=300)
    quantity_min = IntegerField(_("Quantity, from"), smallest=0, largest=_MOST)
    quantity_max = IntegerField(_("Quantity, to"), smallest=0, largest=_MOST)
    unit = TextsField(_("Unit"), max_length=60)
    due = FuzzyDateField(_("Due date"), direction=Direction.FUTURE)
    value = DecimalField(_("Value, if it is known"), smallest=0)
    currency = TextField(_("Currency"), max_length=3, hint=_("Three letters, such as EUR"))
    clause = TextField(_("Clause"), max_length=60)
    answers = IntegerField(
        _("In exchange for commitment no."),
        smallest=1,
        hint=_("The number of another row of this list"),
    )
    state = ChoiceField(
        _("State"),
        vocabulary=CommitmentState,
        default=CommitmentState.RAISED,
        required=True,
    )

    def validate(self, extra_validators: Any = None) -> bool:
        good = super().validate(extra_validators)
        if good and not self.text.data:
            self.text.errors = [gettext("Say what is promised, or remove the row")]
            return False
        return good


class MemorandumForm(BaseForm):
    title = TextsField(_("Title"), required=True, max_length=300)
    reference_no = TextField(_("Reference number"), max_length=60)
    parties = RowsField(PartyRow, _("Parties"), spare=2)
    ties = RowsField(TieRow, _("Related ties"))
    subjects = RowsField(SubjectRow, _("Subjects"))
    commitments = RowsField(CommitmentRow, _("Commitments of both sides"))
    scope = TextsField(
        _("Scope"), max_length=1000, hint=_("What the number counts: cities of a country, roads")
    )
    scope_min = IntegerField(_("Places in its scope, from"), smallest=1, largest=_MOST)
    scope_max = IntegerField(_("Places in its scope, to"), smallest=1, largest=_MOST)
    places = RowsField(PlaceRow, _("Places named"))
    legal_nature = ChoiceField(
        _("Legal nature"), vocabulary=LegalNature, default=LegalNature.UNKNOWN, required=True
    )
    bodies = RowsField(BodyRow, _("Channel and other bodies"))
    source = LinkField(_("Source"), kinds=("source",))
    locator = TextField(_("Where in the source"), max_length=200)
    inferred = BooleanField(_("Inferred, not quoted"))
    reason = TextsField(_("Why it was inferred"), max_length=300)
    level = LevelField(_("Level"))

    def rows_changed(self) -> bool:
        """A row that is taken out renumbers those after it: what they answer goes along."""
        before = [(number_of(entry), entry) for entry in self.commitments]
        changed = super().rows_changed()
        left = list(self.commitments)
        now = {number: number_of(entry) if entry in left else None for number, entry in before}
        for entry in left:
            answers = entry.form.answers
            if now.get(answers.data, answers.data) != answers.data:
                answers.data, answers.raw_data = now[answers.data], None
        return changed

    def given(self) -> GivenMemorandum:
        """What was typed, as the services take it."""
        return GivenMemorandum(
            title=self.title.data,
            reference_no=self.reference_no.data,
            parties=tuple(
                GivenParty(
                    row.side.data,
                    row.who.data,
                    row.who.name,
                    row.signatory.data,
                    row.signatory.name,
                )
                for row in self.parties.rows
            ),
            ties=tuple(
                GivenTie(row.tie.data, bool(row.inferred.data), row.reason.data, row.tie.name)
                for row in self.ties.rows
            ),
            subjects=tuple(row.text.data for row in self.subjects.rows),
            scope=self.scope.data,
            scope_min=self.scope_min.data,
            scope_max=self.scope_max.data,
            places=tuple(GivenPlace(row.place.data, row.place.name) for row in self.places.rows),
            legal_nature=self.legal_nature.data or LegalNature.UNKNOWN,
            commitments=tuple(
                _commitment(entry) for entry in self.commitments if not entry.form.is_blank
            ),
            bodies=given_bodies(self.bodies),
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


class NewMemorandumForm(MemorandumForm):
    stage = ChoiceField(_("Stage"), vocabulary=Stage, default=Stage.PROPOSED, required=True)
    staged_on = FuzzyDateField(
        _("At this stage since"),
        hint=_("For example 16 Aban 1400, yesterday, or “until 16 Aban 1400”"),
    )

    def entered(self) -> EnteredStage:
        """The stage that the memorandum has reached already."""
        return EnteredStage(self.stage.data, self.staged_on.data)


def number_of(entry: Any) -> int:
    """The number by which other rows point at this one."""
    return int(entry.name.rpartition("-")[2]) + 1


def _commitment(entry: Any) -> GivenCommitment:
    row: CommitmentRow = entry.form
    return GivenCommitment(
        id=row.id.id_given,
        number=number_of(entry),
        side=row.side.data,
        text=row.text.data,
        emphasis=row.emphasis.data,
        beneficiary=row.beneficiary.data,
        quantity_min=row.quantity_min.data,
        quantity_max=row.quantity_max.data,
        unit=row.unit.data,
        due=row.due.data,
        amount=row.value.data,
        currency=row.currency.data.upper(),
        clause=row.clause.data,
        answers=row.answers.data,
        state=row.state.data,
        at=f"{entry.name}-",
    )
