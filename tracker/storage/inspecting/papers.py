"""PDF: parsed as a whole, and kept byte for byte, so that a signature in it stays one.

What acts when the paper is opened or clicked, and what hides another file in it, is refused.
"""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pikepdf

from tracker.domain.documents import MIB, FileRefusal, FileRefused, FileType, Treatment

MOST_OBJECTS = 300_000
_END = b"%%EOF"
_STRINGS = re.compile(rb"\((?:\\.|[^\\()])*\)|<[0-9a-fA-F\s]*>", re.DOTALL)
_AFTER_NAME = rb"(?=[\s/\[\]<>(){}%]|$)"
_ACTIVE = re.compile(
    rb"/(?:JS|JavaScript|Launch|ImportData|SubmitForm|GoToE|RichMedia\w*|Rendition|Movie|Sound|XFA)"
    + _AFTER_NAME
)
_HOLDS_FILES = re.compile(rb"/EF" + _AFTER_NAME)


def look(_type: FileType, file: Path, _target: Path) -> list[Treatment]:
    """Refuse, or leave the paper as it is."""
    _check_end(file)
    try:
        with pikepdf.open(file) as paper:
            if paper.is_encrypted:
                raise FileRefused(FileRefusal.ENCRYPTED)
            _check_objects(paper)
            if len(paper.pages) == 0:
                raise FileRefused(FileRefusal.DAMAGED)
    except pikepdf.PasswordError as locked:
        raise FileRefused(FileRefusal.ENCRYPTED) from locked
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError) as broken:
        raise FileRefused(FileRefusal.DAMAGED) from broken
    return []


def _check_end(file: Path) -> None:
    """A file cut short has no end, and one with something hung on has it too early."""
    with file.open("rb") as opened:
        opened.seek(max(0, file.stat().st_size - 2048))
        tail = opened.read()
    found = tail.rfind(_END)
    if found < 0 or tail[found + len(_END) :].strip(b"\r\n\t \0"):
        raise FileRefused(FileRefusal.DAMAGED)
    if zipfile.is_zipfile(file):
        raise FileRefused(FileRefusal.ANOTHER_TYPE)


def _check_objects(paper: pikepdf.Pdf) -> None:
    for number, each in enumerate(paper.objects):
        if number > MOST_OBJECTS:
            raise FileRefused(FileRefusal.UNPACKS_TOO_LARGE)
        if not isinstance(each, pikepdf.Stream | pikepdf.Dictionary | pikepdf.Array):
            continue
        said = each.stream_dict if isinstance(each, pikepdf.Stream) else each
        names = _STRINGS.sub(b"()", said.unparse(resolved=True))
        if _ACTIVE.search(names):
            raise FileRefused(FileRefusal.ACTIVE)
        if _HOLDS_FILES.search(names):
            _check_held(each)
    opening = paper.Root.get("/OpenAction")
    if isinstance(opening, pikepdf.Dictionary) and opening.get("/S") == "/URI":
        raise FileRefused(FileRefusal.ACTIVE)


def _check_held(each: pikepdf.Object) -> None:
    """Plain data may be held, as the facts of a briefing are in the briefing itself."""
    held = each.get("/EF") if isinstance(each, pikepdf.Dictionary) else None
    if not isinstance(held, pikepdf.Dictionary):
        raise FileRefused(FileRefusal.HOLDS_FILES)
    for file in held.values():
        if not isinstance(file, pikepdf.Stream) or not _is_json(file.read_bytes()):
            raise FileRefused(FileRefusal.HOLDS_FILES)


def _is_json(content: bytes) -> bool:
    if len(content) > 5 * MIB:
        return False
    try:
        json.loads(content)
    except ValueError:
        return False
    return True
