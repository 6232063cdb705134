"""Filing an object under ties and memoranda."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select

from tracker.domain.dates import FuzzyDate
from tracker.models import Filing, Part, Recorded
from tracker.record.changes import Change


def refile(
    change: Change,
    holder: Recorded,
    objects: Iterable[Recorded],
    sort_on: FuzzyDate | None = None,
) -> None:
    """File `holder` under exactly these objects, by its own date."""
    session = change.session
    wanted = {obj.id: obj for obj in objects}
    day = sort_on or FuzzyDate.unknown()
    for filing in session.scalars(select(Filing).where(Filing.holder_id == holder.id)):
        if filing.object_id in wanted:
            del wanted[filing.object_id]
            if filing.sort_on != day:
                filing.sort_on = day
        else:
            session.delete(filing)
    for position, obj in enumerate(wanted.values()):
        session.add(
            Filing(
                holder_kind=holder.kind,
                holder_id=holder.id,
                object_kind=obj.kind,
                object_id=obj.id,
                sort_on=day,
                position=position,
            )
        )
    session.flush()


PartType = TypeVar("PartType", bound=Part)


def replace_parts(
    change: Change, model: type[PartType], root_id: UUID, rows: Iterable[dict[str, object]]
) -> list[PartType]:
    """Make the parts of a root these rows, in this order.

    A row with the `id` of a present part changes it; one without makes a part; a part that no row
    names is taken out (the audit entry keeps what it said).
    """
    session = change.session
    root = getattr(model, model.root_column)
    present = {part.id: part for part in session.scalars(select(model).where(root == root_id))}
    kept: list[PartType] = []
    for position, row in enumerate(rows):
        values = {"position": position, **row}
        part_id = values.pop("id", None)
        part = present.pop(part_id, None) if isinstance(part_id, UUID) else None
        if part is None:
            part = model(**{model.root_column: root_id, **values})
            session.add(part)
        else:
            for key, value in values.items():
                if getattr(part, key) != value:
                    setattr(part, key, value)
        kept.append(part)
    for part in present.values():
        session.delete(part)
    session.flush()
    return kept
