"""What a first page shows: the meetings around today, a line of figures, who waits on whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select, union_all
from sqlalchemy.orm import Session

from tracker.domain.access import Actor, Level, Permission, ProposalState
from tracker.domain.actions import LIVE
from tracker.domain.dates import FuzzyDate
from tracker.domain.follow_up import ObstacleState
from tracker.domain.meetings import MeetingKind, MeetingState
from tracker.domain.memoranda import Stage
from tracker.domain.releases import Marking
from tracker.domain.ties import TieState
from tracker.models import (
    Action,
    Filing,
    LevelProposal,
    Meeting,
    Memorandum,
    Obstacle,
    Place,
    SearchEntry,
    Tie,
)
from tracker.models.accounts import User
from tracker.models.base import Texts
from tracker.record import rows, visible_to
from tracker.record.reading import open_to_reader
from tracker.record.reads import ActionLine, actions_of
from tracker.record.reads.actions import overdue_on, owned_by_us, waiting_on
from tracker.record.releases import marking

AROUND = 4
MOST_COUNTED = 1000
MOST_WAITING = 8
MOST_UNFINISHED = 3


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting with the tie whose briefing is taken along, if it is filed under one."""

    id: UUID
    title: Texts
    kind: MeetingKind
    state: MeetingState
    held_on: FuzzyDate
    starts_at: time | None
    place: Texts | None
    marking: Marking
    tie_id: UUID | None


@dataclass(frozen=True, slots=True)
class Around:
    """Today's meetings, those to come, and the last ones."""

    today: tuple[MeetingLine, ...]
    coming: tuple[MeetingLine, ...]
    past: tuple[MeetingLine, ...]


def meetings_around(session: Session, actor: Actor, today: date) -> Around:
    """The meetings of today, the next and the last few; a planned one without a day comes last."""
    sort = Meeting.__table__.c.held_sort
    ahead = Meeting.state == MeetingState.SCHEDULED
    undated = and_(ahead, sort == FuzzyDate.unknown().sort)
    coming = _meetings(actor).where(ahead, or_(sort >= today, undated))
    past = _meetings(actor).where(
        Meeting.state.not_in((MeetingState.SCHEDULED, MeetingState.CANCELLED)), sort <= today
    )
    some = union_all(
        select(coming.order_by(sort == FuzzyDate.unknown().sort, sort).limit(AROUND).subquery()),
        select(past.order_by(sort.desc(), Meeting.id.desc()).limit(AROUND).subquery()),
    ).subquery()
    rows = session.execute(
        select(
            Meeting.id,
            Meeting.title,
            Meeting.meeting_kind,
            Meeting.state,
            Meeting.held_on,
            Meeting.starts_at,
            Place.name,
            marking(Meeting),
            some.c.tie_id,
        )
        .join(some, some.c.id == Meeting.id)
        .outerjoin(Place, and_(Place.id == Meeting.place_id, visible_to(actor, Place)))
        .order_by(sort.desc(), Meeting.id.desc())
    )
    lines = [MeetingLine(*row) for row in rows]
    now = tuple(line for line in lines if line.held_on.is_exact and line.held_on.last == today)
    ahead_of = tuple(
        line
        for line in reversed(lines)
        if line.state is MeetingState.SCHEDULED and line not in now
    )
    behind = tuple(
        line for line in lines if line.state is not MeetingState.SCHEDULED and line not in now
    )
    return Around(now, tuple(sorted(ahead_of, key=lambda line: line.held_on.is_unknown)), behind)


def _meetings(actor: Actor) -> Any:
    tie = (
        select(Filing.object_id)
        .join(Tie, and_(Tie.id == Filing.object_id, visible_to(actor, Tie)))
        .where(Filing.holder_id == Meeting.id, Filing.object_kind == Tie.kind)
        .order_by(Filing.position)
        .limit(1)
        .correlate(Meeting)
        .scalar_subquery()
    )
    return select(Meeting.id, tie.label("tie_id")).where(visible_to(actor, Meeting))


@dataclass(frozen=True, slots=True)
class Figures:
    """Each the number of rows that its link opens; counting stops at a thousand and one."""

    overdue: int
    open_actions: int
    obstacles: int
    proposed: int
    active: int


def figures(session: Session, actor: Actor, today: date) -> Figures:
    row = session.execute(
        select(
            _count(actor, Action, overdue_on(today)),
            _count(actor, Action, Action.state.in_(LIVE)),
            _count(actor, Obstacle, Obstacle.state == ObstacleState.OPEN),
            _count(actor, Memorandum, Memorandum.stage == Stage.PROPOSED),
            _count(actor, Tie, Tie.state == TieState.ACTIVE),
        )
    ).one()
    return Figures(*row)


def _count(actor: Actor, model: Any, criterion: Any) -> Any:
    some = (
        select(model.id)
        .where(visible_to(actor, model), criterion)
        .limit(MOST_COUNTED + 1)
        .subquery()
    )
    return select(func.count()).select_from(some).scalar_subquery()


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits on somebody outside, and since when at the latest."""

    action: ActionLine
    since: date | None


@dataclass(frozen=True, slots=True)
class Desk:
    mine: tuple[ActionLine, ...]
    others: tuple[Waiting, ...]


def desk(session: Session, actor: Actor, today: date) -> Desk:
    """Live actions: those that we answer for, and those that need somebody else.

    Ours is what the actor follows up, and what a body or post of the city's own owes as long as
    nobody else follows it up.
    """
    own = actions_of(session, actor, criterion=waiting_on(actor), limit=MOST_WAITING)
    live = Action.state.in_(LIVE)
    elsewhere = or_(
        Action.depends_on_organisation_id.is_not(None), Action.id.not_in(owned_by_us())
    )
    outside = actions_of(session, actor, criterion=and_(live, elsewhere), limit=MOST_WAITING)
    since = _asked_on(session, actor, [line.meeting_id for line in outside])
    waiting = [
        Waiting(line, since.get(line.meeting_id) if line.meeting_id else None) for line in outside
    ]
    return Desk(tuple(own), tuple(sorted(waiting, key=lambda w: w.since or date.max)))


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A meeting whose day or place is still to be found out, or a memorandum nobody drafts yet."""

    kind: str
    id: UUID
    title: Texts
    on: FuzzyDate
    marking: Marking
    place_id: UUID | None


def unfinished(session: Session, actor: Actor) -> list[Unfinished]:
    """What a clerk can complete, the newest first."""
    held = Meeting.__table__.c
    vague = or_(held.held_first.is_(None), held.held_first != held.held_last)
    meetings = session.execute(
        select(Meeting.id, Meeting.title, Meeting.held_on, marking(Meeting), Meeting.place_id)
        .where(
            visible_to(actor, Meeting),
            Meeting.state == MeetingState.HELD,
            or_(vague, Meeting.place_id.is_(None)),
        )
        .order_by(held.held_sort.desc(), Meeting.id.desc())
        .limit(MOST_UNFINISHED)
    )
    memoranda = session.execute(
        select(Memorandum.id, Memorandum.title, Memorandum.staged_on, marking(Memorandum))
        .where(visible_to(actor, Memorandum), Memorandum.stage == Stage.PROPOSED)
        .order_by(Memorandum.__table__.c.staged_sort.desc(), Memorandum.id.desc())
        .limit(MOST_UNFINISHED)
    )
    return [
        *(Unfinished(Memorandum.kind, *row, None) for row in memoranda),
        *(Unfinished(Meeting.kind, *row) for row in meetings),
    ]


@dataclass(frozen=True, slots=True)
class LevelAsked:
    """A lower level that somebody proposed, for whoever may agree to it."""

    kind: str
    id: UUID
    title: Texts
    from_level: Level
    to_level: Level
    by: str | None
    at: datetime


def levels_asked(session: Session, actor: Actor) -> list[LevelAsked]:
    """The proposals that this actor may decide on, the oldest first."""
    if not actor.can(Permission.APPROVE):
        return []
    found = rows(
        session,
        select(
            LevelProposal.object_kind,
            LevelProposal.object_id,
            SearchEntry.title,
            LevelProposal.from_level,
            LevelProposal.to_level,
            User.name,
            LevelProposal.proposed_at,
        )
        .join(SearchEntry, SearchEntry.object_id == LevelProposal.object_id)
        .outerjoin(User, User.id == LevelProposal.proposed_by)
        .where(
            LevelProposal.state == ProposalState.WAITING,
            LevelProposal.proposed_by.is_distinct_from(actor.user_id),
            open_to_reader(SearchEntry.effective_level, SearchEntry.object_id),
        )
        .order_by(LevelProposal.proposed_at, LevelProposal.id)
        .limit(MOST_WAITING),
        actor,
    )
    return [LevelAsked(*row) for row in found]


def _asked_on(session: Session, actor: Actor, meetings: list[UUID | None]) -> dict[UUID, date]:
    """The last possible day of each meeting, of those that the actor may see, in which something
    was asked."""
    ids = [meeting_id for meeting_id in meetings if meeting_id]
    if not ids:
        return {}
    last = Meeting.__table__.c.held_last
    rows = session.execute(
        select(Meeting.id, last).where(
            Meeting.id.in_(ids), last.is_not(None), visible_to(actor, Meeting)
        )
    )
    return dict(rows.all())
