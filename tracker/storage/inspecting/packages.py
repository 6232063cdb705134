"""Packages: the archive that an office file is, held to limits before anything is unpacked."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.parsers import expat

from tracker.domain.documents import MIB, FileRefusal, FileRefused
from tracker.storage.inspecting.signatures import ARCHIVES, OLD_OFFICE, PROGRAMS

MOST_ENTRIES = 1_000
MOST_UNPACKED = 100 * MIB
MOST_RATIO = 100
_SMALL = MIB
# The record that ends an archive: entries here and in all, size and place of their list, comment.
_END = struct.Struct("<4s4xHHIIH")
_LISTED = 46 + 1_000
_IS_ENCRYPTED = 0x1
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_SOUND_NAME = re.compile(r"(?!/)(?!.*(?:^|/)\.\.?(?:/|$))[^\\:\0]+")

Attributes = dict[str, str]


@contextmanager
def opened(file: Path) -> Iterator[Package]:
    """The package, once its list of entries was found to be sound and small."""
    _check_end(file)
    try:
        with zipfile.ZipFile(file) as archive:
            yield Package(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as broken:
        raise FileRefused(FileRefusal.DAMAGED) from broken


class Package:
    """Its parts by name; each is read once, whole, and held to what its entry says."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._entries = archive.infolist()
        _check_entries(self._entries)

    @property
    def names(self) -> list[str]:
        return [entry.filename for entry in self._entries]

    def parts(self) -> Iterator[tuple[str, bytes]]:
        """Every part that is no folder, with its content."""
        for entry in self._entries:
            if not entry.is_dir():
                yield entry.filename, self._read(entry)

    def _read(self, entry: zipfile.ZipInfo) -> bytes:
        content = self._archive.read(entry)  # never more than the entry says; its sum is checked
        if content.startswith((*ARCHIVES, *PROGRAMS, OLD_OFFICE)):
            raise FileRefused(FileRefusal.HOLDS_FILES)
        return content


def _check_end(file: Path) -> None:
    """Nothing may follow the archive, and its list of entries is small before it is read."""
    size = file.stat().st_size
    with file.open("rb") as archive:
        archive.seek(max(0, size - _END.size))
        tail = archive.read()
    if len(tail) < _END.size or not tail.startswith(b"PK\x05\x06"):
        raise FileRefused(FileRefusal.DAMAGED)
    _sign, here, entries, listed, place, comment = _END.unpack(tail)
    if max(here, entries) > MOST_ENTRIES or listed > MOST_ENTRIES * _LISTED:
        raise FileRefused(FileRefusal.UNPACKS_TOO_LARGE)
    if comment or place + listed != size - _END.size:
        raise FileRefused(FileRefusal.DAMAGED)


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    if len(set(map(str.casefold, names))) != len(names) or not entries:
        raise FileRefused(FileRefusal.DAMAGED)
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise FileRefused(FileRefusal.UNPACKS_TOO_LARGE)
    for entry in entries:
        if entry.flag_bits & _IS_ENCRYPTED:
            raise FileRefused(FileRefusal.ENCRYPTED)
        if not _SOUND_NAME.fullmatch(entry.filename) or entry.compress_type not in _METHODS:
            raise FileRefused(FileRefusal.DAMAGED)
        if entry.file_size > max(_SMALL, MOST_RATIO * entry.compress_size):
            raise FileRefused(FileRefusal.UNPACKS_TOO_LARGE)


def elements(content: bytes) -> list[tuple[str, Attributes]]:
    """Every element of an XML part, by its local name, with its attributes by theirs."""
    found: list[tuple[str, Attributes]] = []
    check_xml(content, found)
    return found


def check_xml(content: bytes, found: list[tuple[str, Attributes]] | None = None) -> None:
    """Refuse what is no XML, and any that declares a document type: entities come with one."""
    parser = expat.ParserCreate(namespace_separator=" ")

    def refuse(*_declared: object) -> None:
        raise FileRefused(FileRefusal.ACTIVE)

    def note(name: str, attributes: Attributes) -> None:
        if found is not None:
            found.append((_local(name), {_local(key): value for key, value in attributes.items()}))

    parser.StartDoctypeDeclHandler = refuse
    if found is not None:
        parser.StartElementHandler = note
    try:
        parser.Parse(content, True)
    except expat.ExpatError as broken:
        raise FileRefused(FileRefusal.DAMAGED) from broken


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
