"""Documents: what a file is to the city, which files are taken in, and how much of them."""

from __future__ import annotations

import re
from enum import StrEnum

from tracker.domain.access import Role
from tracker.domain.text import clean

MIB = 2**20
MOST_BYTES = 25 * MIB
MOST_NAME = 200
MOST_ENDING = 10


class DocumentKind(StrEnum):
    """What the file is to what it belongs to."""

    DRAFT = "draft"
    SIGNED_SCAN = "signed scan"
    LETTER = "letter"
    EVIDENCE = "evidence"
    OTHER = "other document"


class Scan(StrEnum):
    """What a virus scanner said of a file; nothing yet where none is set up."""

    UNSCANNED = "unscanned"
    CLEAN = "clean"
    INFECTED = "infected"


class FileType(StrEnum):
    """A type of file that is taken in: its ending, of which `MEDIA_TYPES` is the other name."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpg"
    DOCX = "docx"
    XLSX = "xlsx"
    ODT = "odt"
    TEXT = "txt"


MEDIA_TYPES: dict[FileType, str] = {
    FileType.PDF: "application/pdf",
    FileType.PNG: "image/png",
    FileType.JPEG: "image/jpeg",
    FileType.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileType.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileType.ODT: "application/vnd.oasis.opendocument.text",
    FileType.TEXT: "text/plain",
}

# Endings that mean the same type.
ENDINGS: dict[str, FileType] = {each.value: each for each in FileType} | {"jpeg": FileType.JPEG}

# How much one account may have taken in, all in all. Roles that record nothing send nothing.
QUOTA_MIB: dict[Role, int] = {Role.STAFF: 5 * 1024, Role.APPROVER: 5 * 1024}


_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_SEPARATORS = re.compile(r"[/\\]")
_NO_NAME = "file"


def file_name(sent: str) -> str:
    """The name of a file as it is kept and shown: its last part, in one line, without signs that
    hide what it is; Persian stays as it is, and the ending survives a cut."""
    last = _SEPARATORS.split(_UNSAFE.sub("", sent))[-1]
    stem, dot, ending = clean(last, multiline=False).rpartition(".")
    if not dot:
        stem, ending = ending, ""
    ending = f"{dot}{ending.strip()}"[:MOST_ENDING]
    return f"{stem.strip('. ')[: MOST_NAME - MOST_ENDING] or _NO_NAME}{ending}"


class Treatment(StrEnum):
    """What was done to a file before it was kept."""

    REDRAWN = "picture drawn anew"
    TURNED_INTO_UTF8 = "turned into UTF-8"


class FileRefusal(StrEnum):
    """Why a file is not taken in."""

    NOT_TAKEN = "not taken"
    EMPTY = "empty"
    TOO_LARGE = "too large"
    ANOTHER_TYPE = "another type"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    OLD_FORMAT = "old format"
    ACTIVE = "active"
    HOLDS_FILES = "holds files"
    REACHES_OUT = "reaches out"
    UNPACKS_TOO_LARGE = "unpacks too large"
    PICTURE_TOO_LARGE = "picture too large"
    MOVING = "moving"
    NOT_TEXT = "not text"
    HIDDEN_SIGN = "hidden sign"
    TOO_SLOW = "too slow"
    INFECTED = "infected"


class FileRefused(Exception):
    """A file is not taken in."""

    def __init__(self, reason: FileRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason
