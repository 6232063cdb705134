"""The page of an action: whose it is, where it comes from, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, literal, select, union_all
from sqlalchemy.orm import Session

from tracker.actions.queries.history import Happening, history
from tracker.domain.access import Actor
from tracker.domain.actions import LIVE, ActionState, Overdue, overdue
from tracker.domain.dates import FuzzyDate
from tracker.domain.errors import NotFound
from tracker.domain.releases import Marking
from tracker.models import Action, ActionOwner, Filing
from tracker.models.accounts import User
from tracker.models.base import Texts
from tracker.record.reading import visible_to
from tracker.record.reads import Name, names
from tracker.record.releases import marking


@dataclass(frozen=True, slots=True)
class ActionPage:
    """An action; of all that it points at, what the reader may see."""

    id: UUID
    version: int
    text: Texts
    state: ActionState
    due: FuzzyDate
    done_on: FuzzyDate
    note: Texts
    evidence: str
    marking: Marking
    follow_up: str | None
    owners: tuple[Name, ...]
    depends_on: Name | None
    meeting: Name | None
    statement: Name | None
    obstacle: Name | None
    mandate: Name | None
    filed_under: tuple[Name, ...]
    history: tuple[Happening, ...]

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    def late(self, as_of: date) -> Overdue | None:
        return overdue(self.state, self.due.last, as_of)


def action_page(session: Session, actor: Actor, action_id: UUID) -> ActionPage:
    """Everything about an action that the reader may see."""
    row = session.execute(
        select(
            Action.version,
            Action.text,
            Action.state,
            Action.due,
            Action.done_on,
            Action.note,
            Action.evidence,
            marking(Action),
            Action.meeting_id,
            Action.statement_id,
            Action.obstacle_id,
            Action.mandate_id,
            Action.depends_on_organisation_id,
            User.name.label("follow_up"),
        )
        .outerjoin(User, User.id == Action.follow_up_user_id)
        .where(Action.id == action_id, visible_to(actor, Action))
    ).first()
    if row is None:
        raise NotFound(f"action {action_id}")
    parts = _parts(session, action_id)
    known = names(session, actor, {*_links(row), *(part.id for part in parts)})
    return ActionPage(
        id=action_id,
        version=row.version,
        text=row.text,
        state=row.state,
        due=row.due,
        done_on=row.done_on,
        note=row.note,
        evidence=row.evidence,
        marking=row.marking,
        follow_up=row.follow_up,
        owners=tuple(known[p.id] for p in parts if p.part == "owner" and p.id in known),
        depends_on=known.get(row.depends_on_organisation_id),
        meeting=known.get(row.meeting_id),
        statement=known.get(row.statement_id),
        obstacle=known.get(row.obstacle_id),
        mandate=known.get(row.mandate_id),
        filed_under=tuple(known[p.id] for p in parts if p.part == "filed" and p.id in known),
        history=history(session, action_id, row.due),
    )


def _links(row: Any) -> tuple[UUID | None, ...]:
    return (
        row.meeting_id,
        row.statement_id,
        row.obstacle_id,
        row.mandate_id,
        row.depends_on_organisation_id,
    )


def _parts(session: Session, action_id: UUID) -> list[Any]:
    """Who answers for it and what it is filed under, each in its own order."""
    holder = func.coalesce(ActionOwner.person_id, ActionOwner.post_id, ActionOwner.organisation_id)
    every = union_all(
        select(literal("owner").label("part"), holder.label("id"), ActionOwner.position).where(
            ActionOwner.action_id == action_id
        ),
        select(literal("filed"), Filing.object_id, Filing.position).where(
            Filing.holder_id == action_id
        ),
    ).subquery()
    return list(session.execute(select(every).order_by(every.c.part, every.c.position)))
