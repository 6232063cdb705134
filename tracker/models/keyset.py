"""Lists by keyset, newest first or by name: where a page begins is a place in the order, never an
offset."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    Subquery,
    Uuid,
    bindparam,
    func,
    select,
    tuple_,
)

PAGE = 50
MOST_COUNTED = 1000


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last row of the page before: its sort date and its id."""

    sort: date
    id: UUID


@dataclass(frozen=True, slots=True)
class NameCursor:
    """The last row of the page before, in a list by name: its sort name and its id."""

    name: str
    id: UUID


@dataclass(frozen=True, slots=True)
class MomentCursor:
    """The last row of the page before, in a list by when something was done."""

    at: datetime
    id: UUID


@dataclass(frozen=True, slots=True)
class SequenceCursor:
    """The last row of the page before, in a list by a number that only rises."""

    number: int


# The cursor of a statement that is built once; `after_values` are its values.
ANY_CURSOR = Cursor(
    bindparam("after_sort", type_=Date()),  # type: ignore[arg-type]
    bindparam("after_id", type_=Uuid()),  # type: ignore[arg-type]
)


def after_values(cursor: Cursor | None) -> dict[str, Any]:
    return {} if cursor is None else {"after_sort": cursor.sort, "after_id": cursor.id}


def after(cursor: Cursor, sort: Any, id_: Any) -> ColumnElement[bool]:
    """The rows that come after the cursor when the newest come first."""
    return tuple_(sort, id_) < tuple_(cursor.sort, cursor.id)


def newest_first(
    statement: Select[*tuple[Any, ...]],
    sort: Any,
    id_: Any,
    cursor: Cursor | None = None,
    limit: int = PAGE,
) -> Select[*tuple[Any, ...]]:
    """One page of the statement, and one row more, which tells whether another page follows."""
    if cursor is not None:
        statement = statement.where(after(cursor, sort, id_))
    return statement.order_by(sort.desc(), id_.desc()).limit(limit + 1)


def by_name(
    statement: Select[*tuple[Any, ...]],
    name: Any,
    id_: Any,
    cursor: NameCursor | None = None,
    limit: int = PAGE,
) -> Select[*tuple[Any, ...]]:
    """One page of the statement in the order of names, and one row more."""
    if cursor is not None:
        statement = statement.where(tuple_(name, id_) > tuple_(cursor.name, cursor.id))
    return statement.order_by(name, id_).limit(limit + 1)


def counted(statement: Select[Any], most: int = MOST_COUNTED) -> Select[Any]:
    """Counts the rows of the statement, but never more than `most` + 1 of them."""
    some: Subquery = statement.order_by(None).limit(most + 1).subquery()
    return select(func.count()).select_from(some)
