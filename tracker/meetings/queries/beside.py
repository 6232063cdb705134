"""What stands beside a meeting: what it is filed under or might be, and the obstacles named."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    CompoundSelect,
    String,
    Uuid,
    and_,
    bindparam,
    cast,
    exists,
    literal,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from tracker.domain.access import Actor
from tracker.domain.follow_up import ObstacleState
from tracker.domain.memoranda import Side
from tracker.domain.texts import Texts
from tracker.models import (
    Action,
    Attendee,
    Citation,
    Filing,
    Involvement,
    Meeting,
    Memorandum,
    Obstacle,
    Organisation,
    Post,
    Statement,
    Tie,
    TieParty,
)
from tracker.record import asked_by, visible

MOST_SUGGESTED = 3
_MOST_MET = 200
_BEFORE = aliased(Attendee)


@dataclass(frozen=True, slots=True)
class Filed:
    """A tie or memorandum: one the meeting is filed under, or one that it might be."""

    kind: str
    id: UUID
    title: Texts
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class ObstacleLine:
    id: UUID
    title: Texts
    state: ObstacleState
    lifter: Texts | None


@dataclass(frozen=True, slots=True)
class Beside:
    ties: tuple[Filed, ...]
    memoranda: tuple[Filed, ...]
    obstacles: tuple[ObstacleLine, ...]
    suggested: tuple[Filed, ...]


def beside(session: Session, actor: Actor, meeting_id: UUID, *, suggest: bool) -> Beside:
    """All of it in one statement. Ties are suggested only for a meeting that is not filed."""
    rows: list[Any] = list(
        session.execute(_statement(suggest), asked_by(actor, meeting=meeting_id))
    )

    def of(role: str) -> tuple[Filed, ...]:
        return tuple(
            Filed("memorandum" if role == "memorandum" else "tie", row.id, row.title, row.inferred)
            for row in rows
            if row.role == role
        )

    obstacles = tuple(
        ObstacleLine(row.id, row.title, ObstacleState(row.state), row.post or row.body)
        for row in rows
        if row.role == "obstacle"
    )
    return Beside(of("tie"), of("memorandum"), obstacles, of("suggested"))


@cache
def _statement(suggest: bool) -> CompoundSelect[Any]:
    parts = [
        _filed_under(Tie, Tie.state),
        _filed_under(Memorandum, Memorandum.stage),
        _obstacles(),
    ]
    if suggest:
        parts.append(_suggested())
    return union_all(*parts)


_MEETING = bindparam("meeting", type_=Uuid())


def _columns(role: str, model: Any, state: Any, inferred: Any, post: Any, body: Any) -> Any:
    return select(
        literal(role).label("role"),
        model.id.label("id"),
        type_coerce(model.title, JSON).label("title"),
        type_coerce(state, String).label("state"),
        inferred.label("inferred"),
        post.label("post"),
        body.label("body"),
    ).select_from(model)


def _nothing() -> Any:
    return cast(null(), JSON)


def _filed_under(model: Any, state: Any) -> Any:
    return (
        _columns(model.kind, model, state, Filing.inferred, _nothing(), _nothing())
        .join(Filing, and_(Filing.object_id == model.id, Filing.holder_id == _MEETING))
        .where(visible(model))
    )


def _obstacles() -> Any:
    """Obstacles that an action of the meeting hangs on, that a statement of it is cited for, or
    that are filed under it."""
    said_here = select(Statement.id).where(Statement.meeting_id == _MEETING, visible(Statement))
    named = or_(
        Obstacle.id.in_(
            select(Action.obstacle_id).where(Action.meeting_id == _MEETING, visible(Action))
        ),
        Obstacle.id.in_(
            select(Citation.object_id).where(
                Citation.object_kind == Obstacle.kind, Citation.statement_id.in_(said_here)
            )
        ),
        Obstacle.id.in_(
            select(Filing.holder_id).where(
                Filing.holder_kind == Obstacle.kind, Filing.object_id == _MEETING
            )
        ),
    )
    return (
        _columns(
            Obstacle.kind,
            Obstacle,
            Obstacle.state,
            literal(False),
            type_coerce(Post.title, JSON),
            type_coerce(Organisation.name, JSON),
        )
        .outerjoin(Post, and_(Post.id == Obstacle.lifter_post_id, visible(Post)))
        .outerjoin(
            Organisation,
            and_(
                Organisation.id == Obstacle.lifter_organisation_id,
                visible(Organisation),
            ),
        )
        .where(named, visible(Obstacle))
    )


def _suggested() -> Any:
    """Ties of earlier meetings with the same people, and ties that a body of theirs belongs to."""
    people, posts = _attending(Attendee.person_id), _attending(Attendee.post_id)
    bodies = _attending(Attendee.organisation_id).where(_OTHER_PARTY)
    # Somebody may have attended thousands of meetings; some of them do for a suggestion.
    met_before = (
        select(_BEFORE.meeting_id)
        .join(Meeting, and_(Meeting.id == _BEFORE.meeting_id, visible(Meeting)))
        .where(
            _BEFORE.meeting_id != _MEETING,
            or_(
                _BEFORE.person_id.in_(people.where(_OTHER_PARTY)),
                _BEFORE.post_id.in_(posts.where(_OTHER_PARTY)),
            ),
        )
        .limit(_MOST_MET)
    )
    filed_before = select(Filing.object_id).where(Filing.holder_id.in_(met_before))
    filed = exists(select(Filing.id).where(Filing.holder_id == _MEETING))
    wanted = or_(
        Tie.id.in_(filed_before),
        Tie.id.in_(select(TieParty.tie_id).where(TieParty.organisation_id.in_(bodies))),
        Tie.id.in_(
            select(Involvement.object_id).where(
                or_(
                    Involvement.organisation_id.in_(bodies),
                    Involvement.post_id.in_(posts),
                    Involvement.person_id.in_(people),
                )
            )
        ),
    )
    chosen = (
        select(Tie.id)
        .where(wanted, ~filed, visible(Tie))
        .order_by(Tie.sort_name, Tie.id)
        .limit(MOST_SUGGESTED)
        .subquery()
    )
    return _columns("suggested", Tie, Tie.state, literal(False), _nothing(), _nothing()).join(
        chosen, chosen.c.id == Tie.id
    )


def _attending(column: Any) -> Any:
    """Whoever is known to attend the meeting, by one of the columns that say so."""
    return select(column).where(Attendee.meeting_id == _MEETING, column.is_not(None))


_OTHER_PARTY = Attendee.side == Side.THEIRS
