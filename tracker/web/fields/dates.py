"""Dates and hours as people type them; the parser of the domain is the truth."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Any

from tracker.domain.dates import DateRefused, Direction, FuzzyDate, Reading, read_fuzzy
from tracker.domain.numbers import parse_int
from tracker.domain.text import TextRefused, clean
from tracker.lang import (
    date_refusal,
    day_off_warning,
    digits,
    format_fuzzy_for_input,
    gettext,
    text_refusal,
    weekday_warning,
)
from tracker.web import clock
from tracker.web.city import profile
from tracker.web.fields.base import BaseField, printable

# `\d` is a decimal digit of any script; a superscript is none.
_HOURS = re.compile(r"(\d{1,2})[:.٫](\d{2})")
_MARKS = dict.fromkeys(map(ord, "\u200c\u200e\u200f"))


class FuzzyDateField(BaseField):
    """A date typed any way; `data` is a FuzzyDate, unknown when nothing was typed.

    After a refusal `candidates` holds the days that may have been meant, for buttons.
    `warning` says what is doubtful: another weekday than it has, or something due on a day off.
    """

    drawn_as = "FuzzyDateField"

    def __init__(
        self, label: Any = None, *, direction: Direction = Direction.PAST, **kwargs: Any
    ) -> None:
        super().__init__(label, **kwargs)
        self.direction = direction
        self.candidates: tuple[date, ...] = ()
        self.warning = ""

    def typed(self) -> str:
        # A button that offers a neighbour is sent behind the text that it is to replace.
        return str(self.raw_data[-1]) if self.raw_data else ""

    @property
    def is_blank(self) -> bool:
        return self.data == FuzzyDate.unknown() and not self.process_errors

    def process_data(self, value: FuzzyDate | None) -> None:
        self.data = value or FuzzyDate.unknown()

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = FuzzyDate.unknown()
        try:
            reading = read_fuzzy(
                clean(self.typed(), multiline=False),
                today=clock.today(),
                direction=self.direction,
                week_starts=profile().week_start,
            )
        except TextRefused as refused:
            raise ValueError(text_refusal(refused)) from refused
        except DateRefused as refused:
            self.candidates = refused.candidates
            raise ValueError(date_refusal(refused)) from refused
        self.data = reading.date
        self.warning = self._doubt(reading)

    def _doubt(self, reading: Reading) -> str:
        day = reading.date.first if reading.date.is_exact else None
        if self.direction is Direction.FUTURE and day and day.weekday() in profile().days_off:
            return day_off_warning(day.weekday())
        if reading.wrong_weekday is not None:
            return weekday_warning(reading.wrong_weekday)
        return ""

    def _value(self) -> str:
        return printable(self.typed()) if self.raw_data else format_fuzzy_for_input(self.data)


class HoursField(BaseField):
    """An hour of the day, HH:MM in any digits; `data` is a time or None."""

    drawn_as = "HoursField"

    @property
    def is_blank(self) -> bool:
        return self.data is None

    def process_data(self, value: time | None) -> None:
        self.data = value

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        typed = self.typed().translate(_MARKS).strip()
        if not typed:
            return
        found = _HOURS.fullmatch(typed)
        try:
            if found is None:
                raise ValueError
            self.data = time(parse_int(found[1]), parse_int(found[2]))
        except ValueError:
            raise ValueError(
                gettext("This is not an hour of the day; try %(example)s", example=digits("10:30"))
            ) from None

    def _value(self) -> str:
        if self.raw_data:
            return printable(self.typed())
        return "" if self.data is None else digits(f"{self.data:%H:%M}")
