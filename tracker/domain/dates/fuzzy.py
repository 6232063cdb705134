"""A date as people know it: exact, bounded on one side or both, merely said, or unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from tracker.domain.dates import words

EARLIEST = date(1, 1, 1)


class Direction(StrEnum):
    """Which way a date without a year lies: a meeting was held, an action is due."""

    PAST = "past"
    FUTURE = "future"


class Refusal(StrEnum):
    """Why a typed date was not understood; the values it needs to be said stand beside it."""

    TOO_LONG = "too long"  # most
    NOT_A_DATE = "not a date"
    NO_SUCH_DAY = "no such day"  # calendar year month day length
    NO_SUCH_MONTH = "no such month"  # month
    YEAR_OUT_OF_RANGE = "year out of range"  # year
    SHORT_YEAR = "short year"  # year
    MIXED_CALENDARS = "mixed calendars"  # calendar month year
    TWO_WINTERS = "two winters"  # year
    BACKWARDS = "backwards"
    DISAGREE = "disagree"


class DateRefused(ValueError):
    """A typed date was not understood; `candidates` are what may have been meant, best first."""

    def __init__(self, reason: Refusal, candidates: tuple[date, ...] = (), **values: Any) -> None:
        super().__init__(f"{reason} {values}" if values else str(reason))
        self.reason = reason
        self.candidates = candidates
        self.values: Mapping[str, Any] = values


@dataclass(frozen=True, slots=True)
class FuzzyDate:
    """The first and the last day that it can be, either of them open, and the words typed.

    Two dates that lie between the same days differ when they were said in other words.
    """

    first: date | None = None
    last: date | None = None
    raw: str = field(default="")

    def __post_init__(self) -> None:
        if self.first is not None and self.last is not None and self.first > self.last:
            raise ValueError(f"{self.first} is after {self.last}")

    @classmethod
    def unknown(cls) -> FuzzyDate:
        return cls()

    @classmethod
    def exact(cls, day: date) -> FuzzyDate:
        return cls(day, day)

    @classmethod
    def on_or_before(cls, day: date) -> FuzzyDate:
        return cls(None, day)

    @classmethod
    def between(cls, first: date, last: date) -> FuzzyDate:
        return cls(first, last)

    @property
    def sort(self) -> date:
        """Where it stands in a list; an upper bound counts as its date."""
        return self.last or self.first or EARLIEST

    def __composite_values__(self) -> tuple[date | None, date | None, str, date]:
        """The four columns in which it is stored."""
        return self.first, self.last, self.raw, self.sort

    @property
    def is_about(self) -> bool:
        return _has(self.raw, words.ABOUT)

    @property
    def is_exact(self) -> bool:
        return self.first is not None and self.first == self.last and not self.is_about

    @property
    def is_upper_bound(self) -> bool:
        return self.first is None and self.last is not None

    @property
    def is_lower_bound(self) -> bool:
        return self.first is not None and self.last is None

    @property
    def is_unbounded(self) -> bool:
        """Without any day: unknown, or only a word such as 'recently'."""
        return self.first is None and self.last is None

    @property
    def is_vague(self) -> bool:
        """Only a word was said, such as 'recently': shown as it was said."""
        return self.is_unbounded and _has(self.raw, words.VAGUE)

    @property
    def is_unknown(self) -> bool:
        return self.is_unbounded and not self.is_vague


def _has(raw: str, kind: str) -> bool:
    return bool(raw) and any(token.kind == kind for token in words.tokens(raw))
