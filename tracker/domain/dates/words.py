"""The words that a typed date may hold, as data, and the reader that turns a text into tokens.

A token has a *kind* of one letter, so that a date's shape is a short string such as `dMy` and
the grammar can be a table of such shapes. The words of every language are read on every page.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from tracker.domain.dates.calendars import Calendar
from tracker.domain.text import ZWNJ, fold_signs

J, G = Calendar.JALALI, Calendar.GREGORIAN


class Token(NamedTuple):
    """`calendar` is the one that the word belongs to, for those that belong to one."""

    kind: str
    value: Any = None
    calendar: Calendar | None = None


# Kinds of the words; numbers are d (one or two digits), y (four), 8 (eight), x (three, five, six
# or seven), and the signs / - + ( ) ? stand for themselves.
MONTH, SEASON, WEEKDAY, DAY, UNIT = "M", "S", "W", "R", "U"
PAST, NEXT, THIS = "L", "N", "I"
TO, FROM, BETWEEN, AND, ABOUT = "T", "F", "B", "V", "A"
BEFORE, AFTER, UP_TO, AT_LEAST, OR_EARLIER, OR_LATER = "<", ">", "≤", "≥", "e", "l"
UNKNOWN, VAGUE, NOISE, STRANGE = "?", "v", "", "!"

_JALALI_MONTHS = (
    "فروردین farvardin",
    "اردیبهشت ordibehesht",
    "خرداد khordad",
    "تیر tir",
    "مرداد امرداد mordad amordad",
    "شهریور shahrivar",
    "مهر mehr",
    "آبان aban",
    "آذر azar",
    "دی dey",
    "بهمن bahman",
    "اسفند esfand",
)
_GREGORIAN_MONTHS = (
    "ژانویه january jan",
    "فوریه february feb",
    "مارس march mar",
    "آوریل april apr",
    "مه می may",
    "ژوئن june jun",
    "ژوئیه جولای july jul",
    "اوت آگوست august aug",
    "سپتامبر september sep sept",
    "اکتبر october oct",
    "نوامبر november nov",
    "دسامبر december dec",
)
# Monday is 0, as in Python.
_WEEKDAYS = (
    "دوشنبه monday mon",
    "سه‌شنبه tuesday tue tues",
    "چهارشنبه wednesday wed",
    "پنج‌شنبه thursday thu thurs",
    "جمعه آدینه friday fri",
    "شنبه saturday sat",
    "یک‌شنبه sunday sun",
)
# The number of the season within its year, from the new year of either calendar.
_SEASONS = ("بهار spring", "تابستان summer", "پاییز خزان autumn fall", "زمستان winter")

# kind, value, calendar, the spellings with «،» between them. A spelling also stands for itself
# without its spaces and half-spaces: «سه‌شنبه», «سه شنبه» and «سهشنبه» are one word.
_WORDS: tuple[tuple[str, Any, Calendar | None, str], ...] = (
    (DAY, 0, None, "امروز، today، now"),
    (DAY, -1, None, "دیروز، yesterday"),
    (DAY, -2, None, "پریروز، the day before yesterday، day before yesterday"),
    (DAY, 1, None, "فردا، tomorrow"),
    (DAY, 2, None, "پس‌فردا، the day after tomorrow، day after tomorrow"),
    (UNIT, "day", None, "روز، day، days"),
    (UNIT, "week", None, "هفته، هفته‌ی، week، weeks"),
    (UNIT, "month", J, "ماه، ماه‌ی"),
    (UNIT, "month", G, "month، months"),
    (UNIT, "year", J, "سال"),
    (UNIT, "year", G, "year، years"),
    (PAST, None, None, "گذشته، پیش، قبل، last، past، previous، ago"),
    (NEXT, None, None, "آینده، بعد، بعدی، دیگر، آتی، next، coming، later، hence"),
    (THIS, None, None, "این، همین، جاری، this، current"),
    (TO, None, None, "تا، to، until، till، through، by"),
    (FROM, None, None, "از، from، since"),
    (BETWEEN, None, None, "بین، میان، between"),
    (AND, None, None, "و، and"),
    (ABOUT, None, None, "حدود، حدوداً، حدودا، تقریباً، تقریبا، about، around، circa، approximately"),
    (BEFORE, None, None, "پیش از، قبل از، before"),
    (AFTER, None, None, "پس از، بعد از، after"),
    (UP_TO, None, None, "on or before، no later than، not later than"),
    (AT_LEAST, None, None, "on or after، not before، no earlier than"),
    (OR_EARLIER, None, None, "یا پیش از آن، یا قبل از آن، یا پیشتر، or before، or earlier"),
    (OR_LATER, None, None, "یا پس از آن، یا بعد از آن، به بعد، or after، or later، onwards"),
    (UNKNOWN, None, None, "نامعلوم، نامشخص، نمی‌دانم، unknown، undetermined، not known"),
    (VAGUE, "recently", None, "به‌تازگی، اخیراً، اخیرا، recently، lately"),
    (NOISE, None, None, "در، مورخ، مورخه، تاریخ، هجری، شمسی، خورشیدی، میلادی، ه، ش، م"),
    (NOISE, None, None, "on، of، the، in، at، st، nd، rd، th، ad، ah"),
)
# Two words in one: the unit is in them.
_PERIODS = {
    "پارسال": (PAST, UNIT, "year", J),
    "امسال": (THIS, UNIT, "year", J),
}
_SIGNS = {"/": "/", "-": "-", "\u2212": "-", "+": "+", "(": "(", ")": ")", "?": "?", "؟": "?"}
_SIGNS |= {"–": TO, "—": TO, "~": ABOUT, "≈": ABOUT}
_SKIPPED = frozenset("،,;؛'’\"«»")


def joined(phrase: str) -> str:
    """A phrase as the lexicon knows it: folded, nothing between its words."""
    return fold_signs(phrase).replace(ZWNJ, "").replace(" ", "")


def _numbered(
    kind: str, rows: tuple[str, ...], start: int, calendar: Calendar | None = None
) -> Iterator[tuple[str, tuple[Token, ...]]]:
    for number, row in enumerate(rows, start):
        for spelling in row.split():
            yield spelling, (Token(kind, number, calendar),)


def _entries() -> Iterator[tuple[str, tuple[Token, ...]]]:
    yield from _numbered(MONTH, _JALALI_MONTHS, 1, J)
    yield from _numbered(MONTH, _GREGORIAN_MONTHS, 1, G)
    yield from _numbered(WEEKDAY, _WEEKDAYS, 0)
    yield from _numbered(SEASON, _SEASONS, 0)
    for number, row in enumerate(_JALALI_MONTHS, 1):
        yield row.split()[0] + "ماه", (Token(MONTH, number, J),)  # «آبان‌ماه»
    for digit, weekday in ((1, 6), (2, 0), (3, 1), (4, 2), (5, 3)):
        yield f"{digit}شنبه", (Token(WEEKDAY, weekday),)
    for kind, value, calendar, spellings in _WORDS:
        for spelling in spellings.split("،"):
            yield spelling, (Token(kind, value, calendar),)
    for word, (when, unit, value, calendar) in _PERIODS.items():
        yield word, (Token(unit, value, calendar), Token(when))


LEXICON: dict[str, tuple[Token, ...]] = {joined(word): tokens for word, tokens in _entries()}
_LONGEST = 4  # words in one entry


@lru_cache(maxsize=2048)
def tokens(text: str) -> tuple[Token, ...]:
    """The text as tokens, without those that mean nothing where they stand."""
    found = [token for token in _read(list(_pieces(text))) if token.kind != NOISE]
    following = [token.kind for token in found[1:]] + [STRANGE]
    return tuple(
        token
        for token, after in zip(found, following, strict=False)
        # «سال ۱۴۰۰», «روز یکشنبه», «ماه آبان»: the unit only introduces what it counts.
        if not (token.kind == UNIT and after in ("y", MONTH, WEEKDAY))
    )


@lru_cache(maxsize=1024)
def _sorted(sign: str) -> tuple[str, str]:
    """A sign as it is folded, and whether that is of letters, of digits or of neither."""
    folded = fold_signs(sign)
    # Folded decimals are ASCII; other digits, such as Ethiopic ones, are no numbers here.
    return folded, "digit" if folded.isdecimal() else "letter" if folded.isalpha() else ""


def _pieces(text: str) -> Iterator[str]:
    """Runs of letters, runs of digits, and single signs."""
    text = unicodedata.normalize("NFKC", text)
    run, run_kind = "", ""
    for at, sign in enumerate(text):
        folded, kind = _sorted(sign)
        if kind and kind == run_kind:
            run += folded
            continue
        if not kind and folded == "":  # vowel signs and marks are part of their word
            continue
        if run:
            yield run
        run, run_kind = (folded, kind) if kind else ("", "")
        if kind or sign in _SKIPPED or folded == ZWNJ or sign.isspace():
            continue
        if sign == ".":  # a separator between digits, else the end of an abbreviation
            if text[at - 1 : at].isdecimal() and text[at + 1 : at + 2].isdecimal():
                yield "/"
            continue
        yield sign
    if run:
        yield run


def _read(pieces: list[str]) -> Iterator[Token]:
    at = 0
    while at < len(pieces):
        for length in range(min(_LONGEST, len(pieces) - at), 0, -1):
            entry = LEXICON.get("".join(pieces[at : at + length]))
            if entry is not None:
                yield from entry
                at += length
                break
        else:
            yield _single(pieces[at])
            at += 1


def _single(piece: str) -> Token:
    if piece.isdecimal():
        kind = {1: "d", 2: "d", 4: "y", 8: "8"}.get(len(piece), "x" if len(piece) < 8 else STRANGE)
        return Token(kind, int(piece))
    return Token(_SIGNS.get(piece, STRANGE), piece)


def kinds(found: tuple[Token, ...]) -> str:
    return "".join(token.kind for token in found)
