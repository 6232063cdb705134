"""A field that brings a file."""

from __future__ import annotations

from typing import Any

from werkzeug.datastructures import FileStorage

from tracker.domain.documents import ENDINGS
from tracker.web.fields.base import BaseField


class UploadField(BaseField):
    """One file; `data` is what came, or None. A refused form comes back without it: no page can
    put a file into a form."""

    drawn_as = "FileField"
    accept = ",".join(f".{ending}" for ending in ENDINGS)

    def process_data(self, value: Any) -> None:
        self.data = None

    def process_formdata(self, valuelist: list[Any]) -> None:
        came = valuelist[0] if valuelist else None
        self.data = came if isinstance(came, FileStorage) and came.filename else None

    def _value(self) -> str:
        return ""
