"""The table of typed dates that server and browser share, and the public vectors, in every form.

A form of `dates.json` says in braces what stands there: {day} in Latin digits, {روز} in Persian
ones, {0day} with a leading zero; a weekday or a month by the name that it has on Sunday 16 Aban
1400, 7 November 2021.
"""

# ruff: noqa: RUF001  (the letters that look alike are meant)
from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
TABLE: dict[str, Any] = json.loads((HERE / "dates.json").read_text(encoding="utf-8"))
CASES: list[dict[str, Any]] = TABLE["cases"]
VECTORS = 4665

_PLACE = re.compile(r"\{(.+?)\}")
_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_MONTHS = {name: months.split() for name, months in TABLE["months"].items()}


def vectors() -> list[dict[str, str]]:
    with (HERE / "data" / "jalali_vectors_icu.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == VECTORS
    return rows


@cache
def in_every_form() -> list[tuple[str, list[str]]]:
    """Each day of the vectors, ISO, and how it may be typed."""
    return [(row["gregorian"], list(_typed(row))) for row in vectors()]


def _typed(row: dict[str, str]) -> Iterator[str]:
    weekday = {"Sunday": row["weekday_en"], "یکشنبه": row["weekday_fa"]}
    for calendar in ("jalali", "gregorian"):
        words = weekday | _words(*row[calendar].split("-"))
        if calendar == "jalali":
            words["آبان"] = row["month_fa"]
        for form in TABLE["forms"][calendar]:
            yield _PLACE.sub(lambda place, words=words: words[place[1]], form)


def _words(year: str, month: str, day: str) -> dict[str, str]:
    numbers = {
        "year": year, "0month": month, "0day": day,
        "month": month.lstrip("0"), "day": day.lstrip("0"),
    }  # fmt: skip
    persian = {"year": "سال", "0month": "0ماه", "0day": "0روز", "month": "ماه", "day": "روز"}
    numbers |= {persian[name]: number.translate(_PERSIAN) for name, number in numbers.items()}
    return numbers | {name: months[int(month) - 1] for name, months in _MONTHS.items()}


# How else a sign of a date is written: other digits, Arabic letters, marks that are not seen.
_WAYS = {digit: [digit, *(chr(zero + int(digit)) for zero in (0x660, 0x6F0, 0xFF10))]
         for digit in "0123456789"}  # fmt: skip
_WAYS |= {
    "ی": ["ی", "ي", "ى"],
    "ک": ["ک", "ك"],
    "ه": ["ه", "ہ"],
    " ": [" ", "  ", "\u00a0", "\u2009"],
}
_UNSEEN = ["", "", "", "\u200e", "\u200f", "\u2066", "\u2069"]
_OVER_LETTERS = ["\u064b", "\u0651", "\u0640", "\u0640\u0640"]


def respelt(text: str, choose: Callable[[list[str]], str]) -> str:
    """The same in other signs, each as `choose` takes it from the ways in which it is written."""
    signs = []
    for plain in unicodedata.normalize("NFC", text):
        sign = choose(_WAYS.get(plain, [plain, plain.swapcase()]))
        marks = _UNSEEN + _OVER_LETTERS if "\u0621" <= sign <= "\u06d3" else _UNSEEN
        signs.append(sign + choose(marks))
    return choose(["", " "]) + "".join(signs)
