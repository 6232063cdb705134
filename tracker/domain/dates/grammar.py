"""The grammar of typed dates: which shape of tokens is read how, and what may stand around it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tracker.domain.dates import readers as read
from tracker.domain.dates import relative
from tracker.domain.dates.fuzzy import DateRefused, Direction, FuzzyDate, Refusal
from tracker.domain.dates.readers import ONE_DAY, Around, Reader, Span, Tokens
from tracker.domain.dates.words import kinds, tokens

MOST_SIGNS = 100
SATURDAY = 5

# d: one or two digits · y: four · 8: eight · x: any other up to seven · M: month · S: season ·
# W: weekday · R: today, yesterday … · U: day, week … · L, N, I: last, next, this · v: recently
SHAPES: dict[str, Reader] = {
    "ydd": read.year_first,
    "ddy": read.day_first,
    "8": read.compact,
    **dict.fromkeys(("dMy", "Mdy", "yMd", "ydM"), read.named),
    **dict.fromkeys(("xdd", "ddx", "dMx", "Mx", "x"), read.no_such_year),
    "ddd": read.short_year,
    "dMd": read.short_year_named,
    **dict.fromkeys(("dM", "Md"), relative.named_without_year),
    "dd": relative.numbers_without_year,
    **dict.fromkeys(("My", "yM", "yd", "dy"), read.month),
    "M": relative.month_without_year,
    **dict.fromkeys(("Sy", "yS"), read.season),
    "S": relative.season_without_year,
    "y": read.year,
    "yy": read.years,
    "R": relative.relative_day,
    **dict.fromkeys(("+d", "d+"), relative.days_ahead),
    **dict.fromkeys(("-d", "d-"), relative.days_back),
    **dict.fromkeys(("W", "IW", "WI"), relative.weekday),
    **dict.fromkeys(("WL", "LW"), relative.last_weekday),
    **dict.fromkeys(("WN", "NW"), relative.next_weekday),
    **dict.fromkeys(("UL", "LU"), relative.last_period),
    **dict.fromkeys(("UI", "IU"), relative.this_period),
    **dict.fromkeys(("UN", "NU"), relative.next_period),
    "dUL": relative.periods_ago,
    "dUN": relative.periods_ahead,
    "dU": relative.periods,
    "?": read.nothing,
    "v": read.nothing,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """A typed date as understood; `wrong_weekday` is the real one where another was said."""

    date: FuzzyDate
    wrong_weekday: int | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    span: Span
    wrong_weekday: int | None = None


Frame = Callable[..., _Read]


def _up_to(around: Around, inner: Tokens) -> _Read:
    found = _read(inner, around)
    return _Read((None, _bound(found.span[1])), found.wrong_weekday)


def _from(around: Around, inner: Tokens) -> _Read:
    found = _read(inner, around)
    return _Read((_bound(found.span[0]), None), found.wrong_weekday)


def _before(around: Around, inner: Tokens) -> _Read:
    found = _read(inner, around)
    return _Read((None, _bound(found.span[0]) - ONE_DAY), found.wrong_weekday)


def _after(around: Around, inner: Tokens) -> _Read:
    found = _read(inner, around)
    return _Read((_bound(found.span[1]) + ONE_DAY, None), found.wrong_weekday)


def _bound(day: date | None) -> date:
    if day is None:
        raise DateRefused(Refusal.NOT_A_DATE)
    return day


def _between(around: Around, left: Tokens, right: Tokens) -> _Read:
    """«۱۰ تا ۱۶ آبان ۱۴۰۰»: the first day takes what it lacks from the second."""
    shape = kinds(left)
    if len(left) < len(right) and kinds(right).startswith(shape):
        left = left + right[len(left) :]
    first, last = _bound(_read(left, around).span[0]), _bound(_read(right, around).span[1])
    if first > last:
        raise DateRefused(Refusal.BACKWARDS)
    return _Read((first, last))


def _about(around: Around, inner: Tokens) -> _Read:
    return _read(inner, around)


def _restated(around: Around, said: Tokens, again: Tokens) -> _Read:
    """In brackets the same date in the other calendar, as we print it."""
    found, other = _read(said, around), _read(again, around)
    if found.span != other.span:
        first = (found.span[0], other.span[0])
        raise DateRefused(Refusal.DISAGREE, tuple(day for day in first if day))
    return found


def _weekday_first(around: Around, weekday: Tokens, inner: Tokens) -> _Read:
    found = _read(inner, around)
    first, last = found.span
    if first is None or first != last:
        raise DateRefused(Refusal.NOT_A_DATE)
    real = first.weekday()
    return _Read(found.span, None if real == weekday[0].value else real)


def _weekday_last(around: Around, inner: Tokens, weekday: Tokens) -> _Read:
    return _weekday_first(around, weekday, inner)


# What may stand around a date, the outermost first. No quantifier is nested in another.
FRAMES: tuple[tuple[re.Pattern[str], Frame], ...] = tuple(
    (re.compile(pattern), frame)
    for pattern, frame in (
        (r"A(.+)", _about),
        (r"≤(.+)", _up_to),
        (r"(.+)e", _up_to),
        (r"T(.+)", _up_to),
        (r"≥(.+)", _from),
        (r"F(.+)l", _from),
        (r"(.+)l", _from),
        (r"<(.+)", _before),
        (r">(.+)", _after),
        (r"(F.+T.+)\((.+)\)", _restated),
        (r"F(.+)T(.+)", _between),
        (r"F(.+)", _from),
        (r"(.+)\((.+)\)", _restated),
        (r"B(.+)V(.+)", _between),
        (r"(.+)T(.+)", _between),
        (r"(W)(.+)", _weekday_first),
        (r"(.+)(W)", _weekday_last),
    )
)


def _read(found: Tokens, around: Around) -> _Read:
    shape = kinds(found)
    reader = SHAPES.get(shape)
    if reader is not None:
        return _Read(reader(found, around))
    for pattern, frame in FRAMES:
        match = pattern.fullmatch(shape)
        if match:
            groups = (found[slice(*match.span(n))] for n in range(1, pattern.groups + 1))
            return frame(around, *groups)
    raise DateRefused(Refusal.NOT_A_DATE)


def _without_separators(found: Tokens) -> Tokens:
    """«۱۴۰۰/۸/۱۶», '2021-11-07', '16.8.1400': what separates numbers says nothing by itself."""
    parted = "dyxM"
    return tuple(
        token
        for at, token in enumerate(found)
        if not (
            token.kind in ("/", "-")
            and 0 < at < len(found) - 1
            and found[at - 1].kind in parted
            and found[at + 1].kind in parted
        )
    )


def read_fuzzy(
    text: str, *, today: date, direction: Direction, week_starts: int = SATURDAY
) -> Reading:
    """What a typed date means, and what is doubtful about it. DateRefused if it means nothing."""
    raw = text.strip()
    if len(raw) > MOST_SIGNS:
        raise DateRefused(Refusal.TOO_LONG, most=MOST_SIGNS)
    if all(sign.isspace() or unicodedata.category(sign) == "Cf" for sign in raw):
        return Reading(FuzzyDate.unknown())  # nothing, or marks that nobody sees
    found = _read(_without_separators(tokens(raw)), Around(today, direction, week_starts))
    return Reading(FuzzyDate(*found.span, raw), found.wrong_weekday)


def parse_fuzzy(
    text: str, *, today: date, direction: Direction, week_starts: int = SATURDAY
) -> FuzzyDate:
    """A typed date, exact, fuzzy or unknown. DateRefused if it means nothing."""
    return read_fuzzy(text, today=today, direction=direction, week_starts=week_starts).date


def parse_iso_or_jalali(text: str) -> date:
    """`2021-11-07` or `1400-08-16`, in any digits: the form of addresses and the command line."""
    if len(text) > MOST_SIGNS:
        raise DateRefused(Refusal.TOO_LONG, most=MOST_SIGNS)
    found = _without_separators(tokens(text))
    if kinds(found) != "ydd":
        raise DateRefused(Refusal.NOT_A_DATE)
    year, month, day = (token.value for token in found)
    return read.one_day(read.in_calendar(year), year, month, day)


def is_said_the_same_any_day(fuzzy: FuzzyDate) -> bool:
    """Whether the words typed mean the same whenever they are read, so that a form may show them.

    «دیروز» and «۱۶ آبان» do not: they were resolved once and are shown as what they became.
    """
    if not fuzzy.raw:
        return False
    found = kinds(tokens(fuzzy.raw))
    if found in ("?", "v"):
        return True
    try:
        return all(
            parse_fuzzy(fuzzy.raw, today=today, direction=direction) == fuzzy
            for today in (date(1950, 3, 3), date(2120, 10, 10))
            for direction in Direction
        )
    except (DateRefused, ValueError):
        return False
