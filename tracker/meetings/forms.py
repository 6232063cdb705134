"""The one form of a meeting: five blocks to log it, the same five to correct it."""

from __future__ import annotations

from typing import Any

from tracker.domain.dates import Direction
from tracker.domain.meetings import MeetingKind, MeetingState
from tracker.lang import current, gettext
from tracker.lang import lazy_gettext as _
from tracker.meetings.services.given import GivenAction, GivenDelegate, GivenMeeting
from tracker.web.city import profile
from tracker.web.forms import (
    BaseForm,
    BooleanField,
    ChoiceField,
    FuzzyDateField,
    HoursField,
    LevelField,
    LinkField,
    LongTextField,
    RowForm,
    RowsField,
    TextField,
    TextsField,
)
from tracker.web.moving import MoveForm

FILED_UNDER = ("tie", "memorandum")
DELEGATES = ("person", "post")
OWNERS = ("person", "post", "organisation")


class DelegateRow(RowForm):
    """Somebody who attended."""

    who = LinkField(_("Name, post or group"), kinds=DELEGATES)
    group = BooleanField(_("a group without names"))


class FiledRow(RowForm):
    """One more tie or memorandum."""

    under = LinkField(_("Tie or memorandum"), kinds=FILED_UNDER)


class ActionRow(RowForm):
    """Who does what by when."""

    text = TextField(_("Action"), max_length=1000)
    owner = LinkField(_("Responsible"), kinds=OWNERS)
    due = FuzzyDateField(_("Due date"), direction=Direction.FUTURE)

    def validate(self, extra_validators: Any = None) -> bool:
        good = super().validate(extra_validators)
        if good and not self.text.data:
            self.text.errors = [gettext("Say what is to be done, or remove the row")]
            return False
        return good


class FilingForm(BaseForm):
    """One button: file the meeting under what was suggested."""

    filed_under = LinkField(_("Tie or memorandum"), kinds=FILED_UNDER, required=True)


class MeetingMoveForm(MoveForm):
    """One step of the meeting's machine, which takes effect on the day of the meeting or today."""

    def __init__(self, *arguments: Any, **kwargs: Any) -> None:
        super().__init__(*arguments, **kwargs)
        del self.effective_on


class MeetingForm(BaseForm):
    """To log a meeting and to correct it; only the title is required."""

    title = TextsField(_("Title"), required=True, max_length=300)

    held_on = FuzzyDateField(
        _("Held on"), hint=_("For example 7 Nov 2021, yesterday, or “until 7 Nov 2021”")
    )
    kind = ChoiceField(_("Kind"), vocabulary=MeetingKind, default=MeetingKind.COURTESY_CALL)
    place = LinkField(_("Place"), kinds=("place",), hint=_("Empty means unknown"))
    filed_under = LinkField(
        _("Tie or memorandum"),
        kinds=FILED_UNDER,
        hint=_("May stay empty; it is suggested from who attended"),
    )

    ours = RowsField(DelegateRow, _("Our delegation"))
    theirs = RowsField(DelegateRow, _("Whom we met"))

    said = LongTextField(_("What was said"))

    decisions = LongTextField(_("Decisions"), hint=_("One per line; empty means none is recorded"))
    actions = RowsField(ActionRow, _("Actions"))

    state = ChoiceField(
        _("State"),
        vocabulary=MeetingState,
        only=(MeetingState.HELD, MeetingState.SCHEDULED),
        default=MeetingState.HELD,
    )
    also_filed_under = RowsField(FiledRow, _("Also filed under"))
    also_called = TextsField(
        _("Also called"), hint=_("Another word that a report uses for the same event")
    )
    starts_at = HoursField(_("From (hour)"))
    ends_at = HoursField(_("To (hour)"))
    place_note = TextsField(_("Where exactly"))
    source = LinkField(
        _("Source"), kinds=("source",), hint=_("The news item, letter or minutes that tells of it")
    )
    note = TextsField(_("Note"), multiline=True, max_length=5000)

    level = LevelField(_("Level"))

    def given(self) -> GivenMeeting:
        """What was typed, as the services take it."""
        return GivenMeeting(
            language=self.language,
            zone=profile().zone.key,
            title=self.title.data,
            held_on=self.held_on.data,
            kind=self.kind.data or MeetingKind.COURTESY_CALL,
            place=self.place.data,
            filed_under=(
                (self.filed_under.name, self.filed_under.data),
                *((row.under.name, row.under.data) for row in self.also_filed_under.rows),
            ),
            ours=_delegation(self.ours),
            theirs=_delegation(self.theirs),
            said=self.said.data,
            decisions=self.decisions.data,
            actions=tuple(
                GivenAction(row.text.data, row.owner.name, row.owner.data, row.due.data)
                for row in self.actions.rows
            ),
            state=self.state.data or MeetingState.HELD,
            also_called=self.also_called.data,
            starts_at=self.starts_at.data,
            ends_at=self.ends_at.data,
            place_note=self.place_note.data,
            source=self.source.data,
            note=self.note.data,
            level=self.level.data,
        )

    @property
    def language(self) -> str:
        """The language in which lines without a language of their own were typed."""
        typed_in = self.typed_in.data
        return typed_in if typed_in in profile().tags else current().tag

    @property
    def has_more(self) -> bool:
        """Whether something stands in the folded part, so that it is shown unfolded."""
        folded = (
            self.also_called, self.starts_at, self.ends_at, self.place_note, self.source, self.note
        )  # fmt: skip
        return (
            any(field.errors or not field.is_blank for field in folded)
            or bool(self.also_filed_under.rows or self.also_filed_under.errors)
            or self.state.data not in (None, MeetingState.HELD)
        )


def _delegation(rows: RowsField) -> tuple[GivenDelegate, ...]:
    return tuple(
        GivenDelegate(row.who.name, row.who.data, bool(row.group.data)) for row in rows.rows
    )
