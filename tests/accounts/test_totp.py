"""Codes of authenticator apps: the vectors of RFC 6238, one use each, and clocks that are off."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest

from tracker.accounts import recovery, totp

KEY = base64.b32encode(b"12345678901234567890").decode()
NOW = datetime(2026, 11, 24, 9, 30, 10, tzinfo=UTC)
HERE = totp.step_of(NOW)


@pytest.mark.parametrize(
    ("second", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_the_vectors_of_the_standard(second: int, code: str) -> None:
    assert totp.code_at(KEY, second // totp.STEP) == code


@pytest.mark.parametrize("off", [-1, 0, 1])
def test_a_step_to_either_side_is_taken(off: int) -> None:
    assert totp.judge(KEY, totp.code_at(KEY, HERE + off), NOW).step == HERE + off


def test_no_code_is_taken_twice_nor_one_before_it() -> None:
    for off in (-1, 0):
        verdict = totp.judge(KEY, totp.code_at(KEY, HERE + off), NOW, last=HERE)
        assert verdict == totp.Verdict(was_used=True)
    assert totp.judge(KEY, totp.code_at(KEY, HERE + 1), NOW, last=HERE).step == HERE + 1


@pytest.mark.parametrize("minutes", [-1430, -210, -5, 5, 60, 1430])
def test_a_code_of_another_clock_says_how_far_off_it_is(minutes: int) -> None:
    off = minutes * 60 // totp.STEP
    verdict = totp.judge(KEY, totp.code_at(KEY, HERE + off), NOW)
    assert verdict.step is None
    assert verdict.ahead == timedelta(minutes=minutes)
    assert verdict.spent == ((HERE + off,) if minutes > 0 else ())


def test_what_was_told_apart_before_its_time_is_worth_nothing_at_its_time() -> None:
    later = NOW + timedelta(minutes=5)
    code = totp.code_at(KEY, totp.step_of(later))
    spent = totp.judge(KEY, code, NOW).spent
    assert totp.judge(KEY, code, later).step is not None
    assert totp.judge(KEY, code, later, spent=spent).step is None


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "۱۲۳", "1234567", "٠" * 40])
def test_anything_else_is_simply_wrong(typed: str) -> None:
    assert totp.judge(KEY, totp.bare(typed), NOW) == totp.Verdict()


def test_a_code_may_be_typed_on_any_keyboard() -> None:
    assert totp.bare(" ۱۲۳ ٤٥٦ ") == "123456"


def test_recovery_codes_are_ten_and_read_as_hands_write_them() -> None:
    codes = recovery.new_codes()
    assert len(set(codes)) == recovery.MANY == 10
    assert recovery.bare(f" {codes[0].lower().replace('-', ' ')} ") == recovery.bare(codes[0])
    assert all(recovery.is_one(code) for code in codes)
    assert not recovery.is_one("123 456")
