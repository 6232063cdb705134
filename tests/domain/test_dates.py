"""Typed dates: one table of cases for server and browser, and both calendars against ICU."""

# ruff: noqa: RUF001  (the Persian seven is meant)
from __future__ import annotations

import sys
import unicodedata
from datetime import date, timedelta
from types import FrameType
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.dates import CASES, TABLE, in_every_form, respelt, vectors
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
from tracker.domain.dates.calendars import YEARS, last_of_month
from tracker.domain.dates.words import joined

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
    if reading.date != FuzzyDate.unknown():
        assert reading.date.raw == case["typed"].strip()


def test_the_table_is_whole() -> None:
    """Every refusal and every kind of date stands in the table, so the browser meets them too."""
    assert {case["refused"] for case in CASES if "refused" in case} == set(Refusal)
    assert {case["kind"] for case in CASES if "kind" in case} == set(Kind)


def test_calendars_agree_with_icu() -> None:
    for row in vectors():
        here = date.fromisoformat(row["gregorian"])
        year, month, number = (int(row[f"jalali_{part}"]) for part in ("year", "month", "day"))
        assert jalali(here) == (year, month, number)
        assert day_of(Calendar.JALALI, year, month, number) == here
        assert here.strftime("%A") == row["weekday_en"]


def test_the_months_of_four_centuries_follow_one_another() -> None:
    """Each first and last day goes both ways, so that nothing is lost or said twice between."""
    following = day_of(Calendar.JALALI, 1200, 1, 1)
    for year in YEARS[Calendar.JALALI]:
        for month in range(1, 13):
            last = last_of_month(Calendar.JALALI, year, month)
            assert jalali(following) == (year, month, 1)
            assert jalali(last) == (year, month, (last - following).days + 1)
            following = last + timedelta(days=1)


def test_the_forms_are_those_of_the_seed_day() -> None:
    """All vectors in every form are typed in tests/web and tests/browser."""
    forms = dict(in_every_form())[SEED_DAY.isoformat()]
    assert len(forms) == sum(map(len, TABLE["forms"].values()))
    assert (
        {typed(form).first for form in forms} == {typed(form).last for form in forms} == {SEED_DAY}
    )
    asked = {"1400/8/16", "۱۴۰۰/۸/۱۶", "1400-8-16", "16.8.1400", "16/8/1400", "14000816"}
    asked |= {"۱۶ آبان ۱۴۰۰", "یکشنبه ۱۶ آبان ماه ۱۴۰۰", "16 Aban 1400", "2021-11-07"}
    asked |= {"7 Nov 2021", "۷ نوامبر ۲۰۲۱", "07/11/2021"}
    assert asked <= set(forms)


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


def answered(text: str, *, today: date = TODAY, direction: Direction = Direction.PAST) -> Any:
    """What a text means without its words, or why it is refused: either is an answer."""
    try:
        reading = read_fuzzy(text, today=today, direction=direction)
    except DateRefused as refused:
        return refused.reason, refused.candidates, refused.values
    found = reading.date
    assert found.first is None or found.last is None or found.first <= found.last
    return found.first, found.last, found.is_about, found.is_vague, reading.wrong_weekday


@given(st.text(max_size=120))
def test_any_text_is_answered(text: str) -> None:
    answered(text)


WORDS = ["تا", "از", "حدود", "(", ")", "و", "بین", "شنبه", "16", "آبان", "1400", "/", "-", "گذشته"]
WORDS += [
    "99",
    "1402",
    "8",
    "2021",
    "ماه",
    "سال",
    "هفته",
    "یا پیش از آن",
    "on or before",
    "00",
    "0000",
    "پاییز",
    "؟",
]


@given(
    st.lists(st.sampled_from(WORDS), max_size=12),
    st.sampled_from(list(Direction)),
    st.dates(date(1850, 1, 1), date(2150, 1, 1)),
)
def test_any_order_of_words_is_answered(
    words: list[str], direction: Direction, today: date
) -> None:
    answered(" ".join(words), today=today, direction=direction)


def test_any_sign_that_counts_is_answered() -> None:
    """Among them digits of other scripts, fractions, and numbers in circles."""
    for sign in map(chr, range(sys.maxunicode + 1)):
        if unicodedata.category(sign)[0] == "N":
            answered(f"{sign}/8/1400")
            answered(f"140{sign} ")


@given(st.data())
def test_another_spelling_means_the_same(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([c["typed"] for c in CASES if len(c["typed"]) <= 40]))
    other = respelt(text, lambda ways: data.draw(st.sampled_from(ways)))
    assume(len(other) <= 100)
    assert answered(other) == answered(text)


@given(st.text(max_size=40))
def test_what_is_folded_once_stays_as_it_is(text: str) -> None:
    assert joined(joined(text)) == joined(text)


@pytest.mark.parametrize(
    "piece", ["(1", "تا 1 ", "1/", "شنبه ", "T", "۱٬", "حدود ", "()", "بین 1 و "]
)
def test_reading_ends_after_few_steps(piece: str) -> None:
    """Counted in calls, for a clock says more about the machine than about the grammar."""
    calls = 0

    def count(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal calls
        calls += 1

    hostile = (piece * 100)[:100]
    sys.setprofile(count)
    try:
        answered(hostile)
    finally:
        sys.setprofile(None)
    assert calls < 20_000
