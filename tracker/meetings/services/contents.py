"""What came out of a meeting: decisions, what was said, and actions."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from tracker import record
from tracker.domain.access import Level
from tracker.domain.actions import ActionState
from tracker.domain.sayings import read
from tracker.domain.texts import pick
from tracker.meetings.services import attendance
from tracker.meetings.services.given import GivenAction, GivenMeeting
from tracker.models import Action, ActionOwner, Decision, Meeting, Statement
from tracker.record import filings, links, states


def decide(change: record.Change, meeting: Meeting, given: GivenMeeting) -> None:
    """Make these lines the decisions. A line that was there before keeps its translations."""
    present = change.parts(Decision, meeting.id)
    unclaimed = {pick(decision.text, given.language).text: decision for decision in present}
    rows: list[dict[str, object]] = []
    for line in filter(None, map(str.strip, given.decisions.split("\n"))):
        known = unclaimed.pop(line, None)
        rows.append(
            {"text": {given.language: line}}
            if known is None
            else {"id": known.id, "text": known.text}
        )
    filings.replace_parts(change, Decision, meeting.id, rows)


def say(change: record.Change, meeting: Meeting, given: GivenMeeting) -> None:
    """Each line that was typed becomes a statement, after those that are there."""
    if not given.said.strip():
        return
    session = change.session
    speakers = attendance.speakers(session, change.actor, meeting)
    sayings = read(given.said, [delegate for delegate, _person, _post in speakers])
    for position, saying in enumerate(sayings, _next(change, Statement, meeting)):
        person, post = (None, None) if saying.speaker is None else speakers[saying.speaker][1:]
        session.add(
            Statement(
                text={given.language: saying.text},
                position=position,
                meeting_id=meeting.id,
                source_id=meeting.source_id,
                speaker_person_id=person.id if person else None,
                speaker_post_id=post.id if post else None,
                speaker_organisation_id=post.organisation_id if post else None,
                happened_on=given.held_on,
                level=max(given.level, Level.INTERNAL),
            )
        )
    session.flush()


def act(change: record.Change, meeting: Meeting, given: GivenMeeting) -> None:
    """Each row that was filled in becomes an action, after those that are there."""
    if not given.actions:
        return
    start = _next(change, Action, meeting)
    for position, row in enumerate(given.actions, start):
        action = Action(
            text={given.language: row.text},
            due=row.due,
            position=position,
            meeting_id=meeting.id,
            level=max(given.level, Level.INTERNAL),
        )
        change.session.add(action)
        change.session.flush()
        states.enter(change, action, ActionState.OPEN, effective_on=given.held_on)
        _answer_for(change, action, row, given.language)


def _answer_for(change: record.Change, action: Action, row: GivenAction, language: str) -> None:
    if not row.owner:
        return
    person, post, body = links.somebody(
        change,
        row.owner,
        ("person", "post", "organisation"),
        field=row.owner_field,
        language=language,
    )
    change.session.add(
        ActionOwner(
            action_id=action.id,
            person_id=person.id if person else None,
            post_id=post.id if post else None,
            organisation_id=body.id if body else None,
        )
    )


def _next(change: record.Change, model: Any, meeting: Meeting) -> int:
    last = change.session.scalar(
        select(func.max(model.position)).where(model.meeting_id == meeting.id)
    )
    return 0 if last is None else int(last) + 1
