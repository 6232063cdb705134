"""Logging a meeting and correcting it: everything on its form, in one change."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import record
from tracker.domain.access import Actor
from tracker.domain.dates import FuzzyDate
from tracker.domain.errors import RuleBroken
from tracker.domain.meetings import MeetingState, is_still_to_come
from tracker.meetings.services import attendance, contents, filing
from tracker.meetings.services.given import GivenMeeting
from tracker.models import Meeting, Place, Source, Statement
from tracker.models.ids import new_id
from tracker.record import links, states, submissions


def log_meeting(
    session: Session,
    actor: Actor,
    given: GivenMeeting,
    now: datetime,
    *,
    today: date,
    submission: UUID | None = None,
) -> Meeting:
    """Record a meeting with all that was typed of it; the same form sent again changes nothing."""
    with record.change(session, actor, now) as change:
        # Asked within the change: the second of two that come at once waits for it to begin.
        made = submissions.already(session, actor, submission)
        if made is not None:
            return record.get_visible(session, actor, Meeting, made[1])
        _refuse_what_cannot_be(given, given.state, today)
        meeting = Meeting(id=new_id(), state=given.state)
        _fill(change, meeting, given)
        session.add(meeting)
        planned = given.state is MeetingState.SCHEDULED
        effective_on = FuzzyDate.exact(today) if planned else given.held_on
        states.enter(change, meeting, given.state, effective_on=effective_on)
        _add(change, meeting, given)
        submissions.remember(session, actor, submission, meeting.kind, meeting.id, now)
    session.commit()
    return meeting


def correct_meeting(
    session: Session,
    actor: Actor,
    meeting_id: UUID,
    given: GivenMeeting,
    version: int | None,
    now: datetime,
    *,
    today: date,
) -> Meeting:
    """Put the meeting right, and add the lines and actions that were typed to those it has."""
    with record.change(session, actor, now) as change:
        meeting = record.get_visible(session, actor, Meeting, meeting_id)
        change.expect(meeting, version)
        _refuse_what_cannot_be(given, meeting.state, today)
        before = meeting.held_on, meeting.source_id
        _fill(change, meeting, given)
        change.touch(meeting)
        _carry_over(change, meeting, *before)
        _add(change, meeting, given)
    session.commit()
    return meeting


def _refuse_what_cannot_be(given: GivenMeeting, state: MeetingState, today: date) -> None:
    if state is MeetingState.HELD and is_still_to_come(given.held_on, today):
        raise RuleBroken(
            "This day is still to come. Choose “scheduled” as the state, or correct the date.",
            field="held_on",
        )
    if given.starts_at and given.ends_at and given.ends_at < given.starts_at:
        raise RuleBroken("The end is before the start.", field="ends_at")


def _fill(change: record.Change, meeting: Meeting, given: GivenMeeting) -> None:
    meeting.title = given.title
    meeting.meeting_kind = given.kind
    meeting.held_on = given.held_on
    meeting.also_called = given.also_called
    meeting.starts_at = given.starts_at
    meeting.ends_at = given.ends_at
    meeting.zone = given.zone
    meeting.place_note = given.place_note
    meeting.note = given.note
    meeting.level = given.level
    meeting.place_id = links.relink(
        change,
        given.place,
        Place.kind,
        field="place",
        language=given.language,
        held=meeting.place_id,
    )
    meeting.source_id = links.relink(
        change,
        given.source,
        Source.kind,
        field="source",
        language=given.language,
        held=meeting.source_id,
    )


def _add(change: record.Change, meeting: Meeting, given: GivenMeeting) -> None:
    filing.refile_as_given(change, meeting, given)
    attendance.attend(change, meeting, given)
    contents.decide(change, meeting, given)
    contents.say(change, meeting, given)
    contents.act(change, meeting, given)


def _carry_over(
    change: record.Change, meeting: Meeting, held_on: FuzzyDate, source_id: UUID | None
) -> None:
    """What was said was said on the meeting's day and is told by its source, also when these
    are put right; a statement with a day or source of its own keeps it."""
    if (meeting.held_on, meeting.source_id) == (held_on, source_id):
        return
    said = change.session.scalars(select(Statement).where(Statement.meeting_id == meeting.id))
    for statement in said.all():
        if statement.happened_on == held_on:
            statement.happened_on = meeting.held_on
        if statement.source_id == source_id:
            statement.source_id = meeting.source_id
