"""The first bytes of a file: what it claims to be, whatever it is called."""

from __future__ import annotations

from pathlib import Path

from tracker.domain.documents import FileRefusal, FileRefused, FileType

PACKAGE = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_OF_TYPE: dict[FileType, bytes] = {
    FileType.PDF: b"%PDF-",
    FileType.PNG: b"\x89PNG\r\n\x1a\n",
    FileType.JPEG: b"\xff\xd8\xff",
    FileType.DOCX: PACKAGE,
    FileType.XLSX: PACKAGE,
    FileType.ODT: PACKAGE,
}
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
ARCHIVES = (PACKAGE, b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
# What no plain text begins with.
_NO_TEXT = (
    *_OF_TYPE.values(), *PROGRAMS, *ARCHIVES, OLD_OFFICE,
    b"GIF8", b"{\\rtf", b"%!PS", b"II*\0", b"MM\0*", b"RIFF",
)  # fmt: skip


def check_signature(file_type: FileType, file: Path) -> None:
    """Refuse a file that does not begin as its type does."""
    with file.open("rb") as opened:
        head = opened.read(16)
    if not head:
        raise FileRefused(FileRefusal.EMPTY)
    if file_type is FileType.TEXT:
        if head.startswith(_NO_TEXT):
            raise FileRefused(FileRefusal.ANOTHER_TYPE)
    elif not head.startswith(_OF_TYPE[file_type]):
        # A password turns a new office file into an old one.
        is_old = _OF_TYPE[file_type] == PACKAGE and head.startswith(OLD_OFFICE)
        raise FileRefused(FileRefusal.OLD_FORMAT if is_old else FileRefusal.ANOTHER_TYPE)
