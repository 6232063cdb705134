"""The forms of an action, of its steps, and of putting it off."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any
from uuid import UUID

from wtforms.validators import StopValidation

from tracker.actions import queries
from tracker.actions.given import EnteredState, GivenAction, GivenOwner, Postponement
from tracker.domain.actions import ActionState
from tracker.domain.dates import Direction
from tracker.lang import gettext
from tracker.lang import lazy_gettext as _
from tracker.web.attached import FiledRow, given_filings, language_of
from tracker.web.db import db
from tracker.web.fields.base import BaseField
from tracker.web.fields.choices import Choice
from tracker.web.forms import (
    BaseForm,
    ChoiceField,
    FuzzyDateField,
    LevelField,
    LinkField,
    LongTextField,
    RowForm,
    RowsField,
    TextField,
    TextsField,
)
from tracker.web.moving import MoveForm

OWNERS = ("person", "post", "organisation")
# An action that was called off or verified went through another state before.
_ENTERED = (
    ActionState.OPEN,
    ActionState.IN_PROGRESS,
    ActionState.BLOCKED,
    ActionState.DONE,
)


class AccountField(BaseField):
    """One of the accounts that record, or nobody; `held` is who follows the action up now, and
    may go on doing so without recording any more."""

    drawn_as = "SelectField"

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.held: UUID | None = None

    @cached_property
    def accounts(self) -> dict[UUID, str]:
        return queries.accounts(db.session(), besides=self.held or self.object_data)

    def process_data(self, value: UUID | None) -> None:
        self.data = value

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = self.typed().strip()
        self.data = None
        if typed:
            try:
                self.data = UUID(typed)
            except ValueError:
                raise ValueError(self._refusal()) from None

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if self.data is not None and self.data not in self.accounts:
            raise StopValidation(self._refusal())

    def _refusal(self) -> str:
        return gettext("%(label)s: choose one of the list", label=self.label.text)

    def iter_choices(self) -> Iterator[Any]:
        yield Choice("", gettext("nobody yet"), self.data is None, {})
        for account_id, name in self.accounts.items():
            # An option holds no markup: the name is set apart from the page's direction by marks.
            yield Choice(str(account_id), f"\u2068{name}\u2069", account_id == self.data, {})


class OwnerRow(RowForm):
    who = LinkField(_("Person, post or organisation"), kinds=OWNERS)


class ActionForm(BaseForm):
    """Only what is to be done is needed; no account, no day and no owner."""

    text = TextsField(_("Action"), required=True, multiline=True, max_length=1000)
    owners = RowsField(
        OwnerRow,
        _("Responsible"),
        hint=_("No account is needed; “name, post” for somebody new"),
    )
    due = FuzzyDateField(
        _("Due date"),
        direction=Direction.FUTURE,
        hint=_("Left empty: unknown, and then never counted as overdue"),
    )
    depends_on = LinkField(
        _("Depends on"), kinds=("organisation",), hint=_("A body whose help it needs")
    )
    follow_up = AccountField(_("Followed up by"))
    meeting = LinkField(_("From the meeting"), kinds=("meeting",))
    statement = LinkField(_("From the statement"), kinds=("statement",), max_length=20_000)
    obstacle = LinkField(_("Held up by the obstacle"), kinds=("obstacle",))
    mandate = LinkField(_("Carries the mandate"), kinds=("mandate",))
    filed_under = RowsField(FiledRow, _("Filed under"))
    note = TextsField(_("Note"), multiline=True, max_length=2000)
    evidence = TextField(
        _("Evidence"), max_length=500, hint=_("What shows that it was done, and where it is kept")
    )
    level = LevelField(_("Level"))

    def given(self) -> GivenAction:
        """What was typed, as the services take it."""
        return GivenAction(
            text=self.text.data,
            owners=tuple(GivenOwner(row.who.data, row.who.name) for row in self.owners.rows),
            due=self.due.data,
            depends_on=self.depends_on.data,
            follow_up=self.follow_up.data,
            meeting=self.meeting.data,
            statement=self.statement.data,
            obstacle=self.obstacle.data,
            mandate=self.mandate.data,
            filed_under=given_filings(self.filed_under),
            note=self.note.data,
            evidence=self.evidence.data,
            level=self.level.data,
            language=language_of(self),
            version=self.version.data,
            submission=self.submission.data,
        )


class NewActionForm(ActionForm):
    state = ChoiceField(
        _("State"),
        vocabulary=ActionState,
        only=_ENTERED,
        default=ActionState.OPEN,
        required=True,
    )
    state_on = FuzzyDateField(_("In this state since"))

    def entered(self) -> EnteredState:
        """The state that the action is in already."""
        return EnteredState(self.state.data, self.state_on.data)


class ActionMoveForm(MoveForm):
    """A step of an action; what blocks it may be named with the reason."""

    obstacle = LinkField(_("Obstacle"), kinds=("obstacle",))

    def __init__(self, *arguments: Any, **kwargs: Any) -> None:
        super().__init__(*arguments, **kwargs)
        if self.move.data != "block":
            del self.obstacle


class PostponeForm(BaseForm):
    """Until when, and why."""

    due = FuzzyDateField(
        _("New due date"),
        direction=Direction.FUTURE,
        required=True,
        hint=_("For example 1 Esfand, next week, or “until the end of Azar”"),
    )
    reason = LongTextField(_("Reason"), max_length=500, required=True)

    def given(self) -> Postponement:
        return Postponement(self.due.data, self.reason.data)
