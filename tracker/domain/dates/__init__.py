"""Dates as people know and type them, in either calendar: `FuzzyDate` and its grammar."""

from tracker.domain.dates.calendars import YEARS, Calendar, day_of, jalali, parts
from tracker.domain.dates.fuzzy import DateRefused, Direction, FuzzyDate, Refusal
from tracker.domain.dates.grammar import (
    Reading,
    is_said_the_same_any_day,
    parse_fuzzy,
    parse_iso_or_jalali,
    read_fuzzy,
)
from tracker.domain.dates.shapes import Kind, Shape, shape_of

__all__ = [
    "YEARS",
    "Calendar",
    "DateRefused",
    "Direction",
    "FuzzyDate",
    "Kind",
    "Reading",
    "Refusal",
    "Shape",
    "day_of",
    "is_said_the_same_any_day",
    "jalali",
    "parse_fuzzy",
    "parse_iso_or_jalali",
    "parts",
    "read_fuzzy",
    "shape_of",
]
