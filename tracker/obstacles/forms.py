"""The form of an obstacle; of a new one also its state."""

from __future__ import annotations

from tracker.domain.follow_up import ObstacleState
from tracker.lang import lazy_gettext as _
from tracker.obstacles.given import EnteredState, GivenObstacle, GivenStep
from tracker.record.grounds import Ground
from tracker.web.attached import FiledRow, given_filings, language_of
from tracker.web.forms import (
    BaseForm,
    BooleanField,
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

LIFTERS = ("post", "organisation")


class StepRow(RowForm):
    """One step: who asked whom, when, and for what."""

    part = HiddenIdField()
    happened_on = FuzzyDateField(_("Happened on"))
    text = TextsField(_("What was asked or offered"), multiline=True, max_length=500)
    by = LinkField(_("By (post)"), kinds=("post",))
    asked = LinkField(_("Asked of"), kinds=LIFTERS)


class ObstacleForm(BaseForm):
    """What stands in the way, since when, and who can lift it."""

    title = TextsField(_("Obstacle"), required=True, max_length=300)
    text = TextsField(_("Text"), multiline=True, max_length=2000)
    since = FuzzyDateField(_("Since"))
    lifter = LinkField(_("Who can lift it"), kinds=LIFTERS, hint=_("A post needs no known person"))
    lifter_source = LinkField(_("Source of who can lift it"), kinds=("source",))
    lifter_inferred = BooleanField(_("Who can lift it is inferred, not quoted"))
    lifter_reason = TextsField(_("Why that was inferred"), max_length=300)
    filed_under = RowsField(FiledRow, _("What it blocks"))
    steps = RowsField(StepRow, _("What was asked of whom"))
    source = LinkField(_("Source"), kinds=("source",))
    locator = TextField(_("Where in the source"), max_length=200)
    inferred = BooleanField(_("Inferred, not quoted"))
    reason = TextsField(_("Why it was inferred"), max_length=300)
    level = LevelField(_("Level"))

    def given(self) -> GivenObstacle:
        """What was typed, as the services take it."""
        return GivenObstacle(
            title=self.title.data,
            text=self.text.data,
            since=self.since.data,
            lifter=self.lifter.data,
            lifter_ground=Ground(
                self.lifter_source.data, bool(self.lifter_inferred.data), self.lifter_reason.data
            ),
            filed_under=given_filings(self.filed_under),
            steps=tuple(
                GivenStep(
                    row.text.name.removesuffix("-text"),
                    row.part.id_given,
                    row.happened_on.data,
                    row.text.data,
                    row.by.data,
                    row.asked.data,
                )
                for row in self.steps.rows
            ),
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


class NewObstacleForm(ObstacleForm):
    state = ChoiceField(
        _("State"), vocabulary=ObstacleState, default=ObstacleState.OPEN, required=True
    )
    state_on = FuzzyDateField(_("In this state since"))

    def entered(self) -> EnteredState:
        """The state that the obstacle is in already."""
        day = self.since.data if self.state_on.is_blank else self.state_on.data
        return EnteredState(self.state.data, day)
