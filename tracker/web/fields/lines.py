"""A list typed one per line: other spellings, former names, names as printed."""

from __future__ import annotations

from typing import Any

from tracker.lang import gettext, ngettext
from tracker.web.fields.base import BaseField, printable
from tracker.web.fields.texts import accepted


class LinesField(BaseField):
    """One item per line; `data` is a list of strings, without empty ones and repetitions."""

    multiline = True
    drawn_as = "TextAreaField"

    def __init__(
        self, label: Any = None, *, max_length: int = 200, most: int = 50, **kwargs: Any
    ) -> None:
        super().__init__(label, **kwargs)
        self.max_length = max_length
        self.most = most

    def process_data(self, value: list[str] | None) -> None:
        self.data = list(value or [])

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = []
        whole = accepted(
            self.typed(),
            multiline=True,
            longest=(self.max_length + 1) * self.most,
            label=self.label.text,
        )
        lines = (line.strip() for line in whole.split("\n"))
        kept = list(dict.fromkeys(line for line in lines if line))
        if len(kept) > self.most:
            raise ValueError(ngettext("At most %(n)s line", "At most %(n)s lines", self.most))
        for line in kept:
            if len(line) > self.max_length:
                raise ValueError(gettext("“%(start)s…” is too long for one line", start=line[:30]))
        self.data = kept

    def _value(self) -> str:
        return printable(self.typed()) if self.process_errors else "\n".join(self.data)
