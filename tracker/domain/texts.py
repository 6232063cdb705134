"""A text that may be held in several languages, and which of them a reader gets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

Texts = dict[str, str]


class Picked(NamedTuple):
    """What a reader of one language gets; `translated` is False where it is another language's."""

    text: str
    lang: str
    translated: bool


def pick(texts: Mapping[str, str] | None, lang: str) -> Picked:
    """The text in `lang`, else the first one that was entered, tagged with its own language.

    Nothing at all is an empty text in the wanted language, so that a template need not ask first.
    """
    held = texts or {}
    wanted = held.get(lang, "")
    if wanted:
        return Picked(wanted, lang, True)
    for other, text in held.items():
        if text:
            return Picked(text, other, False)
    return Picked("", lang, True)


def missing(texts: Mapping[str, str] | None, lang: str) -> bool:
    """Whether something was said, but not in this language."""
    return not pick(texts, lang).translated
