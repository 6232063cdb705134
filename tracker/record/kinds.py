"""Every kind of object by its name, and which objects hang below which."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models import (
    Action,
    Base,
    Clause,
    Commitment,
    Document,
    DocumentHolder,
    Filing,
    Framework,
    Mandate,
    Meeting,
    Obstacle,
    Recorded,
    Resolution,
    Statement,
)

KINDS: dict[str, type[Recorded]] = {
    mapper.class_.kind: mapper.class_
    for mapper in Base.registry.mappers
    if issubclass(mapper.class_, Recorded)
}

# Below a kind: the kinds whose level rises with it, and the column that points up.
_BELOW: dict[str, tuple[tuple[type[Recorded], str], ...]] = {
    "meeting": ((Statement, "meeting_id"), (Action, "meeting_id")),
    "source": (
        (Statement, "source_id"),
        (Mandate, "source_id"),
        (Resolution, "source_id"),
        (Framework, "source_id"),
    ),
    "statement": ((Action, "statement_id"),),
    "instrument": ((Clause, "instrument_id"),),
    "memorandum": ((Commitment, "memorandum_id"),),
}


# What takes its level from the ties and memoranda that it is filed under.
_FILED: tuple[type[Recorded], ...] = (Meeting, Obstacle)


def load(session: Session, kind: str, object_id: UUID) -> Recorded | None:
    """The object itself, whatever its level; for the record floor only."""
    model = KINDS.get(kind)
    return None if model is None else session.get(model, object_id)


def children(session: Session, parent: Recorded) -> Iterator[Recorded]:
    """The objects whose level cannot fall below the parent's."""
    for model, column in _BELOW.get(parent.kind, ()):
        yield from session.scalars(select(model).where(getattr(model, column) == parent.id))
    if parent.kind in ("tie", "memorandum", "meeting"):
        for holder in _FILED:
            filed = select(Filing.holder_id).where(
                Filing.object_id == parent.id, Filing.holder_kind == holder.kind
            )
            yield from session.scalars(select(holder).where(holder.id.in_(filed)))
    held = select(DocumentHolder.document_id).where(DocumentHolder.holder_id == parent.id)
    yield from session.scalars(select(Document).where(Document.id.in_(held)))
