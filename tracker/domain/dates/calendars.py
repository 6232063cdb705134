"""Days in the two calendars: everything is held Gregorian and turned only at the edge."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

import jdatetime


class Calendar(StrEnum):
    JALALI = "jalali"
    GREGORIAN = "gregorian"

    @property
    def other(self) -> Calendar:
        return Calendar.GREGORIAN if self is Calendar.JALALI else Calendar.JALALI


# No year is in both, so a year tells its calendar. The library is right for all of them but 1503,
# where it and the astronomers differ by a day and the official leap years are not yet proclaimed.
YEARS = {Calendar.JALALI: range(1200, 1600), Calendar.GREGORIAN: range(1800, 2201)}


def calendar_of_year(year: int) -> Calendar | None:
    return next((calendar for calendar, years in YEARS.items() if year in years), None)


@lru_cache(maxsize=8192)
def jalali(day: date) -> tuple[int, int, int]:
    """Year, month and day in the Jalali calendar."""
    there = jdatetime.date.fromgregorian(date=day)
    return there.year, there.month, there.day


def parts(day: date, calendar: Calendar) -> tuple[int, int, int]:
    if calendar is Calendar.JALALI:
        return jalali(day)
    return day.year, day.month, day.day


@lru_cache(maxsize=8192)
def day_of(calendar: Calendar, year: int, month: int, day: int) -> date:
    """The day of that name. ValueError if there is none."""
    if calendar is Calendar.GREGORIAN:
        return date(year, month, day)
    # The library reads 0000-01-01 as 1400-01-01, so nothing out of range is handed to it.
    if not (1 <= year <= 9377 and 1 <= month <= 12 and 1 <= day <= 31):
        raise ValueError(f"no such day: {year}-{month}-{day}")
    there: date = jdatetime.date(year, month, day).togregorian()
    return there


def last_of_month(calendar: Calendar, year: int, month: int) -> date:
    following = (year + 1, 1) if month == 12 else (year, month + 1)
    return day_of(calendar, *following, 1) - timedelta(days=1)


def month_length(calendar: Calendar, year: int, month: int) -> int:
    return parts(last_of_month(calendar, year, month), calendar)[2]
