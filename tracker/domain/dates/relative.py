"""How a date is read that leans on today: without a year, a weekday, 'yesterday', 'next month'."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from tracker.domain.dates.calendars import Calendar, parts
from tracker.domain.dates.fuzzy import Direction
from tracker.domain.dates.readers import (
    ONE_DAY,
    Around,
    Span,
    Tokens,
    by_kind,
    existing,
    month_span,
    one_day,
    only,
    season_span,
    year_span,
)
from tracker.domain.dates.words import Token

J = Calendar.JALALI


# ── Without a year: the nearest one in the field's direction ────────────────────────────────────


def _nearest(spans: Iterable[tuple[date, date]], around: Around) -> Span:
    if around.direction is Direction.PAST:
        return max(span for span in spans if span[0] <= around.today)
    return min(span for span in spans if span[1] >= around.today)


def _nearby(calendar: Calendar, around: Around) -> range:
    # Far enough to find a leap day on either side, even around 1900.
    this_year = parts(around.today, calendar)[0]
    return range(this_year - 9, this_year + 10)


def _day_without_year(calendar: Calendar, month: int, day: int, around: Around) -> Span:
    days = [existing(calendar, year, month, day) for year in _nearby(calendar, around)]
    found = [(d, d) for d in days if d]
    if not found:
        one_day(calendar, parts(around.today, calendar)[0], month, day)
    return _nearest(found, around)


def named_without_year(found: Tokens, around: Around) -> Span:
    month = by_kind(found, "M")
    return _day_without_year(month.calendar or J, month.value, by_kind(found, "d").value, around)


def numbers_without_year(found: Tokens, around: Around) -> Span:
    """«۸/۱۶»: month and day, the other way round where only that can be."""
    month, day = (token.value for token in found)
    if month > 12 >= day:
        month, day = day, month
    return _day_without_year(J, month, day, around)


def month_without_year(found: Tokens, around: Around) -> Span:
    calendar = found[0].calendar or J
    years = _nearby(calendar, around)
    return _nearest((month_span(calendar, y, found[0].value) for y in years), around)


def season_without_year(found: Tokens, around: Around) -> Span:
    years = _nearby(J, around)
    return _nearest((season_span(J, y, found[0].value) for y in years), around)


# ── In view of today ────────────────────────────────────────────────────────────────────────────


def relative_day(found: Tokens, around: Around) -> Span:
    return only(around.today + timedelta(days=found[0].value))


def days_ahead(found: Tokens, around: Around) -> Span:
    return only(around.today + timedelta(days=by_kind(found, "d").value))


def days_back(found: Tokens, around: Around) -> Span:
    return only(around.today - timedelta(days=by_kind(found, "d").value))


def weekday(found: Tokens, around: Around) -> Span:
    """«شنبه»: a meeting may have been held today, but nobody says 'Saturday' for due today."""
    if around.direction is Direction.PAST:
        return last_weekday(found, around, today_counts=True)
    return next_weekday(found, around)


def last_weekday(found: Tokens, around: Around, *, today_counts: bool = False) -> Span:
    latest = around.today if today_counts else around.today - ONE_DAY
    back = (latest.weekday() - by_kind(found, "W").value) % 7
    return only(latest - timedelta(days=back))


def next_weekday(found: Tokens, around: Around) -> Span:
    earliest = around.today + ONE_DAY
    ahead = (by_kind(found, "W").value - earliest.weekday()) % 7
    return only(earliest + timedelta(days=ahead))


def _period(unit: Token, steps: int, around: Around) -> Span:
    """The day, week, month or year that lies so many steps from the present one."""
    today = around.today
    if unit.value == "day":
        return only(today + timedelta(days=steps))
    if unit.value == "week":
        start = today - timedelta(days=(today.weekday() - around.week_starts) % 7)
        return start + timedelta(weeks=steps), start + timedelta(weeks=steps, days=6)
    calendar = unit.calendar or J
    year, month, _ = parts(today, calendar)
    if unit.value == "year":
        return year_span(calendar, year + steps)
    months = year * 12 + month - 1 + steps
    return month_span(calendar, months // 12, months % 12 + 1)


def last_period(found: Tokens, around: Around) -> Span:
    return _period(by_kind(found, "U"), -1, around)


def this_period(found: Tokens, around: Around) -> Span:
    return _period(by_kind(found, "U"), 0, around)


def next_period(found: Tokens, around: Around) -> Span:
    return _period(by_kind(found, "U"), 1, around)


def _counted(found: Tokens, sign: int, around: Around) -> Span:
    """'2 weeks ago' names a day, '2 months ago' no more than a month."""
    count, unit = sign * by_kind(found, "d").value, by_kind(found, "U")
    if unit.value == "week":
        return only(around.today + timedelta(weeks=count))
    return _period(unit, count, around)


def periods_ago(found: Tokens, around: Around) -> Span:
    return _counted(found, -1, around)


def periods_ahead(found: Tokens, around: Around) -> Span:
    return _counted(found, 1, around)


def periods(found: Tokens, around: Around) -> Span:
    return _counted(found, -1 if around.direction is Direction.PAST else 1, around)
