"""Dates as the language says them, in its own calendar or in both."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from tracker.domain.dates import (
    YEARS,
    Calendar,
    FuzzyDate,
    Kind,
    Shape,
    is_said_the_same_any_day,
    parts,
    shape_of,
)
from tracker.lang.languages import Lang
from tracker.lang.messages import current, digits, gettext, pgettext

Style = Literal["long", "short", "weekday", "both", "full"]

# The words are marked for the catalogue by the context under which they are looked up.
JALALI_MONTHS = (
    "Farvardin",
    "Ordibehesht",
    "Khordad",
    "Tir",
    "Mordad",
    "Shahrivar",
    "Mehr",
    "Aban",
    "Azar",
    "Dey",
    "Bahman",
    "Esfand",
)
GREGORIAN_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SEASONS = ("spring", "summer", "autumn", "winter")


def month_name(month: int, calendar: Calendar) -> str:
    if calendar is Calendar.JALALI:
        return pgettext("Jalali month", JALALI_MONTHS[month - 1])
    return pgettext("Gregorian month", GREGORIAN_MONTHS[month - 1])


def weekday_name(weekday: int) -> str:
    """Monday is 0."""
    return pgettext("weekday", WEEKDAYS[weekday])


def season_name(season: int) -> str:
    return pgettext("season", SEASONS[season])


def format_date(day: date, style: Style = "long") -> str:
    """long «۱۶ آبان ۱۴۰۰» · short «۱۴۰۰/۸/۱۶» · weekday «یکشنبه ۱۶ آبان ۱۴۰۰» ·
    both: the other calendar behind it in brackets · full: both, with the weekday."""
    return _formatted(day, style, current())


@lru_cache(maxsize=8192)
def _formatted(day: date, style: Style, lang: Lang) -> str:
    if style == "short":
        return _short(day, lang)
    text = _named(day, lang.calendar)
    if style in ("weekday", "full"):
        text = gettext("%(weekday)s %(date)s", weekday=weekday_name(day.weekday()), date=text)
    if style in ("both", "full"):
        text = _beside(text, _named(day, lang.calendar.other))
    return text


def _named(day: date, calendar: Calendar) -> str:
    calendar = _speakable(day, calendar)
    year, month, number = parts(day, calendar)
    return gettext(
        "%(day)s %(month)s %(year)s", day=number, month=month_name(month, calendar), year=year
    )


def _speakable(day: date, calendar: Calendar) -> Calendar:
    """The other calendar for a day whose year would not be read again as one of this calendar."""
    return calendar if parts(day, calendar)[0] in YEARS[calendar] else calendar.other


def _short(day: date, lang: Lang) -> str:
    calendar = _speakable(day, lang.calendar)
    year, month, number = parts(day, calendar)
    if calendar is Calendar.JALALI:
        return digits(f"{year}/{month}/{number}")
    return digits(f"{number} {month_name(month, calendar)[: lang.short_months]} {year}")


def _beside(text: str, other: str) -> str:
    return text if other == text else gettext("%(date)s (%(other)s)", date=text, other=other)


def format_fuzzy(fuzzy: FuzzyDate, both: bool = False) -> str:
    """A date with its bounds and doubts, in words that the grammar of typed dates reads again.

    With `both`, the other calendar stands beside it in brackets.
    """
    return _fuzzy(fuzzy, both, current())


@lru_cache(maxsize=8192)
def _fuzzy(fuzzy: FuzzyDate, both: bool, lang: Lang) -> str:
    shape = shape_of(fuzzy)
    if shape.kind is Kind.UNKNOWN:
        return gettext("unknown")
    if shape.kind is Kind.VAGUE:
        return gettext("recently")
    first, last = fuzzy.first, fuzzy.last
    style: Style = "both" if both else "long"
    if first is None:
        text = _about(format_date(fuzzy.sort, style), fuzzy)
        return gettext("on or before %(date)s", date=text)
    if last is None:
        text = _about(format_date(first, style), fuzzy)
        return gettext("on or after %(date)s", date=text)
    if shape.kind is Kind.DAY:
        return _about(format_date(first, style), fuzzy)
    return _about(_span(first, last, shape, lang.calendar, both), fuzzy)


def _about(text: str, fuzzy: FuzzyDate) -> str:
    return gettext("about %(date)s", date=text) if fuzzy.is_about else text


def _span(first: date, last: date, shape: Shape, calendar: Calendar, both: bool) -> str:
    """A month, season, year or range; one of the other calendar keeps its name in brackets."""
    if shape.calendar is calendar:
        text = _unit_range(first, last, shape, calendar)
        return _beside(text, _day_range(first, last, calendar.other)) if both else text
    text = _day_range(first, last, calendar)
    if shape.calendar is not None:
        return _beside(text, _unit_range(first, last, shape, shape.calendar))
    return _beside(text, _day_range(first, last, calendar.other)) if both else text


def _day_range(first: date, last: date, calendar: Calendar) -> str:
    """«۲۳ تا ۲۹ آبان ۱۴۰۵»: what both days share is said once."""
    year, month, day = parts(first, calendar)
    said = _named(first, calendar)
    if year == parts(last, calendar)[0] and year in YEARS[calendar]:
        same_month = month == parts(last, calendar)[1]
        said = (
            digits(day)
            if same_month
            else gettext("%(day)s %(month)s", day=day, month=month_name(month, calendar))
        )
    return _range(said, _named(last, calendar))


def _range(first: str, last: str) -> str:
    return gettext("%(first)s to %(last)s", first=first, last=last)


def _unit_range(first: date, last: date, shape: Shape, calendar: Calendar) -> str:
    if shape.kind is not Kind.RANGE:
        return _unit(first, shape.unit, calendar)
    if shape.unit is Kind.YEAR:
        return _range(*(digits(parts(day, calendar)[0]) for day in (first, last)))
    return _range(_unit(first, shape.unit, calendar), _unit(last, shape.unit, calendar))


def _unit(day: date, unit: Kind, calendar: Calendar) -> str:
    year, month, _ = parts(day, calendar)
    if unit is Kind.YEAR:
        return pgettext("date", "%(year)s", year=year)
    is_month = unit is Kind.MONTH
    name = month_name(month, calendar) if is_month else season_name((month - 1) // 3)
    return gettext("%(name)s %(year)s", name=name, year=year)


def format_fuzzy_for_input(fuzzy: FuzzyDate) -> str:
    """What a form shows for a date already stored: the words typed, unless they have aged."""
    if is_said_the_same_any_day(fuzzy):
        return fuzzy.raw
    return "" if fuzzy.is_unknown else format_fuzzy(fuzzy)


def format_datetime(moment: datetime, zone: ZoneInfo | str) -> str:
    """An instant as the clock on the wall of `zone` showed it."""
    there = moment.astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone)
    return gettext(
        "%(date)s, %(time)s", date=format_date(there.date()), time=digits(f"{there:%H:%M}")
    )
