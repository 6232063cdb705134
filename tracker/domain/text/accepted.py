"""Which text is accepted, in what form it is kept, and which way it runs."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from typing import Literal

ZWNJ = "\u200c"
ZWJ = "\u200d"
# Spaces of every width, and the half-space where it joins nothing.
_EDGES = " \t\n\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B))) + ZWNJ


class Unwanted(StrEnum):
    """Why a text was refused. Nobody types these, and each makes a text look like another."""

    NUL = "nul"
    BIDI_CONTROL = "bidi control"
    SURROGATE = "surrogate"


class TextRefused(ValueError):
    """A text holds a sign that is refused; `position` counts from zero."""

    def __init__(self, reason: Unwanted, position: int) -> None:
        super().__init__(f"{reason} at {position}")
        self.reason = reason
        self.position = position


def _span(first: int, last: int) -> range:
    return range(first, last + 1)


_REFUSED: dict[int, Unwanted] = {
    0: Unwanted.NUL,
    **dict.fromkeys((*_span(0x202A, 0x202E), *_span(0x2066, 0x2069)), Unwanted.BIDI_CONTROL),
    **dict.fromkeys(_span(0xD800, 0xDFFF), Unwanted.SURROGATE),
}

# Word processors and web pages put these into an ordinary paste, so they go without a word.
_DROPPED = dict.fromkeys(
    (
        *_span(0x01, 0x08),
        *_span(0x0E, 0x1F),
        *_span(0x7F, 0x84),
        *_span(0x86, 0x9F),
        0x00AD,
        0x200B,
        0xFEFF,
        *_span(0xFDD0, 0xFDEF),
        *(plane << 16 | last for plane in range(17) for last in (0xFFFE, 0xFFFF)),
        *_span(0xE0000, 0xE007F),
    )
)
# Letters by their category, and nothing to see.
_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_LINE_ENDS = dict.fromkeys(map(ord, "\r\v\f\x85\u2028\u2029"), "\n")


def clean(text: str, *, multiline: bool) -> str:
    """`text` as it is stored: composed (NFC), without invisible controls, trimmed.

    Raises TextRefused for what can only be an attack or a broken file.
    """
    for position, sign in enumerate(text):
        reason = _REFUSED.get(ord(sign))
        if reason is not None:
            raise TextRefused(reason, position)
    text = unicodedata.normalize("NFC", text.translate(_DROPPED))
    text = text.replace("\r\n", "\n").translate(_LINE_ENDS)
    if ZWJ in text:
        text = "".join(_joiners_between_letters(text))
    if not multiline:
        text = text.replace("\n", " ").replace("\t", " ")
    text = text.strip(_EDGES)
    # A name of which nothing can be seen is none: no link to it could be clicked.
    return text if any(map(_is_visible, text)) else ""


def _is_visible(sign: str) -> bool:
    return unicodedata.category(sign)[0] not in "CZ" and sign not in _FILLERS


def _joiners_between_letters(text: str) -> Iterator[str]:
    for at, sign in enumerate(text):
        if sign != ZWJ or (text[at - 1 : at].isalpha() and text[at + 1 : at + 2].isalpha()):
            yield sign


def first_strong_direction(text: str) -> Literal["rtl", "ltr"] | None:
    """The direction of the first letter that has one; None for digits and punctuation alone."""
    for sign in text:
        kind = unicodedata.bidirectional(sign)
        if kind == "L":
            return "ltr"
        if kind in ("R", "AL"):
            return "rtl"
    return None
