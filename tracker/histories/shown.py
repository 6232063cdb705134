"""What of an entry may be told once it is known which objects its reader sees.

A part of an object may say something of another one: why a body is involved, where in a source
something stands. On a page that part is left out where the other object is hidden; here as well.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid

from tracker.record.values import id_in

Fields = Mapping[str, list[Any]]
# Told in words of whatever the part points at.
_ABOUT_ANOTHER = frozenset({"reason", "locator"})


def open_part(changes: Mapping[str, Any], seen: Collection[UUID]) -> dict[str, Any]:
    """The changes without what they say of objects that are not among those seen."""
    parts = {
        table: {row: _open(fields, seen) for row, fields in rows.items()}
        for table, rows in changes.get("parts", {}).items()
    }
    return {**changes, "parts": parts} if parts else dict(changes)


def _open(fields: Fields, seen: Collection[UUID]) -> Fields:
    pointing = {key: set(_ids(pair)) for key, pair in fields.items()}
    if any(not ids <= set(seen) for ids in pointing.values()):
        return {key: pair for key, pair in fields.items() if pointing[key]}
    if _is_whole(fields) or any(pointing.values()):
        return fields
    # What it points at stayed as it was, and is not told here: it may be anything.
    return {key: pair for key, pair in fields.items() if key not in _ABOUT_ANOTHER}


def _is_whole(fields: Fields) -> bool:
    """Whether all of the part was made or taken away."""
    return any(all(pair[end] is None for pair in fields.values()) for end in (0, 1))


def _ids(pair: list[Any]) -> Iterator[UUID]:
    for stored in pair:
        pointed_at = id_in(stored, Uuid())
        if pointed_at is not None:
            yield pointed_at
