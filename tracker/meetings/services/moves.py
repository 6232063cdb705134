"""A planned meeting is held, or called off."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from tracker import record
from tracker.domain.access import Actor
from tracker.domain.dates import FuzzyDate
from tracker.domain.errors import RuleBroken
from tracker.domain.machines import find_move
from tracker.domain.meetings import MOVES, MeetingState, is_still_to_come
from tracker.models import Meeting
from tracker.record import states


def move_meeting(
    session: Session,
    actor: Actor,
    meeting_id: UUID,
    name: str,
    version: int | None,
    now: datetime,
    *,
    today: date,
    reason: str = "",
) -> Meeting:
    """Take one step of the meeting's machine."""
    with record.change(session, actor, now, reason=reason) as change:
        meeting = record.get_visible(session, actor, Meeting, meeting_id)
        change.expect(meeting, version)
        move = find_move(MOVES, name, meeting.state, actor)
        if "reason" in move.needs and not reason:
            raise RuleBroken("Say why.", field="reason")
        held = move.target is MeetingState.HELD
        if held and is_still_to_come(meeting.held_on, today):
            raise RuleBroken("This day is still to come; correct the date first.")
        states.move(
            change,
            meeting,
            "state",
            move.target,
            effective_on=meeting.held_on if held else FuzzyDate.exact(today),
            reason=reason,
        )
    session.commit()
    return meeting
