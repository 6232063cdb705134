"""Typed dates: one table of cases for server and browser, and both calendars against ICU."""

from __future__ import annotations

import csv
import json
import time
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.dates import (
    Calendar,
    DateRefused,
    Direction,
    FuzzyDate,
    Kind,
    Refusal,
    Shape,
    day_of,
    is_said_the_same_any_day,
    jalali,
    parse_fuzzy,
    parse_iso_or_jalali,
    read_fuzzy,
    shape_of,
)

TESTS = Path(__file__).parents[1]
CASES: list[dict[str, Any]] = json.loads((TESTS / "dates.json").read_text())["cases"]
TODAY = date(2026, 11, 24)
SEED_DAY = date(2021, 11, 7)


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def typed(text: str, *, today: date = TODAY, direction: Direction = Direction.PAST) -> FuzzyDate:
    return parse_fuzzy(text, today=today, direction=direction)


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case['typed'][:30]} {case['direction']} {case['today']}"
)
def test_table(case: dict[str, Any]) -> None:
    today, direction = date.fromisoformat(case["today"]), Direction(case["direction"])
    if "refused" in case:
        with pytest.raises(DateRefused) as caught:
            read_fuzzy(case["typed"], today=today, direction=direction)
        assert caught.value.reason == case["refused"]
        assert [found.isoformat() for found in caught.value.candidates] == case["candidates"]
        return
    reading = read_fuzzy(case["typed"], today=today, direction=direction)
    assert (reading.date.first, reading.date.last) == (day(case["first"]), day(case["last"]))
    assert shape_of(reading.date).kind == case["kind"]
    assert reading.date.is_about == case.get("about", False)
    assert reading.wrong_weekday == case.get("wrong_weekday")
    assert reading.date.raw == case["typed"].strip()


def test_the_table_is_whole() -> None:
    """Every refusal and every kind of date stands in the table, so the browser meets them too."""
    assert {case["refused"] for case in CASES if "refused" in case} == set(Refusal)
    assert {case["kind"] for case in CASES if "kind" in case} == set(Kind)


def test_calendars_agree_with_icu() -> None:
    with (TESTS / "data" / "jalali_vectors_icu.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 4665
    for row in rows:
        here = date.fromisoformat(row["gregorian"])
        year, month, number = (int(row[f"jalali_{part}"]) for part in ("year", "month", "day"))
        assert jalali(here) == (year, month, number)
        assert day_of(Calendar.JALALI, year, month, number) == here
        assert here.strftime("%A") == row["weekday_en"]


def test_every_day_of_four_centuries_comes_back() -> None:
    here = day_of(Calendar.JALALI, 1200, 1, 1)
    last = day_of(Calendar.JALALI, 1599, 12, 29)
    before = (1199, 12, 30)
    while here <= last:
        assert day_of(Calendar.JALALI, *jalali(here)) == here
        assert jalali(here) > before
        before = jalali(here)
        here += timedelta(days=1)


@pytest.mark.parametrize("parts", [(0, 1, 1), (1400, 13, 1), (1400, 0, 1), (1400, 12, 30)])
def test_what_the_library_would_bend_is_refused(parts: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match=r"."):
        day_of(Calendar.JALALI, *parts)


def test_the_missing_day_is_named_for_the_message() -> None:
    with pytest.raises(DateRefused) as caught:
        typed("30 Esfand 1400")
    values = caught.value.values
    assert values == {
        "calendar": Calendar.JALALI, "year": 1400, "month": 12, "day": 30, "length": 29,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1400-08-16", SEED_DAY),
        ("2021-11-07", SEED_DAY),
        ("۱۴۰۰-۰۸-۱۶", SEED_DAY),
        ("۱۴۰۰/۸/۱۶", SEED_DAY),
    ],
)
def test_as_of(text: str, expected: date) -> None:
    assert parse_iso_or_jalali(text) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Refusal.NOT_A_DATE),
        ("today", Refusal.NOT_A_DATE),
        ("1400", Refusal.NOT_A_DATE),
        ("1400-12-30", Refusal.NO_SUCH_DAY),
        ("0000-01-01", Refusal.YEAR_OUT_OF_RANGE),
        ("1400-13-01", Refusal.NO_SUCH_MONTH),
        ("1" * 101, Refusal.TOO_LONG),
        ("1400-08-16'; --", Refusal.NOT_A_DATE),
    ],
)
def test_as_of_refused(text: str, reason: Refusal) -> None:
    with pytest.raises(DateRefused) as caught:
        parse_iso_or_jalali(text)
    assert caught.value.reason is reason


def test_a_fuzzy_date_knows_what_it_is() -> None:
    assert FuzzyDate.unknown().is_unknown
    assert FuzzyDate.unknown().sort == date(1, 1, 1)
    assert FuzzyDate.exact(SEED_DAY).is_exact
    before = FuzzyDate.on_or_before(SEED_DAY)
    assert (before.is_upper_bound, before.is_exact, before.sort) == (True, False, SEED_DAY)
    since = FuzzyDate(SEED_DAY, None)
    assert (since.is_lower_bound, since.sort) == (True, SEED_DAY)
    with pytest.raises(ValueError, match="after"):
        FuzzyDate(SEED_DAY, SEED_DAY - timedelta(days=1))


def test_about_and_recently_are_neither_exact_nor_unknown() -> None:
    assert not typed("حدود ۱۶ آبان ۱۴۰۰").is_exact
    recently = typed("به‌تازگی")
    assert (recently.is_vague, recently.is_unknown, recently.is_unbounded) == (True, False, True)
    assert typed("نامعلوم").is_unknown


def test_a_range_remembers_the_unit_of_its_ends() -> None:
    assert shape_of(typed("۱۴۰۰ تا ۱۴۰۲")) == Shape(Kind.RANGE, Calendar.JALALI, Kind.YEAR)
    assert shape_of(typed("March 2021 to May 2022")) == Shape(
        Kind.RANGE, Calendar.GREGORIAN, Kind.MONTH
    )
    assert shape_of(typed("۱۰ تا ۱۶ آبان ۱۴۰۰")) == Shape(Kind.RANGE)


@pytest.mark.parametrize("text", ["۱۶ آبان ۱۴۰۰", "1400", "recently", "؟", "تا ۱۶ آبان ۱۴۰۰"])
def test_words_that_do_not_age(text: str) -> None:
    assert is_said_the_same_any_day(typed(text))


@pytest.mark.parametrize("text", ["دیروز", "۱۶ آبان", "هفتهٔ گذشته", "شنبه", "-2", ""])
def test_words_that_age(text: str) -> None:
    assert not is_said_the_same_any_day(typed(text))


def test_the_week_begins_where_the_city_says() -> None:
    monday = parse_fuzzy("this week", today=TODAY, direction=Direction.PAST, week_starts=0)
    assert (monday.first, monday.last) == (date(2026, 11, 23), date(2026, 11, 29))


@given(st.text(max_size=120))
def test_no_text_breaks_the_grammar(text: str) -> None:
    try:
        found = typed(text)
    except DateRefused:
        return
    assert found.first is None or found.last is None or found.first <= found.last


WORDS = ["تا", "از", "حدود", "(", ")", "و", "بین", "شنبه", "16", "آبان", "1400", "/", "-", "گذشته"]
WORDS += ["99", "ماه", "سال", "هفته", "یا پیش از آن", "on or before", "00", "0000", "پاییز", "؟"]


@given(st.lists(st.sampled_from(WORDS), max_size=12), st.sampled_from(list(Direction)))
def test_no_order_of_words_breaks_the_grammar(words: list[str], direction: Direction) -> None:
    try:
        found = typed(" ".join(words), direction=direction)
    except DateRefused:
        return
    assert found.first is None or found.last is None or found.first <= found.last


@pytest.mark.parametrize("piece", ["(1", "تا 1 ", "1/", "شنبه ", "T", "۱٬", "حدود ", "()"])
def test_no_text_is_slow(piece: str) -> None:
    hostile = (piece * 100)[:100]
    start = time.perf_counter()
    with suppress(DateRefused):
        typed(hostile)
    assert time.perf_counter() - start < 0.1
