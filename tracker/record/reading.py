"""What a reader may see: the one filter of every list, count, suggestion and page."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, false, or_, select
from sqlalchemy.orm import Session

from tracker.domain.access import Actor
from tracker.domain.errors import NotFound
from tracker.models import Recorded, SearchEntry
from tracker.models.access import Grant

Model = TypeVar("Model", bound=Recorded)


def visible_to(actor: Actor, model: type[Recorded] | Any) -> ColumnElement[bool]:
    """Not put away, and up to the actor's clearance or named for the actor.

    `model` is a recorded class or an alias of one.
    """
    return and_(model.deleted_at.is_(None), _within(actor, model.effective_level, model.id))


def entries_visible_to(actor: Actor) -> ColumnElement[bool]:
    """The same over search entries, which hold nothing that was put away."""
    return _within(actor, SearchEntry.effective_level, SearchEntry.object_id)


def _within(actor: Actor, level: Any, object_id: Any) -> ColumnElement[bool]:
    if actor.clearance is None:
        return false()
    named = exists(
        select(Grant.object_id).where(
            Grant.user_id == actor.user_id,
            Grant.object_id == object_id,
            Grant.ended_at.is_(None),
        )
    )
    return or_(level <= actor.clearance, named)


def find(
    session: Session, actor: Actor, model: type[Model], object_id: UUID | None
) -> Model | None:
    """The object, or None when it is absent, put away or not for this reader."""
    if object_id is None:
        return None
    return session.scalar(select(model).where(model.id == object_id, visible_to(actor, model)))


def get_visible(session: Session, actor: Actor, model: type[Model], object_id: UUID) -> Model:
    """The object, or NotFound: absent and not for this reader are never told apart."""
    found = find(session, actor, model, object_id)
    if found is None:
        raise NotFound(f"{model.kind} {object_id}")
    return found
