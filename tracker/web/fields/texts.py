"""Text fields: one line, several lines, and one text per language of the city."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tracker.domain.text import TextRefused, clean
from tracker.lang import LANGUAGES, current, ngettext, text_refusal
from tracker.web.city import profile
from tracker.web.fields.base import BaseField, printable


def accepted(typed: str, *, multiline: bool, longest: int, label: str) -> str:
    """The text as it is stored; ValueError, in the reader's language, when it is refused."""
    try:
        text = clean(typed, multiline=multiline)
    except TextRefused as refused:
        raise ValueError(text_refusal(refused)) from refused
    if len(text) > longest:
        raise ValueError(
            ngettext(
                "%(label)s has at most %(most)s characters; this is %(n)s too long",
                "%(label)s has at most %(most)s characters; this is %(n)s too long",
                len(text) - longest,
                label=label,
                most=longest,
            )
        )
    return text


class TextField(BaseField):
    """One line of text; `data` is a cleaned string, perhaps empty."""

    multiline = False

    def __init__(self, label: Any = None, *, max_length: int = 200, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.max_length = max_length
        self.flags.maxlength = max_length

    def process_data(self, value: str | None) -> None:
        self.data = value or ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = ""
        self.data = accepted(
            self.typed(),
            multiline=self.multiline,
            longest=self.max_length,
            label=self.label.text,
        )

    def _value(self) -> str:
        return printable(self.typed()) if self.process_errors else self.data


class LongTextField(TextField):
    """Several lines of text."""

    multiline = True
    drawn_as = "TextAreaField"

    def __init__(self, label: Any = None, *, max_length: int = 20_000, **kwargs: Any) -> None:
        super().__init__(label, max_length=max_length, **kwargs)


@dataclass(frozen=True, slots=True)
class Subfield:
    """The control of one language."""

    id: str
    name: str
    label: str
    lang: str
    direction: str
    data: str


class TextsField(BaseField):
    """One text per language; `data` holds the languages that have one.

    The language of the page comes first and goes by the field's plain name; the others are
    `<name>-<tag>`. Which language the plain name meant, the form says in its hidden `typed_in`,
    because the reader may have switched in another window. A language whose control was not sent
    keeps what it had.
    """

    drawn_as = "TextsField"

    def __init__(
        self, label: Any = None, *, max_length: int = 200, multiline: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(label, **kwargs)
        self.max_length = max_length
        self.multiline = multiline
        self._typed: dict[str, str] = {}

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        self.process_errors = []
        held = data if isinstance(data, dict) else self.default
        self.object_data = held
        self.data = dict(held or {})
        self.raw_data = None
        if not formdata:
            return
        self._typed = self._read(formdata)
        self.raw_data = list(self._typed.values())
        for tag, typed in self._typed.items():
            self.data.pop(tag, None)
            try:
                text = accepted(
                    typed,
                    multiline=self.multiline,
                    longest=self.max_length,
                    label=self.label.text,
                )
            except ValueError as refused:
                self.process_errors.append(str(refused))
                continue
            if text:
                self.data[tag] = text

    def _read(self, formdata: Any) -> dict[str, str]:
        typed = {
            tag: formdata.get(f"{self.name}-{tag}")
            for tag in profile().tags
            if f"{self.name}-{tag}" in formdata
        }
        if self.name in formdata:
            said_in = formdata.get("typed_in", "")
            plain = said_in if said_in in profile().tags else current().tag
            typed[plain] = typed.get(plain) or formdata.get(self.name)
        return typed

    def take(self, other: TextsField, tag: str) -> None:
        """Hold in one language what another field of the kind holds in it."""
        self.data.pop(tag, None)
        if tag in other.data:
            self.data[tag] = other.data[tag]

    @property
    def subfields(self) -> list[Subfield]:
        here = current().tag
        return [
            self._subfield(tag, here)
            for tag in sorted(profile().tags, key=lambda tag: tag != here)
        ]

    def _subfield(self, tag: str, here: str) -> Subfield:
        lang = LANGUAGES[tag]
        typed = self._typed.get(tag) if self.process_errors else None
        return Subfield(
            id=f"{self.id}-{tag}",
            name=self.name if tag == here else f"{self.name}-{tag}",
            label=lang.name,
            lang=tag,
            direction=lang.direction,
            data=self.data.get(tag, "") if typed is None else printable(typed),
        )
