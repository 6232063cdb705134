"""The forms of mandates, resolutions, policy frameworks and terms of office."""

from __future__ import annotations

from typing import Any

from tracker.domain.bodies import BodyRole
from tracker.domain.dates import Direction
from tracker.domain.follow_up import Completion, FrameworkState, ResolutionState
from tracker.lang import lazy_gettext as _
from tracker.mandates.given import GivenFramework, GivenMandate, GivenResolution, GivenTerm
from tracker.web.attached import (
    BodyRow,
    FiledRow,
    given_bodies,
    given_filings,
    language_of,
)
from tracker.web.forms import (
    BaseForm,
    ChoiceField,
    FuzzyDateField,
    IntegerField,
    LevelField,
    LinkField,
    RowsField,
    TextField,
    TextsField,
)

_HIGHEST_NUMBER = 9999


def _common(form: Any) -> dict[str, Any]:
    return {
        "level": form.level.data,
        "language": language_of(form),
        "version": form.version.data,
        "submission": form.submission.data,
    }


class MandateForm(BaseForm):
    """What was ordered of whom; only its title is needed."""

    title = TextsField(_("Mandate"), required=True, max_length=300)
    text = TextsField(_("Text"), multiline=True, max_length=2000)
    issuer = LinkField(_("Ordered by"), kinds=("organisation",))
    owner = LinkField(_("Executor"), kinds=("organisation",))
    help_from = LinkField(_("Needs the help of"), kinds=("organisation",))
    term = LinkField(_("Term of office"), kinds=("term",))
    resolution = LinkField(_("Resolution"), kinds=("resolution",))
    event = LinkField(
        _("Event it orders"), kinds=("meeting",), hint=_("A meeting that is planned or was held")
    )
    filed_under = RowsField(FiledRow, _("Filed under"))
    source = LinkField(_("Source"), kinds=("source",))
    issued_on = FuzzyDateField(_("Ordered on"))
    due = FuzzyDateField(
        _("Due date"),
        direction=Direction.FUTURE,
        hint=_("Left empty: unknown, and then never counted as overdue"),
    )
    completion = ChoiceField(
        _("Completion"), vocabulary=Completion, blank=_("unknown (no report)")
    )
    level = LevelField(_("Level"))

    def given(self) -> GivenMandate:
        """What was typed, as the services take it."""
        return GivenMandate(
            title=self.title.data,
            text=self.text.data,
            issuer=self.issuer.data,
            owner=self.owner.data,
            help_from=self.help_from.data,
            term=self.term.data,
            resolution=self.resolution.data,
            event=self.event.data,
            filed_under=given_filings(self.filed_under),
            source=self.source.data,
            issued_on=self.issued_on.data,
            due=self.due.data,
            completion=self.completion.data,
            **_common(self),
        )


class ResolutionForm(BaseForm):
    """An act of a council; its number and its day may be unknown."""

    title = TextsField(_("Resolution"), required=True, max_length=300)
    issuer = LinkField(_("Issued by"), kinds=("organisation",))
    number = TextField(_("Number"), max_length=60, hint=_("Left empty: unknown"))
    adopted_on = FuzzyDateField(_("Adopted on"))
    state = ChoiceField(
        _("State"),
        vocabulary=ResolutionState,
        default=ResolutionState.APPROVED,
        required=True,
    )
    term = LinkField(_("Term of office"), kinds=("term",))
    source = LinkField(_("Source"), kinds=("source",))
    level = LevelField(_("Level"))

    def given(self) -> GivenResolution:
        """What was typed, as the services take it."""
        return GivenResolution(
            title=self.title.data,
            issuer=self.issuer.data,
            number=self.number.data,
            adopted_on=self.adopted_on.data,
            state=self.state.data,
            term=self.term.data,
            source=self.source.data,
            **_common(self),
        )


class FrameworkBodyRow(BodyRow):
    """A body and its part in the policy."""

    role = ChoiceField(_("Its part"), vocabulary=BodyRole, default=BodyRole.AGENT, required=True)


class FrameworkForm(BaseForm):
    """A policy, the principle it follows, and the bodies with a part in it."""

    title = TextsField(_("Policy framework"), required=True, max_length=300)
    principle = TextsField(_("Principle"), multiline=True, max_length=2000)
    owner = LinkField(_("Drawn up by"), kinds=("organisation",))
    state = ChoiceField(
        _("State"), vocabulary=FrameworkState, default=FrameworkState.DRAFTING, required=True
    )
    state_on = FuzzyDateField(_("In this state since"))
    term = LinkField(_("Term of office"), kinds=("term",))
    source = LinkField(_("Source"), kinds=("source",))
    bodies = RowsField(FrameworkBodyRow, _("Bodies with a part in it"))
    level = LevelField(_("Level"))

    def given(self) -> GivenFramework:
        """What was typed, as the services take it."""
        return GivenFramework(
            title=self.title.data,
            principle=self.principle.data,
            owner=self.owner.data,
            state=self.state.data,
            state_on=self.state_on.data,
            term=self.term.data,
            source=self.source.data,
            bodies=given_bodies(self.bodies),
            **_common(self),
        )


class TermForm(BaseForm):
    """A term of office of a council and its municipality."""

    name = TextsField(_("Term of office"), required=True, max_length=200)
    organisation = LinkField(_("Council"), kinds=("organisation",))
    number = IntegerField(_("Which one, counted"), smallest=1, largest=_HIGHEST_NUMBER)
    since = FuzzyDateField(_("Since"))
    until = FuzzyDateField(_("Until"), direction=Direction.FUTURE)
    level = LevelField(_("Level"))

    def given(self) -> GivenTerm:
        """What was typed, as the services take it."""
        return GivenTerm(
            name=self.name.data,
            organisation=self.organisation.data,
            number=self.number.data,
            since=self.since.data,
            until=self.until.data,
            **_common(self),
        )
