"""An object as plain data, for audit entries: what it was, and what it has become."""

from __future__ import annotations

from datetime import date, datetime, time
from enum import Enum, IntEnum
from typing import Any
from uuid import UUID

from sqlalchemy import inspect
from sqlalchemy.orm import Mapper

from tracker.domain.access import Level
from tracker.lang import sort_key
from tracker.models import Part, Recorded
from tracker.models.ids import new_id

# Told by the entry's own columns, or derived from the columns beside them.
_OWN = frozenset(
    {"id", "version", "created_at", "created_by", "updated_at", "updated_by", "sort_name"}
)


def identify(obj: Recorded | Part) -> None:
    """Give the object its id now, so that its parts and its entry can refer to it."""
    if obj.id is None:
        obj.id = new_id()


def stamp(obj: Recorded, now: datetime, user_id: UUID | None) -> None:
    """Who and when, on a new object."""
    identify(obj)
    obj.version = 1
    obj.created_at = obj.updated_at = now
    obj.created_by = obj.updated_by = user_id
    if obj.level is None:
        obj.level = Level.INTERNAL
    obj.effective_level = obj.level


def name_for_sorting(obj: Recorded) -> None:
    """Keep the folded name that lists sort by beside the name, where the object has one."""
    if hasattr(obj, "sort_name"):
        first = next(iter(obj.search_title().values()), "")
        obj.sort_name = sort_key(first)[:300]


def plain(value: Any) -> Any:
    """A column's value as JSON can hold it."""
    if isinstance(value, IntEnum):
        return value.name.lower()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, UUID | datetime | date | time):
        return str(value)
    return value


def _columns(obj: Recorded | Part) -> list[str]:
    mapper: Mapper[Any] = inspect(type(obj))
    return [
        attr.key
        for attr in mapper.column_attrs
        if attr.key not in _OWN and not attr.key.endswith("_sort")
    ]


def before(obj: Recorded | Part) -> dict[str, Any]:
    """The columns as the database has them, empty ones left out."""
    state = inspect(obj)
    values = {}
    for key in _columns(obj):
        history = state.attrs[key].history
        old = history.deleted[0] if history.deleted else getattr(obj, key)
        if history.added and not history.deleted:
            old = None
        values[key] = plain(old)
    return {key: value for key, value in values.items() if value not in (None, "", {}, [])}


def after(obj: Recorded | Part) -> dict[str, Any]:
    """The columns as they will be stored, empty ones left out."""
    values = {key: plain(getattr(obj, key)) for key in _columns(obj)}
    return {key: value for key, value in values.items() if value not in (None, "", {}, [])}


def difference(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """Field → [before, after], for the fields that differ."""
    return {
        key: [old.get(key), new.get(key)]
        for key in sorted(old.keys() | new.keys())
        if old.get(key) != new.get(key)
    }
