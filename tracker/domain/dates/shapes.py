"""In which words a fuzzy date is best said again, worked out from its two days alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from tracker.domain.dates.calendars import YEARS, Calendar, parts
from tracker.domain.dates.fuzzy import FuzzyDate
from tracker.domain.dates.readers import month_span, season_span, year_span


class Kind(StrEnum):
    UNKNOWN = "unknown"
    VAGUE = "vague"
    DAY = "day"
    ON_OR_BEFORE = "on or before"
    ON_OR_AFTER = "on or after"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    RANGE = "range"


# The units that a range can be said in, the largest first.
_UNITS = (Kind.YEAR, Kind.SEASON, Kind.MONTH)


@dataclass(frozen=True, slots=True)
class Shape:
    """For a month, season or year its calendar; for a range the unit and calendar of its ends."""

    kind: Kind
    calendar: Calendar | None = None
    unit: Kind = Kind.DAY


@lru_cache(maxsize=4096)
def shape_of(fuzzy: FuzzyDate) -> Shape:
    first, last = fuzzy.first, fuzzy.last
    if first is None and last is None:
        return Shape(Kind.VAGUE if fuzzy.is_vague else Kind.UNKNOWN)
    if first is None:
        return Shape(Kind.ON_OR_BEFORE)
    if last is None:
        return Shape(Kind.ON_OR_AFTER)
    if first == last:
        return Shape(Kind.DAY)
    for calendar in Calendar:
        for unit in _UNITS:
            start, end = unit_around(first, calendar, unit), unit_around(last, calendar, unit)
            if start and end and start[0] == first and end[1] == last:
                if start == end:
                    return Shape(unit, calendar, unit)
                if unit is not Kind.SEASON:
                    return Shape(Kind.RANGE, calendar, unit)
    return Shape(Kind.RANGE)


def unit_around(day: date, calendar: Calendar, unit: Kind) -> tuple[date, date] | None:
    """The first and last day of the month, season or year that holds `day`."""
    year, month, _ = parts(day, calendar)
    if year not in YEARS[calendar]:
        return None
    if unit is Kind.YEAR:
        return year_span(calendar, year)
    if unit is Kind.MONTH:
        return month_span(calendar, year, month)
    return season_around(day, calendar, year, month)


def season_around(
    day: date, calendar: Calendar, year: int, month: int
) -> tuple[date, date] | None:
    if calendar is Calendar.JALALI:
        return season_span(calendar, year, (month - 1) // 3)
    return None
