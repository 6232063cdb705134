"""The languages as data: a new one is a row here and a folder of catalogues."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tracker.domain.dates import Calendar

PERSIAN_DIGITS = "۰۱۲۳۴۵۶۷۸۹"
LATIN_DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class Lang:
    """How a language writes: which way, in which calendar and digits, whose name comes first.

    `name` is the language's own name of itself, for the language link.
    """

    tag: str
    name: str
    direction: Literal["rtl", "ltr"]
    calendar: Calendar
    digits: str = LATIN_DIGITS
    name_order: Literal["given first", "family first"] = "given first"
    short_months: int | None = None  # letters of a shortened month; None: never shortened
    group: str = ","
    decimal: str = "."
    percent: str = "%"
    comma: str = ", "

    @property
    def has_own_digits(self) -> bool:
        return self.digits != LATIN_DIGITS


LANGUAGES: dict[str, Lang] = {
    lang.tag: lang
    for lang in (
        Lang(
            tag="fa",
            name="فارسی",
            direction="rtl",
            calendar=Calendar.JALALI,
            digits=PERSIAN_DIGITS,
            group="٬",
            decimal="٫",
            percent="٪",
            comma="، ",
        ),
        Lang(
            tag="en",
            name="English",
            direction="ltr",
            calendar=Calendar.GREGORIAN,
            short_months=3,
        ),
        Lang(
            tag="ru",
            name="Русский",
            direction="ltr",
            calendar=Calendar.GREGORIAN,
            group="\u00a0",
            decimal=",",
        ),
    )
}

# Spoken until somebody chooses: the first of the table.
DEFAULT = next(iter(LANGUAGES.values()))

# Messages are written in English, so a language without a catalogue speaks it.
SOURCE = "en"


class UnknownLanguage(LookupError):
    """No language has this tag; `tag` is what was asked for."""

    def __init__(self, tag: str) -> None:
        super().__init__(tag)
        self.tag = tag


def language(tag: str) -> Lang:
    try:
        return LANGUAGES[tag]
    except KeyError:
        raise UnknownLanguage(tag) from None
