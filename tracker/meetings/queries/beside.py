"""What stands beside a meeting: what it is filed under or might be, and the obstacles named."""

from __future__ import annotations

from dataclasses import dataclass
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
    literal,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session

from tracker.domain.access import Actor
from tracker.domain.follow_up import ObstacleState
from tracker.domain.texts import Texts
from tracker.meetings.queries.suggested import suggested_ties
from tracker.models import (
    Action,
    Citation,
    Filing,
    Memorandum,
    Obstacle,
    Organisation,
    Post,
    Statement,
    Tie,
)
from tracker.models.built_once import built_once
from tracker.record import rows, visible


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
    """All of it in one statement, and one more where a tie is suggested: for a meeting that is
    filed under nothing."""
    found = rows(session, _statement(), actor, meeting=meeting_id)

    def of(role: str) -> tuple[Filed, ...]:
        return tuple(
            Filed(role, row.id, row.title, row.inferred) for row in found if row.role == role
        )

    obstacles = tuple(
        ObstacleLine(row.id, row.title, ObstacleState(row.state), row.post or row.body)
        for row in found
        if row.role == "obstacle"
    )
    ties, memoranda = of(Tie.kind), of(Memorandum.kind)
    suggests = suggest and not ties and not memoranda
    suggested = suggested_ties(session, actor, meeting_id) if suggests else ()
    return Beside(ties, memoranda, obstacles, tuple(Filed(Tie.kind, *tie) for tie in suggested))


@built_once
def _statement() -> CompoundSelect[Any]:
    return union_all(
        _filed_under(Tie, Tie.state), _filed_under(Memorandum, Memorandum.stage), _obstacles()
    )


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
