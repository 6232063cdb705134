"""Plain text: UTF-8, or turned into it, without signs that hide and without markup that acts."""

from __future__ import annotations

import codecs
import re
import unicodedata
from pathlib import Path

from tracker.domain.documents import FileRefusal, FileRefused, FileType, Treatment
from tracker.domain.text import TextRefused, clean

_MARKUP = re.compile(
    r"\A\s*<(?:!doctype|\?xml|\?php|html|head|body|svg)|<(?:script|html|svg|iframe|object|embed)\b",
    re.IGNORECASE,
)
_CONTROLS = re.compile("[\x01-\x08\x0b\x0e-\x1f\x7f]")
# The old Arabic code page in which Persian notes were kept; it has a letter for every byte.
_OLD = "cp1256"


def look(_type: FileType, file: Path, target: Path) -> list[Treatment]:
    """Write the text to `target` where it was not UTF-8 before."""
    content = file.read_bytes()
    text = _decoded(content)
    if _CONTROLS.search(text):
        raise FileRefused(FileRefusal.NOT_TEXT)
    if _MARKUP.search(text):
        raise FileRefused(FileRefusal.ANOTHER_TYPE)
    try:
        if not clean(text, multiline=True):
            raise FileRefused(FileRefusal.EMPTY)
    except TextRefused as refused:
        raise FileRefused(FileRefusal.HIDDEN_SIGN) from refused
    encoded = text.encode()
    if encoded == content:
        return []
    target.write_bytes(encoded)
    return [Treatment.TURNED_INTO_UTF8]


def _decoded(content: bytes) -> str:
    try:
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return content.decode("utf-16")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode(_OLD, errors="replace")
    if not _is_persian(text):
        raise FileRefused(FileRefusal.NOT_TEXT)
    return text


def _is_persian(text: str) -> bool:
    """Whether what the old code page made of it reads as a text: mostly letters of the script."""
    foreign = [sign for sign in text if not sign.isascii()]
    arabic = sum(unicodedata.bidirectional(sign) == "AL" for sign in foreign)
    return "\0" not in text and bool(foreign) and arabic >= 0.8 * len(foreign)
