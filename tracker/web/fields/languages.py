"""A field that chooses the language in which something is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tracker.lang import LANGUAGES, gettext, language_name
from tracker.web.fields.base import BaseField
from tracker.web.fields.choices import Choice


class LanguageField(BaseField):
    """One of the languages that are known, by its tag; "" where none is recorded."""

    drawn_as = "SelectField"

    def process_data(self, value: str | None) -> None:
        self.data = value or ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = self.typed()
        if self.data and self.data not in LANGUAGES:
            raise ValueError(gettext("%(label)s: choose one of the list", label=self.label.text))

    def iter_choices(self) -> Iterator[Any]:
        yield Choice("", gettext("not recorded"), not self.data, {})
        for tag in LANGUAGES:
            yield Choice(tag, language_name(tag), tag == self.data, {})
