"""What every form carries along without showing it: its own id, a version, a language."""

from __future__ import annotations

import re
import uuid
from typing import Any
from uuid import UUID

from tracker import lang
from tracker.web.fields.base import BaseField


class SubmissionField(BaseField):
    """The id of this filling-in of the form, so that sending it twice saves it once."""

    drawn_as = "HiddenField"

    def process_data(self, value: UUID | None) -> None:
        self.data = value

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            self.data = UUID(self.typed())
        except ValueError:
            self.data = None

    def _value(self) -> str:
        return str(self.data or uuid.uuid4())


class VersionField(BaseField):
    """The version of the page's root object when the form was opened; None on a new one.

    What is not a version is no version any object has, so that it is answered as a stale one.
    """

    drawn_as = "HiddenField"

    def process_data(self, value: int | None) -> None:
        self.data = value

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = self.typed()
        if typed:
            self.data = int(typed) if re.fullmatch(r"[0-9]{1,9}", typed) else -1

    def _value(self) -> str:
        return "" if self.data is None else str(self.data)


class TypedInField(BaseField):
    """The language of the page on which the form was filled in."""

    drawn_as = "HiddenField"

    def _value(self) -> str:
        return lang.current().tag
