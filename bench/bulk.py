"""Rows of one table for a bulk load: a few columns vary, the others hold what is their default."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Column, Table
from sqlalchemy.dialects import sqlite

from tracker.domain.dates import FuzzyDate

# When everything was recorded; the ids tell of the days before it, as those of real records do.
RECORDED_AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
_FIRST_MILLISECOND = int((RECORDED_AT - timedelta(days=365)).timestamp() * 1000)
_SQLITE = sqlite.dialect()

Row = tuple[Any, ...]


class Bulk(NamedTuple):
    """Where rows go, and in which order their columns come. Values stand in them as SQLite keeps
    them, which PostgreSQL reads as well."""

    table: str
    columns: tuple[str, ...]
    constants: Row


Load = tuple[Bulk, list[Row]]


def bulk(model: Any, *varying: str, **given: Any) -> Bulk:
    """The table of `model`: rows give the columns named, in that order; the rest is constant."""
    table: Table = model.__table__
    rest = [column for column in table.columns if column.name not in varying]
    constants = tuple(_stored(column, given) for column in rest)
    return Bulk(table.name, (*varying, *(column.name for column in rest)), constants)


def identity(register: int, number: int) -> str:
    """A UUIDv7 in hexadecimal, the same in every run; of a later number, a later one."""
    return f"{_FIRST_MILLISECOND + number:012x}7{register:03x}8{number:015x}"


def texts(fa: str, en: str = "") -> str:
    return json.dumps({"fa": fa, "en": en} if en else {"fa": fa}, ensure_ascii=False)


def four(prefix: str) -> tuple[str, ...]:
    """The names of the four columns of a date."""
    return tuple(f"{prefix}_{name}" for name in ("first", "last", "raw", "sort"))


def known(day: date) -> tuple[str, str, str, str]:
    """What stands in these columns for a date that is known to the day."""
    return (day.isoformat(), day.isoformat(), "", FuzzyDate.exact(day).sort.isoformat())


def _stored(column: Column[Any], given: dict[str, Any]) -> Any:
    value = given[column.name] if column.name in given else _default(column)
    processor = column.type.dialect_impl(_SQLITE).bind_processor(_SQLITE)
    return value if value is None or processor is None else processor(value)


def _default(column: Column[Any]) -> Any:
    if column.name in ("created_at", "updated_at"):
        return RECORDED_AT
    default: Any = column.default
    if default is not None:
        return default.arg(None) if default.is_callable else default.arg
    if column.nullable:
        return None
    raise ValueError(f"{column} has no default: its rows have to give it")
