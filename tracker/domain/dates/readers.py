"""How each shape of a typed date is read: tokens in, the first and the last day out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from tracker.domain.dates.calendars import (
    YEARS,
    Calendar,
    calendar_of_year,
    day_of,
    last_of_month,
    month_length,
    parts,
)
from tracker.domain.dates.fuzzy import DateRefused, Direction, Refusal
from tracker.domain.dates.words import Token

J, G = Calendar.JALALI, Calendar.GREGORIAN
Span = tuple[date | None, date | None]
Tokens = tuple[Token, ...]

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Around:
    """What a word such as 'yesterday' is said in view of."""

    today: date
    direction: Direction
    week_starts: int


Reader = Callable[[Tokens, Around], Span]


# ── Days with a year ────────────────────────────────────────────────────────────────────────────


def in_calendar(year: int) -> Calendar:
    calendar = calendar_of_year(year)
    if calendar is None:
        raise DateRefused(Refusal.YEAR_OUT_OF_RANGE, year=year)
    return calendar


def one_day(calendar: Calendar, year: int, month: int, day: int) -> date:
    """The day of that name, or a refusal that offers the two days where it would have been."""
    if not 1 <= month <= 12:
        swapped = existing(calendar, year, day, month)
        raise DateRefused(Refusal.NO_SUCH_MONTH, (swapped,) if swapped else (), month=month)
    length = month_length(calendar, year, month)
    if not 1 <= day <= length:
        last = last_of_month(calendar, year, month)
        around = (last, last + ONE_DAY) if day else (last - timedelta(length - 1),)
        raise DateRefused(
            Refusal.NO_SUCH_DAY,
            around,
            calendar=calendar,
            year=year,
            month=month,
            day=day,
            length=length,
        )
    return day_of(calendar, year, month, day)


def existing(calendar: Calendar, year: int, month: int, day: int) -> date | None:
    try:
        return day_of(calendar, year, month, day)
    except ValueError:
        return None


def only(day: date) -> Span:
    return day, day


def year_first(found: Tokens, around: Around) -> Span:
    year, month, day = (token.value for token in found)
    return only(one_day(in_calendar(year), year, month, day))


def day_first(found: Tokens, around: Around) -> Span:
    return year_first(found[::-1], around)


def compact(found: Tokens, around: Around) -> Span:
    number = found[0].value
    year, month, day = number // 10_000, number // 100 % 100, number % 100
    return only(one_day(in_calendar(year), year, month, day))


def named(found: Tokens, around: Around) -> Span:
    """A day, the name of its month and a year, in any order."""
    day, month, year = by_kind(found, "d"), by_kind(found, "M"), by_kind(found, "y")
    calendar = in_calendar(year.value)
    if calendar is month.calendar:
        return only(one_day(calendar, year.value, month.value, day.value))
    meant = tuple(_across(month, day.value, year.value, calendar))
    raise DateRefused(
        Refusal.MIXED_CALENDARS,
        meant,
        calendar=month.calendar,
        month=month.value,
        year=year.value,
    )


def by_kind(found: Tokens, kind: str) -> Token:
    return next(token for token in found if token.kind == kind)


def _across(month: Token, day: int, year: int, calendar: Calendar) -> Iterator[date]:
    """The days of that name in one calendar that fall into that year of the other one."""
    own = month.calendar or calendar.other
    for near in (year - 622, year - 621) if calendar is G else (year + 621, year + 622):
        meant = existing(own, near, month.value, day)
        if meant is not None and parts(meant, calendar)[0] == year:
            yield meant


def no_such_year(found: Tokens, around: Around) -> Span:
    raise DateRefused(Refusal.YEAR_OUT_OF_RANGE, year=by_kind(found, "x").value)


# ── Two-digit years: asked back ─────────────────────────────────────────────────────────────────


def short_year(found: Tokens, around: Around) -> Span:
    a, b, c = (token.value for token in found)
    orders = product(((a, b, c), (c, b, a)), (J, G))
    meant = (
        _nearest_century(calendar, year, month, day, around.today)
        for (year, month, day), calendar in orders
    )
    raise DateRefused(Refusal.SHORT_YEAR, _each_once(meant), year=a)


def short_year_named(found: Tokens, around: Around) -> Span:
    day, month, year = found[0].value, found[1], found[2].value
    calendar = month.calendar or J
    meant = (_nearest_century(calendar, year, month.value, day, around.today),)
    raise DateRefused(Refusal.SHORT_YEAR, _each_once(meant), year=year)


def _nearest_century(
    calendar: Calendar, short: int, month: int, day: int, today: date
) -> date | None:
    years = (century + short for century in range(0, 2300, 100))
    days = (existing(calendar, y, month, day) for y in years if y in YEARS[calendar])
    return min((d for d in days if d), key=lambda d: abs(d - today), default=None)


def _each_once(meant: Iterable[date | None]) -> tuple[date, ...]:
    return tuple(dict.fromkeys(day for day in meant if day))


# ── Months, seasons, years ──────────────────────────────────────────────────────────────────────


def month_span(calendar: Calendar, year: int, month: int) -> tuple[date, date]:
    return one_day(calendar, year, month, 1), last_of_month(calendar, year, month)


def year_span(calendar: Calendar, year: int) -> tuple[date, date]:
    return day_of(calendar, year, 1, 1), last_of_month(calendar, year, 12)


# Seasons of the Gregorian year begin on the first of a month for some and at the solstice for
# others: the span holds both. A winter of such a year may be either of two, so it is asked back.
_GREGORIAN_SEASONS = (((3, 1), (6, 21)), ((6, 1), (9, 23)), ((9, 1), (12, 22)))


def season_span(calendar: Calendar, year: int, season: int) -> tuple[date, date]:
    if calendar is J:
        first = season * 3 + 1
        return day_of(J, year, first, 1), last_of_month(J, year, first + 2)
    if season == 3:
        raise DateRefused(Refusal.TWO_WINTERS, (date(year, 1, 1), date(year, 12, 22)), year=year)
    first_day, last_day = _GREGORIAN_SEASONS[season]
    return date(year, *first_day), date(year, *last_day)


def month(found: Tokens, around: Around) -> Span:
    """A month, by name or number, and its year."""
    year = by_kind(found, "y").value
    other = next(token for token in found if token.kind != "y")
    calendar = in_calendar(year)
    if other.calendar not in (None, calendar):
        raise DateRefused(
            Refusal.MIXED_CALENDARS, calendar=other.calendar, month=other.value, year=year
        )
    return month_span(calendar, year, other.value)


def season(found: Tokens, around: Around) -> Span:
    year = by_kind(found, "y").value
    return season_span(in_calendar(year), year, by_kind(found, "S").value)


def year(found: Tokens, around: Around) -> Span:
    return year_span(in_calendar(found[0].value), found[0].value)


def years(found: Tokens, around: Around) -> Span:
    (first, _), (_, last) = (year_span(in_calendar(each.value), each.value) for each in found)
    if first > last:
        raise DateRefused(Refusal.BACKWARDS)
    return first, last


def nothing(found: Tokens, around: Around) -> Span:
    return None, None
