"""Dates as each language says them, and that the grammar reads back whatever is said."""

# ruff: noqa: RUF001  (the Persian seven is meant)
from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.dates import CASES, vectors
from tracker import lang
from tracker.domain.dates import (
    Calendar,
    DateRefused,
    Direction,
    FuzzyDate,
    Kind,
    parse_fuzzy,
    parse_iso_or_jalali,
)
from tracker.domain.dates.shapes import unit_around

SEED_DAY = date(2021, 11, 7)
TODAY = date(2026, 11, 24)


def typed(text: str) -> FuzzyDate:
    return parse_fuzzy(text, today=TODAY, direction=Direction.PAST)


@pytest.mark.parametrize(
    ("style", "fa", "en"),
    [
        ("long", "۱۶ آبان ۱۴۰۰", "7 November 2021"),
        ("short", "۱۴۰۰/۸/۱۶", "7 Nov 2021"),
        ("weekday", "یکشنبه ۱۶ آبان ۱۴۰۰", "Sunday 7 November 2021"),
        ("both", "۱۶ آبان ۱۴۰۰ (۷ نوامبر ۲۰۲۱)", "7 November 2021 (16 Aban 1400)"),
        (
            "full",
            "یکشنبه ۱۶ آبان ۱۴۰۰ (۷ نوامبر ۲۰۲۱)",
            "Sunday 7 November 2021 (16 Aban 1400)",
        ),
    ],
)
def test_a_day(style: lang.Style, fa: str, en: str) -> None:
    for tag, said in (("fa", fa), ("en", en), ("fa", fa)):
        with lang.speaking(tag):
            assert lang.format_date(SEED_DAY, style) == said


@pytest.mark.parametrize(
    ("text", "fa", "en"),
    [
        ("", "نامعلوم", "unknown"),
        ("recently", "به‌تازگی", "recently"),
        ("تا ۱۶ آبان ۱۴۰۰", "۱۶ آبان ۱۴۰۰ یا پیش از آن", "on or before 7 November 2021"),
        ("از ۱۶ آبان ۱۴۰۰", "۱۶ آبان ۱۴۰۰ یا پس از آن", "on or after 7 November 2021"),
        ("حدود ۱۶ آبان ۱۴۰۰", "حدود ۱۶ آبان ۱۴۰۰", "about 7 November 2021"),
        ("آبان ۱۴۰۰", "آبان ۱۴۰۰", "23 October to 21 November 2021 (Aban 1400)"),
        ("Nov 2021", "۱۰ آبان تا ۹ آذر ۱۴۰۰ (نوامبر ۲۰۲۱)", "November 2021"),
        ("پاییز ۱۴۰۱", "پاییز ۱۴۰۱", "23 September to 21 December 2022 (autumn 1401)"),
        ("۱۴۰۰", "سال ۱۴۰۰", "21 March 2021 to 20 March 2022 (1400)"),
        ("۱۴۰۰ تا ۱۴۰۲", "۱۴۰۰ تا ۱۴۰۲", "21 March 2021 to 19 March 2024 (1400 to 1402)"),
        ("2 to 7 November 2021", "۱۱ تا ۱۶ آبان ۱۴۰۰", "2 to 7 November 2021"),
    ],
)
def test_a_fuzzy_date(text: str, fa: str, en: str) -> None:
    for tag, said in (("fa", fa), ("en", en)):
        with lang.speaking(tag):
            assert lang.format_fuzzy(typed(text)) == said


def test_both_calendars_beside_a_bound() -> None:
    before = FuzzyDate.on_or_before(SEED_DAY)
    with lang.speaking("fa"):
        said = lang.format_fuzzy(before, both=True)
    assert said == "۱۶ آبان ۱۴۰۰ (۷ نوامبر ۲۰۲۱) یا پیش از آن"


@pytest.mark.parametrize("tag", ["fa", "en"])
@pytest.mark.parametrize("both", [False, True])
def test_whatever_is_said_is_read_again(tag: str, both: bool) -> None:
    compared = 0
    for case in CASES:
        try:
            known = typed(case["typed"])
        except DateRefused:
            continue
        with lang.speaking(tag):
            said = lang.format_fuzzy(known, both)
        again = typed(said)
        assert (again.first, again.last) == (known.first, known.last), said
        assert again.is_about == known.is_about
        assert again.is_unknown == known.is_unknown
        compared += 1
    assert compared > 150


@pytest.mark.parametrize("tag", ["fa", "en"])
def test_every_style_of_a_day_is_read_again(tag: str) -> None:
    with lang.speaking(tag):
        for ordinal in range(date(1800, 1, 1).toordinal(), date(2220, 1, 1).toordinal(), 97):
            day = date.fromordinal(ordinal)
            for style in ("long", "short", "weekday", "both", "full"):
                said = lang.format_date(day, style)
                assert typed(said) == FuzzyDate(day, day, said)


DAYS = st.dates(date(1822, 1, 1), date(2199, 1, 1))


@st.composite
def known(draw: st.DrawFn) -> FuzzyDate:
    """A date of any shape: a day, open on a side, days, months, seasons or years; or about one."""
    first = draw(DAYS)
    last = first + timedelta(days=draw(st.sampled_from([0, 0, 1, 29, 30, 365, 4000])))
    unit = draw(st.sampled_from([None, Kind.MONTH, Kind.SEASON, Kind.YEAR]))
    calendar = Calendar.JALALI if unit is Kind.SEASON else draw(st.sampled_from(list(Calendar)))
    if unit is not None:
        around = [unit_around(day, calendar, unit) for day in (first, last)]
        if around[0] and around[1]:
            first, last = around[0][0], around[1][1]
    ends = draw(st.sampled_from([(first, last), (first, first), (None, last), (first, None)]))
    return FuzzyDate(*ends, raw=draw(st.sampled_from(["", "حدود"])))


@pytest.mark.parametrize("tag", ["fa", "en"])
@given(date_=known(), both=st.booleans())
def test_a_date_of_any_shape_is_read_again(tag: str, date_: FuzzyDate, both: bool) -> None:
    with lang.speaking(tag):
        said = lang.format_fuzzy(date_, both)
    again = typed(said)
    assert (again.first, again.last, again.is_about) == (
        date_.first,
        date_.last,
        date_.is_about,
    ), said


def test_every_month_and_weekday_of_icu() -> None:
    with lang.speaking("fa"):
        for row in vectors():
            said = lang.format_date(date.fromisoformat(row["gregorian"]), "weekday")
            day, year = row["day_fa_digits"], row["year_fa_digits"]
            assert said == f"{row['weekday_fa']} {day} {row['month_fa']} {year}"


def test_a_form_shows_the_words_typed_unless_they_have_aged() -> None:
    with lang.speaking("en"):
        assert lang.format_fuzzy_for_input(typed("حدود آبان ۱۴۰۰")) == "حدود آبان ۱۴۰۰"
        assert lang.format_fuzzy_for_input(typed("yesterday")) == "23 November 2026"
        assert lang.format_fuzzy_for_input(FuzzyDate.unknown()) == ""
        assert lang.format_fuzzy_for_input(typed("؟")) == "؟"


def test_an_instant_by_the_clock_on_the_wall() -> None:
    with lang.speaking("fa"):
        summer = datetime(2022, 7, 1, 8, 15, tzinfo=UTC)  # Tehran was four and a half hours ahead
        winter = datetime(2021, 11, 7, 8, 15, tzinfo=UTC)
        assert lang.format_datetime(summer, "Asia/Tehran") == "۱۰ تیر ۱۴۰۱، ساعت ۱۲:۴۵"
        assert lang.format_datetime(winter, "Asia/Tehran") == "۱۶ آبان ۱۴۰۰، ساعت ۱۱:۴۵"


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("fa", "۳۰ اسفند ۱۴۰۰ وجود ندارد؛ اسفند ۱۴۰۰ ۲۹ روز دارد"),
        ("en", "30 Esfand 1400 does not exist; Esfand 1400 has 29 days"),
    ],
)
def test_a_day_that_does_not_exist(tag: str, said: str) -> None:
    with pytest.raises(DateRefused) as caught:
        parse_iso_or_jalali("1400-12-30")
    with lang.speaking(tag):
        assert lang.date_refusal(caught.value) == said


@pytest.mark.parametrize("tag", ["fa", "en", "ru"])
def test_every_refusal_of_the_table_is_a_sentence(tag: str) -> None:
    with lang.speaking(tag):
        for case in (case for case in CASES if "refused" in case):
            with pytest.raises(DateRefused) as caught:
                typed(case["typed"])
            assert "%" not in lang.date_refusal(caught.value)


def test_a_wrong_weekday_is_named() -> None:
    with lang.speaking("fa"):
        assert lang.weekday_warning(6) == "این روز یکشنبه است"


def test_names_by_number() -> None:
    with lang.speaking("en"):
        assert lang.month_name(8, Calendar.JALALI) == "Aban"
        assert lang.month_name(8, Calendar.GREGORIAN) == "August"
        assert lang.season_name(2) == "autumn"
