"""A value as an audit entry keeps it, in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Date, Enum, Time, Uuid
from sqlalchemy.types import TypeEngine

from tracker.domain.access import Level
from tracker.domain.texts import pick
from tracker.lang import (
    current,
    digits,
    format_date,
    format_datetime,
    format_number,
    gettext,
    label,
)
from tracker.models.types import LevelType, UtcDateTime

Column = TypeEngine[Any] | None  # None: no column that this version knows


@dataclass(frozen=True, slots=True)
class Value:
    """Plain words; with the object that they name, where they name one with a page."""

    text: str
    kind: str = ""
    id: UUID | None = None


Names = Mapping[UUID, Value]


def value_of(stored: Any, column: Column, names: Names, zone: ZoneInfo) -> Value | None:
    """None where nothing stood."""
    if stored in (None, "", {}, []):
        return None
    pointed_at = id_in(stored, column)
    if pointed_at is not None:
        return names.get(pointed_at) or Value(gettext("a record that is not shown here"))
    try:
        return Value(_in_words(stored, column, zone))
    except (ValueError, KeyError, TypeError):
        # An older version kept another form: what is there is shown as it is.
        return Value(_plain(stored))


def id_in(stored: Any, column: Column) -> UUID | None:
    """The id that the value holds, where the column points at something."""
    if not isinstance(column, Uuid) or not isinstance(stored, str):
        return None
    try:
        return UUID(stored)
    except ValueError:
        return None


def _in_words(stored: Any, column: Column, zone: ZoneInfo) -> str:
    match column:
        case LevelType():
            return label(Level[stored.upper()])
        case Enum(enum_class=vocabulary) if vocabulary is not None:
            return label(vocabulary(stored))
        case Date():
            return format_date(date.fromisoformat(stored))
        case Time():
            return digits(f"{time.fromisoformat(stored):%H:%M}")
        case UtcDateTime():
            return format_datetime(datetime.fromisoformat(stored), zone)
    return _plain(stored)


def _plain(stored: Any) -> str:
    match stored:
        case bool():
            return gettext("Yes") if stored else gettext("No")
        case int():
            return format_number(stored)
        case dict():
            return pick({tag: _plain(each) for tag, each in stored.items()}, current().tag).text
        case list():
            return current().comma.join(_plain(each) for each in stored)
    return str(stored)
