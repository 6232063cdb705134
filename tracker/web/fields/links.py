"""A field that points at another object: typed text, and the object that was chosen for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from tracker.domain.naming import Link
from tracker.lang import gettext
from tracker.web.fields.base import BaseField, printable
from tracker.web.fields.texts import accepted

_UUID = r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"
_CHOICE = re.compile(rf"(?:([a-z_]{{1,20}}):)?({_UUID})", re.ASCII)


class LinkField(BaseField):
    """A type-ahead over objects of `kinds`; `data` is a Link.

    The text goes by the field's name, the choice as 'kind:uuid' by `<name>-id`. The id alone is
    accepted in either. An emptied text is an emptied field, even if its id came along, which
    happens without JavaScript. A room that resolves the link compares the text with the chosen
    object's names for the same reason. `detail` is a line the view may set: a post, a country.
    """

    drawn_as = "LinkField"

    def __init__(
        self, label: Any = None, *, kinds: Sequence[str], max_length: int = 300, **kwargs: Any
    ) -> None:
        super().__init__(label, **kwargs)
        self.kinds = tuple(kinds)
        self.max_length = max_length
        self.flags.maxlength = max_length
        self.detail = ""
        self._choice: str | None = None

    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:
        beside = f"{self.name}-id"
        self._choice = formdata.get(beside, "") if formdata and beside in formdata else None
        super().process(formdata, *args, **kwargs)

    def process_data(self, value: Link | None) -> None:
        self.data = value or Link()

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = Link()
        typed = self.typed()
        if _CHOICE.fullmatch(typed.strip()):
            self.data = self._chosen_link("", typed.strip())
            return
        text = accepted(typed, multiline=False, longest=self.max_length, label=self.label.text)
        choice = (self._choice or "").strip()
        if not choice or (self.raw_data and not text):
            self.data = Link(text)
            return
        self.data = self._chosen_link(text, choice)

    def _chosen_link(self, text: str, choice: str) -> Link:
        found = _CHOICE.fullmatch(choice)
        kind = found[1] if found else None
        if found is None or (kind is not None and kind not in self.kinds):
            self.data = Link(text)
            raise ValueError(
                gettext("%(label)s: choose it again from the list", label=self.label.text)
            )
        if kind is None and len(self.kinds) == 1:
            kind = self.kinds[0]
        return Link(text, kind, UUID(found[2]))

    @property
    def chosen(self) -> str:
        return str(self.data.chosen) if self.data else ""

    def _value(self) -> str:
        if self.process_errors:
            return printable(self.typed())
        return str(self.data.text)
