"""Whole numbers and amounts, in Persian, Arabic or Latin digits."""

from __future__ import annotations

from typing import Any

from tracker.domain.numbers import NumberRefused, parse_decimal
from tracker.lang import digits, format_number, gettext, number_refusal
from tracker.web.fields.base import BaseField, printable


class DecimalField(BaseField):
    """A number with at most `scale` decimals; `data` counts its smallest unit, or is None."""

    drawn_as = "DecimalField"

    def __init__(
        self,
        label: Any = None,
        *,
        scale: int = 2,
        smallest: int | None = None,
        largest: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, **kwargs)
        self.scale, self.smallest, self.largest = scale, smallest, largest

    @property
    def is_blank(self) -> bool:
        return self.data is None

    def process_data(self, value: int | None) -> None:
        self.data = value

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        typed = self.typed().strip()
        if not typed:
            return
        try:
            number = parse_decimal(
                typed, scale=self.scale, negative=self.smallest is not None and self.smallest < 0
            )
        except NumberRefused as refused:
            raise ValueError(number_refusal(refused)) from refused
        if self.smallest is not None and number < self.smallest:
            raise ValueError(gettext("At least %(number)s", number=self._said(self.smallest)))
        if self.largest is not None and number > self.largest:
            raise ValueError(gettext("At most %(number)s", number=self._said(self.largest)))
        self.data = number

    def _said(self, number: int) -> str:
        return format_number(number, scale=self.scale)

    def _value(self) -> str:
        if self.raw_data:
            return printable(self.typed())
        return "" if self.data is None else self._said(self.data)


class IntegerField(DecimalField):
    """A whole number; `data` is an int or None."""

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        super().__init__(label, scale=0, **kwargs)

    def _value(self) -> str:
        if self.raw_data:
            return printable(self.typed())
        # Without group marks: a number may be a year, or the number of a letter.
        return "" if self.data is None else digits(self.data)
