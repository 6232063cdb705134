"""Column types: text per language, UTC instants, levels, vocabularies, fuzzy dates."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    Date,
    DateTime,
    Dialect,
    Enum,
    SmallInteger,
    String,
    UnicodeText,
)
from sqlalchemy.orm import composite, mapped_column
from sqlalchemy.types import TypeDecorator

from tracker.domain.access import Level
from tracker.domain.dates import FuzzyDate
from tracker.models.watching import note_confidential


class TextsType(TypeDecorator[dict[str, str]]):
    """Text per language: a JSON object keyed by language tag, without the empty ones."""

    impl = JSON
    cache_ok = True

    def process_bind_param(
        self, value: dict[str, str] | None, dialect: Dialect
    ) -> dict[str, str] | None:
        return None if value is None else {tag: text for tag, text in value.items() if text}


class WordsType(TypeDecorator[list[str]]):
    """A few short words without commas, in one column."""

    impl = UnicodeText
    cache_ok = True

    def process_bind_param(self, value: list[str] | None, dialect: Dialect) -> str | None:
        return None if value is None else ",".join(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> list[str]:
        return value.split(",") if value else []


def stored_texts(stored: str) -> dict[str, str]:
    """Texts out of their JSON, where a statement took the column as it is stored."""
    texts: dict[str, str] = json.loads(stored)
    return texts


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware on the way in, UTC in the database, aware on the way out."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class LevelType(TypeDecorator[Level]):
    """A level of confidentiality, stored by its rank so that a filter can compare."""

    impl = SmallInteger
    cache_ok = True

    def process_bind_param(self, value: Level | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Level | None:
        if value == Level.CONFIDENTIAL:
            note_confidential()
        return None if value is None else Level(value)


def choice(vocabulary: type[StrEnum]) -> Enum:
    """One member of a vocabulary, stored by its value, with a CHECK in the database."""
    return Enum(
        vocabulary,
        native_enum=False,
        create_constraint=True,
        length=40,
        name=vocabulary.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


def _fuzzy_date(
    first: date | None, last: date | None, raw: str | None, sort: date | None
) -> FuzzyDate:
    return FuzzyDate(first, last, raw or "")


def fuzzy(prefix: str) -> Any:
    """A fuzzy date in four columns: `_first` and `_last` may be null, `_raw` keeps what was typed,
    `_sort` is never null, so that lists and keysets can rely on it."""
    return composite(
        _fuzzy_date,
        mapped_column(f"{prefix}_first", Date),
        mapped_column(f"{prefix}_last", Date),
        mapped_column(f"{prefix}_raw", String(100), nullable=False, default=""),
        mapped_column(f"{prefix}_sort", Date, nullable=False, default=FuzzyDate().sort),
    )


def days_of(model: Any, prefix: str) -> tuple[Any, Any, Any]:
    """The columns of a fuzzy date, for a statement that takes plain columns."""
    first, last, raw = (getattr(model, f"{prefix}_{end}") for end in ("first", "last", "raw"))
    return first, last, raw


def day_in(row: Any, prefix: str) -> FuzzyDate:
    """The fuzzy date that a row of such a statement holds; unknown where nothing was joined."""
    first, last, raw = (getattr(row, f"{prefix}_{end}") for end in ("first", "last", "raw"))
    return FuzzyDate(first, last, raw or "")


def canonical_json(value: Any) -> str:
    """Sorted keys, UTF-8, no spaces: the form that hashes are made over."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
