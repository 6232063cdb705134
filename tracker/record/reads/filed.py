"""What is filed under a tie or a memorandum, as one list of like rows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    ColumnElement,
    CompoundSelect,
    Select,
    String,
    Uuid,
    literal,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session

from tracker.domain.access import Actor, Level
from tracker.domain.dates import FuzzyDate
from tracker.domain.follow_up import ObstacleState
from tracker.domain.meetings import MeetingState
from tracker.domain.memoranda import Stage
from tracker.models import Action, Filing, Meeting, Memorandum, Obstacle, Statement
from tracker.models.base import Texts
from tracker.record.reading import visible_to

MOST = 100
Under = Collection[UUID] | Select[UUID] | CompoundSelect[UUID]


@dataclass(frozen=True, slots=True)
class Item:
    """One object that is filed: its title, its state, its own date. `notes` are a memorandum's
    subjects, what an obstacle's text says, by what other word a meeting goes."""

    kind: str
    id: UUID
    title: Texts
    state: StrEnum
    on: FuzzyDate
    notes: tuple[Texts, ...]
    level: Level


def holders(kind: str, under: Under) -> Select[UUID]:
    """The ids of the objects of a kind that are filed under any of these."""
    return select(Filing.holder_id).where(Filing.object_id.in_(under), Filing.holder_kind == kind)


def around(actor: Actor, tie_id: UUID) -> CompoundSelect[UUID]:
    """A tie and the memoranda related to it that the actor may see: what is filed under one of
    them concerns the tie."""
    return union_all(
        select(Memorandum.id).where(
            Memorandum.id.in_(holders(Memorandum.kind, [tie_id])), visible_to(actor, Memorandum)
        ),
        select(literal(tie_id, Uuid())),
    )


def statements_about(under: Under) -> ColumnElement[bool]:
    """Statements made in the meetings filed under these, or filed under them themselves."""
    return or_(
        Statement.meeting_id.in_(holders(Meeting.kind, under)),
        Statement.id.in_(holders(Statement.kind, under)),
    )


def actions_about(under: Under) -> ColumnElement[bool]:
    """Actions of the meetings and of the obstacles filed under these, or filed themselves."""
    return or_(
        Action.meeting_id.in_(holders(Meeting.kind, under)),
        Action.obstacle_id.in_(holders(Obstacle.kind, under)),
        Action.id.in_(holders(Action.kind, under)),
    )


# Of each kind: its states, its model, where its date stands, and what a line says beside them.
_KINDS: dict[str, tuple[type[StrEnum], Any, str, Any]] = {
    Meeting.kind: (MeetingState, Meeting, "held", Meeting.also_called),
    Memorandum.kind: (Stage, Memorandum, "staged", Memorandum.subjects),
    Obstacle.kind: (ObstacleState, Obstacle, "since", Obstacle.text),
}


def filed_items(
    session: Session,
    actor: Actor,
    *,
    under: Under,
    kinds: Collection[str] = tuple(_KINDS),
    limit: int = MOST,
) -> list[Item]:
    """The meetings, memoranda and obstacles filed under these, the newest of each kind first."""
    rows = session.execute(
        union_all(*(select(_of_kind(actor, kind, under, limit)) for kind in kinds))
    )
    return [
        Item(
            kind=kind,
            id=object_id,
            title=title,
            state=_KINDS[kind][0](state),
            on=FuzzyDate(first, last, raw),
            notes=tuple(notes if isinstance(notes, list) else [notes] if notes else []),
            level=level,
        )
        for kind, object_id, title, state, first, last, raw, notes, level in rows
    ]


def _of_kind(actor: Actor, kind: str, under: Under, limit: int) -> Any:
    _machine, model, date, notes = _KINDS[kind]
    sort = getattr(model, f"{date}_sort")
    state = model.stage if kind == Memorandum.kind else model.state
    return (
        select(
            literal(kind).label("kind"),
            model.id,
            model.title,
            type_coerce(state, String).label("state"),
            getattr(model, f"{date}_first").label("first"),
            getattr(model, f"{date}_last").label("last"),
            getattr(model, f"{date}_raw").label("raw"),
            type_coerce(notes, JSON).label("notes"),
            model.effective_level,
        )
        .where(model.id.in_(holders(kind, under)), visible_to(actor, model))
        .order_by(sort.desc(), model.id.desc())
        .limit(limit)
        .subquery()
    )
