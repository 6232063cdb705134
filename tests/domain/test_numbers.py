"""Typed numbers: strict, in every digit set, never a float."""

from __future__ import annotations

import pytest

from tracker.domain.numbers import NumberRefusal, NumberRefused, parse_decimal, parse_int


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("86935", 86935),
        ("۸۶۹۳۵", 86935),
        ("٨٦٩٣٥", 86935),
        ("\uff11\uff12", 12),
        ("1,234,567", 1234567),
        ("۱٬۲۳۴", 1234),
        ("۱،۲۳۴", 1234),
        (" +7 ", 7),
        ("007", 7),
        ("\u200f۱۲\u200e", 12),
        ("9223372036854775807", 2**63 - 1),
    ],
)
def test_whole(text: str, number: int) -> None:
    assert parse_int(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12.5", 1250),
        ("۱۲٫۵", 1250),
        ("۱۲۳٬۴۵۶٫۷۸", 12345678),
        ("3", 300),
        ("0.10", 10),
        ("1.500", 150),
    ],
)
def test_decimals_as_whole_numbers(text: str, number: int) -> None:
    assert parse_decimal(text) == number


def test_no_digit_is_lost_where_a_float_would_lose_it() -> None:
    assert parse_decimal("12345678901234567.89") == 1234567890123456789


def test_below_zero_only_where_wanted() -> None:
    assert parse_int("-3", negative=True) == -3
    assert parse_decimal("\u2212۱٫۵", negative=True) == -150
    with pytest.raises(NumberRefused) as caught:
        parse_int("-3")
    assert caught.value.reason is NumberRefusal.NEGATIVE


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        *((text, NumberRefusal.NOT_A_NUMBER) for text in (
            "", " ", "NaN", "Infinity", "1e30", "1_000", "²", "½", "Ⅻ", "+", "-", "--1", "1.2.3",
            ".5", "5.", "0x10", "۱۲ و ۳", "1 000", "دو", "1-2", "\x00",
        )),
        *((text, NumberRefusal.GROUPING) for text in ("1,5", "1,23,456", "1234,567", ",123")),
        ("12.5", NumberRefusal.NOT_WHOLE),
        ("12.0", NumberRefusal.NOT_WHOLE),
        ("9223372036854775808", NumberRefusal.TOO_LARGE),
        ("9" * 5000, NumberRefusal.TOO_LARGE),
    ],
)  # fmt: skip
def test_refused(text: str, reason: NumberRefusal) -> None:
    with pytest.raises(NumberRefused) as caught:
        parse_int(text)
    assert caught.value.reason is reason


def test_too_precise() -> None:
    with pytest.raises(NumberRefused) as caught:
        parse_decimal("1.234")
    assert caught.value.reason is NumberRefusal.TOO_PRECISE
    assert caught.value.values == {"scale": 2}
