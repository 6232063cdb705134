"""One meeting: what was said by whom, what came of it, who attended, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, and_, bindparam, select
from sqlalchemy.orm import Session

from tracker.domain.access import Actor, Permission
from tracker.domain.dates import FuzzyDate
from tracker.domain.errors import NotFound
from tracker.domain.meetings import Attendance, DelegationRole, MeetingKind, MeetingState
from tracker.domain.memoranda import Side
from tracker.domain.releases import Marking
from tracker.domain.texts import Texts
from tracker.meetings.queries.beside import Beside, beside
from tracker.meetings.queries.delegates import Seat, seated
from tracker.models import Action, Decision, Meeting, Place, Statement
from tracker.models.types import day_in, days_of
from tracker.record import reads, rows, visible
from tracker.record.reads import ActionLine, StatementLine
from tracker.record.reads.footnotes import Footnotes, footnotes
from tracker.record.releases import marking


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody in a delegation: a person in the post of that day, a post alone, or a group."""

    side: Side
    person_id: UUID | None
    name: Texts | None
    printed_names: tuple[str, ...]
    post_id: UUID | None
    post: Texts | None
    group: Texts
    attendance: Attendance
    role: DelegationRole
    role_inferred: bool


@dataclass(frozen=True, slots=True)
class Speaker:
    """All that one speaker said, in the order of the meeting; nobody in particular has no name."""

    person_id: UUID | None
    name: Texts | None
    post: Texts | None
    statements: tuple[StatementLine, ...]


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """Everything that the page of a meeting prints."""

    id: UUID
    version: int
    title: Texts
    kind: MeetingKind
    also_called: Texts
    state: MeetingState
    marking: Marking
    held_on: FuzzyDate
    starts_at: time | None
    ends_at: time | None
    zone: str
    place_id: UUID | None
    place: Texts | None
    place_note: Texts
    note: Texts
    decisions: tuple[Texts, ...]
    present: tuple[Present, ...]
    speakers: tuple[Speaker, ...]
    actions: tuple[ActionLine, ...]
    beside: Beside
    notes: Footnotes

    @property
    def statement_count(self) -> int:
        return sum(len(speaker.statements) for speaker in self.speakers)

    def delegation(self, side: Side) -> list[Present]:
        return [one for one in self.present if one.side is side]


def meeting_page(session: Session, actor: Actor, meeting_id: UUID) -> MeetingPage:
    """The page, in six statements; NotFound when it is absent or not for this reader."""
    meeting, decisions = _meeting(session, actor, meeting_id)
    statements = reads.statements_of(session, actor, criterion=_SAID_HERE, meeting=meeting_id)
    actions = reads.actions_of(session, actor, criterion=_AGREED_HERE, meeting=meeting_id)
    cited = [line.source_id for line in statements] + [meeting.source_id]
    return MeetingPage(
        id=meeting.id,
        version=meeting.version,
        title=meeting.title,
        kind=meeting.meeting_kind,
        also_called=meeting.also_called,
        state=meeting.state,
        marking=meeting.marking,
        held_on=day_in(meeting, "held"),
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        zone=meeting.zone,
        place_id=meeting.place_id,
        place=meeting.place,
        place_note=meeting.place_note,
        note=meeting.note,
        decisions=decisions,
        present=tuple(
            _present(seat) for seat in seated(session, actor, meeting_id) if not seat.is_hidden
        ),
        speakers=_by_speaker(statements),
        actions=tuple(sorted(actions, key=lambda line: not line.is_live)),
        beside=beside(session, actor, meeting_id, suggest=actor.can(Permission.RECORD)),
        notes=footnotes(reads.names(session, actor, cited), cited),
    )


def _meeting(session: Session, actor: Actor, meeting_id: UUID) -> tuple[Any, tuple[Texts, ...]]:
    """The row of the meeting and its decisions."""
    found = rows(session, _MEETING, actor, meeting=meeting_id)
    if not found:
        raise NotFound(f"meeting {meeting_id}")
    return found[0], tuple(row.decision for row in found if row.decision is not None)


_HERE = bindparam("meeting", type_=Uuid())
_SAID_HERE = Statement.meeting_id == _HERE
_AGREED_HERE = Action.meeting_id == _HERE
_MEETING = (
    select(
        Meeting.id,
        Meeting.version,
        Meeting.title,
        Meeting.meeting_kind,
        Meeting.also_called,
        Meeting.state,
        marking(Meeting),
        *days_of(Meeting, "held"),
        Meeting.starts_at,
        Meeting.ends_at,
        Meeting.zone,
        Meeting.place_note,
        Meeting.note,
        Meeting.source_id,
        Place.id.label("place_id"),
        Place.name.label("place"),
        Decision.text.label("decision"),
    )
    .select_from(Meeting)
    .outerjoin(Place, and_(Place.id == Meeting.place_id, visible(Place)))
    .outerjoin(Decision, Decision.meeting_id == Meeting.id)
    .where(Meeting.id == _HERE, visible(Meeting))
    .order_by(Decision.position)
)


def _present(seat: Seat) -> Present:
    person, post, row = seat.person, seat.post, seat.row
    return Present(
        side=row.side,
        person_id=person.id if person else None,
        name=person.name if person else None,
        printed_names=tuple(person.printed_names) if person else (),
        post_id=post.id if post else None,
        post=post.title if post else None,
        group=row.group_label,
        attendance=row.attendance,
        role=row.delegation_role,
        role_inferred=row.role_inferred,
    )


def _by_speaker(lines: Iterable[StatementLine]) -> tuple[Speaker, ...]:
    """The statements by speaker, in the order in which each first spoke; unnamed ones last."""
    groups: dict[tuple[Any, ...], list[StatementLine]] = {}
    for line in lines:
        who = (line.speaker_id, line.post_id, line.organisation_id) if line.said_by else ()
        groups.setdefault(who, []).append(line)
    named = {who: said for who, said in groups.items() if who}
    unnamed = {who: said for who, said in groups.items() if not who}
    return tuple(_speaker(said) for said in (named | unnamed).values())


def _speaker(said: Sequence[StatementLine]) -> Speaker:
    first = said[0]
    if first.speaker:
        return Speaker(first.speaker_id, first.speaker, first.post, tuple(said))
    return Speaker(None, first.post or first.organisation, None, tuple(said))
