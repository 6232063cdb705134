"""Typed numbers: Persian, Arabic and Latin digits, never a float, nothing that is not finite."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class NumberRefusal(StrEnum):
    NOT_A_NUMBER = "not a number"
    NOT_WHOLE = "not whole"
    TOO_PRECISE = "too precise"  # scale
    TOO_LARGE = "too large"
    NEGATIVE = "negative"
    GROUPING = "grouping"


class NumberRefused(ValueError):
    """A typed number was not understood, or not wanted here."""

    def __init__(self, reason: NumberRefusal, **values: Any) -> None:
        super().__init__(str(reason))
        self.reason = reason
        self.values: Mapping[str, Any] = values


# What a 64-bit column holds; a billion billion rials is not reached by any budget.
LARGEST = 2**63 - 1
_MOST_SIGNS = 40
_MINUS = frozenset("-\u2212")
# The Persian comma is typed for the Persian group mark, which few keyboards have.
_GROUP = frozenset(",٬،'")
_DECIMAL = frozenset(".٫")
_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u061c\u200c"))


def parse_int(text: str, *, negative: bool = False) -> int:
    """A whole number. '12.5' is refused, and so is '12.0': nobody counts meetings like that."""
    whole, decimals, sign = _split(text)
    if decimals is not None:
        raise NumberRefused(NumberRefusal.NOT_WHOLE)
    return _checked(sign * int(whole), negative)


def parse_decimal(text: str, *, scale: int = 2, negative: bool = False) -> int:
    """A number with at most `scale` decimals, as a whole number of its smallest unit.

    With a scale of 2, '12.5' and «۱۲٫۵» are 1250.
    """
    whole, decimals, sign = _split(text)
    decimals = (decimals or "").rstrip("0")
    if len(decimals) > scale:
        raise NumberRefused(NumberRefusal.TOO_PRECISE, scale=scale)
    return _checked(sign * int(whole + decimals.ljust(scale, "0")), negative)


def plain_digits(text: str) -> str:
    """A number that is a name, such as a news code or that of a clause, with its digits as ASCII;
    each language then prints it in its own."""
    return "".join(
        str(unicodedata.digit(sign)) if unicodedata.category(sign) == "Nd" else sign
        for sign in text
    )


def _split(text: str) -> tuple[str, str | None, int]:
    """The whole part and the decimals as ASCII digits, and the sign."""
    text = text.translate(_MARKS).strip()
    if len(text) > _MOST_SIGNS:
        raise NumberRefused(NumberRefusal.TOO_LARGE)
    sign = 1
    if text and (text[0] in _MINUS or text[0] == "+"):
        sign, text = (1 if text[0] == "+" else -1), text[1:]
    whole, point, decimals = "".join(map(_plain, text)).partition(".")
    if "," in whole:
        head, *groups = whole.split(",")
        if not (1 <= len(head) <= 3 and all(len(group) == 3 for group in groups)):
            raise NumberRefused(NumberRefusal.GROUPING)
        whole = head + "".join(groups)
    # int() would take much more: '1_000', blanks, signs inside.
    if not _only_digits(whole) or (point and not _only_digits(decimals)):
        raise NumberRefused(NumberRefusal.NOT_A_NUMBER)
    return whole, decimals if point else None, sign


def _plain(sign: str) -> str:
    """One digit or mark as ASCII; a superscript is no digit, whatever `isdigit` says."""
    if unicodedata.category(sign) == "Nd":
        return str(unicodedata.digit(sign))
    return "," if sign in _GROUP else "." if sign in _DECIMAL else "?"


def _only_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _checked(number: int, negative: bool) -> int:
    if number < 0 and not negative:
        raise NumberRefused(NumberRefusal.NEGATIVE)
    if abs(number) > LARGEST:
        raise NumberRefused(NumberRefusal.TOO_LARGE)
    return number
