"""What points at what: every column, of an object or of a part of one, that names another object.

Read off the tables, so that no new column can be forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect, inspect, select, union
from sqlalchemy.orm import Session

from tracker.models import Base, Part, Recorded
from tracker.record.kinds import KINDS

# What says which object another row is of, where that may be of any kind.
_PAIRS = (("object_kind", "object_id"), ("holder_kind", "holder_id"))


@dataclass(frozen=True, slots=True)
class Pointer:
    """A column that names an object: of one kind, or of the kind that another column says.

    `root` is the column with the object that is changed when the row is.
    """

    model: Any
    column: Any
    root: Any
    kind: str = ""


@cache
def pointers() -> tuple[Pointer, ...]:
    """All of them, but for those by which a part belongs to its object."""
    return tuple(found for model in recorded() for found in _pointers_of(model))


def recorded() -> list[Any]:
    """The models of all objects and of all parts of objects."""
    models = (mapper.class_ for mapper in Base.registry.mappers)
    return [model for model in models if issubclass(model, Recorded | Part)]


def _pointers_of(model: Any) -> Iterator[Pointer]:
    columns = inspect(model).local_table.columns
    root = columns[_root_column(model)]
    kinds = {inspect(each).local_table.name: kind for kind, each in KINDS.items()}
    for column in columns:
        for key in column.foreign_keys:
            kind = kinds.get(key.target_fullname.split(".")[0])
            if kind is not None and (column is not root or issubclass(model, Recorded)):
                yield Pointer(model, column, root, kind)
    for kind_column, id_column in _PAIRS:
        if kind_column in columns and id_column in columns and columns[id_column] is not root:
            yield Pointer(model, columns[id_column], root)


def _root_column(model: Any) -> str:
    return "id" if issubclass(model, Recorded) else getattr(model, "root_column", "object_id")


@cache
def parts_of(kind: str) -> tuple[tuple[Any, Any], ...]:
    """The models of the parts that an object of this kind may have, and their root columns."""
    return tuple(
        (part, inspect(part).local_table.columns[_root_column(part)])
        for part in recorded()
        if issubclass(part, Part) and getattr(part, "root_kind", kind) == kind
    )


def referring(ids: Mapping[UUID, str]) -> CompoundSelect[Any]:
    """The ids of the objects that point at one of these (id → kind), itself or in a part."""
    kinds = set(ids.values())
    return union(
        *(
            select(each.root.label("id")).where(each.column.in_(ids))
            for each in pointers()
            if not each.kind or each.kind in kinds
        )
    )


def referred_to(session: Session, ids: Mapping[UUID, str]) -> set[UUID]:
    """The ids of the objects that one of these points at, itself or in a part."""
    kinds = set(ids.values())
    wanted = [
        select(each.column.label("id")).where(each.root.in_(ids), each.column.is_not(None))
        for each in pointers()
        if getattr(each.model, "kind", getattr(each.model, "root_kind", "")) in {"", *kinds}
    ]
    return set(session.scalars(union(*wanted)))


def own_rows(obj: Recorded) -> Iterator[tuple[Any, Any]]:
    """Each table with rows of this object alone, and what picks them out; its own comes last."""
    for part, root in parts_of(obj.kind):
        yield part, root == obj.id
    yield type(obj), type(obj).id == obj.id
