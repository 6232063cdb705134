"""What is filed under a tie or a memorandum, as one list of like rows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
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

from tracker.domain.access import Actor
from tracker.domain.dates import FuzzyDate
from tracker.domain.follow_up import Completion, ObstacleState
from tracker.domain.meetings import MeetingState
from tracker.domain.memoranda import Stage
from tracker.domain.releases import Marking
from tracker.models import Action, Filing, Mandate, Meeting, Memorandum, Obstacle, Statement
from tracker.models.base import Texts
from tracker.record.reading import visible_to
from tracker.record.reads.mandates import overdue_days
from tracker.record.releases import marking

MOST = 100
Under = Collection[UUID] | Select[UUID] | CompoundSelect[UUID]


@dataclass(frozen=True, slots=True)
class Item:
    """One object that is filed: its title, its state, its own date. `notes` are a memorandum's
    subjects, what an obstacle's text says, by what other word a meeting goes. Of a mandate the
    state is how far it came, None without a report, and the date the day that it is due."""

    kind: str
    id: UUID
    title: Texts
    state: StrEnum | None
    on: FuzzyDate
    notes: tuple[Texts, ...]
    marking: Marking

    def overdue_days(self, today: date) -> int | None:
        """By how much a mandate is late; nothing else here has a due date."""
        return overdue_days(self.state, self.on, today) if self.kind == Mandate.kind else None


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


# Of each kind: its model and states, where they and its date stand, and what a line says beside.
_KINDS: dict[str, tuple[Any, type[StrEnum], Any, str, Any]] = {
    Meeting.kind: (Meeting, MeetingState, Meeting.state, "held", Meeting.also_called),
    Memorandum.kind: (Memorandum, Stage, Memorandum.stage, "staged", Memorandum.subjects),
    Obstacle.kind: (Obstacle, ObstacleState, Obstacle.state, "since", Obstacle.text),
    Mandate.kind: (Mandate, Completion, Mandate.completion, "due", Mandate.text),
}


def filed_items(
    session: Session,
    actor: Actor,
    *,
    under: Under,
    kinds: Collection[str] = tuple(_KINDS),
    limit: int = MOST,
) -> list[Item]:
    """The meetings, memoranda, obstacles and mandates filed under these, and the mandates that
    the actions about them carry; the newest of each kind first."""
    rows = session.execute(
        union_all(*(select(_of_kind(actor, kind, under, limit)) for kind in kinds))
    )
    return [
        Item(
            kind=kind,
            id=object_id,
            title=title,
            state=_KINDS[kind][1](state) if state else None,
            on=FuzzyDate(first, last, raw),
            notes=tuple(notes if isinstance(notes, list) else [notes] if notes else []),
            marking=marked,
        )
        for kind, object_id, title, state, first, last, raw, notes, marked in rows
    ]


def _of_kind(actor: Actor, kind: str, under: Under, limit: int) -> Any:
    model, _states, state, day, notes = _KINDS[kind]
    sort = getattr(model, f"{day}_sort")
    belongs = model.id.in_(holders(kind, under))
    if model is Mandate:
        belongs = or_(belongs, _carried(actor, under))
    return (
        select(
            literal(kind).label("kind"),
            model.id,
            model.title,
            type_coerce(state, String).label("state"),
            getattr(model, f"{day}_first").label("first"),
            getattr(model, f"{day}_last").label("last"),
            getattr(model, f"{day}_raw").label("raw"),
            type_coerce(notes, JSON).label("notes"),
            marking(model),
        )
        .where(belongs, visible_to(actor, model))
        .order_by(sort.desc(), model.id.desc())
        .limit(limit)
        .subquery()
    )


def _carried(actor: Actor, under: Under) -> ColumnElement[bool]:
    """Mandates that an action about these carries."""
    return Mandate.id.in_(
        select(Action.mandate_id).where(actions_about(under), visible_to(actor, Action))
    )
