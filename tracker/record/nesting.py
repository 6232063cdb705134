"""Objects that lie within others of their kind: a place in a place, a body in a body."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models import Organisation, Place


def lies_within(
    session: Session, model: type[Place] | type[Organisation], inner: UUID, outer: UUID | None
) -> bool:
    """Whether `inner` is `outer` or lies, over however many steps, within it."""
    seen: set[UUID] = set()
    current: UUID | None = inner
    while current is not None and current not in seen:
        if current == outer:
            return True
        seen.add(current)
        current = session.scalar(select(model.parent_id).where(model.id == current))
    return False
