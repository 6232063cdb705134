"""The folder of documents: `<2 hex>/<hex id>`, readable by its owner alone."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BufferedReader
from pathlib import Path
from typing import IO
from uuid import UUID, uuid4

_INCOMING = ".incoming"
_FOLDER = re.compile(r"[0-9a-f]{2}")
_NAME = re.compile(r"[0-9a-f]{32}")
_AT_ONCE = 2**18


class TooLarge(Exception):
    """More bytes came than were allowed."""


class Missing(Exception):
    """There is no file of that id."""


class Damaged(Exception):
    """The file is not the one that was kept."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is safely on disk."""

    file_id: UUID
    sha256: str
    size: int


class Storage:
    """Keeps, opens and removes files by id. Making one touches no disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, stream: IO[bytes], most_bytes: int) -> Kept:
        """Write the stream to a file of its own, safely on disk when this returns, or not at all:
        beside its place first, then renamed, the folder written through."""
        file_id = uuid4()
        with self.receiving() as aside:
            written = aside / file_id.hex
            digest, size = copied(stream, written, most_bytes)
            place = self.path(file_id)
            if not place.parent.is_dir():
                place.parent.mkdir(mode=0o700, exist_ok=True)
                _write_through(self.folder)
            written.rename(place)
            _write_through(place.parent)
        return Kept(file_id, digest, size)

    @contextmanager
    def receiving(self) -> Iterator[Path]:
        """A folder on the same disk for what is not kept yet; gone, with all in it, at the end."""
        incoming = self.folder / _INCOMING
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        incoming.mkdir(mode=0o700, exist_ok=True)
        aside = Path(tempfile.mkdtemp(dir=incoming))
        try:
            yield aside
        finally:
            shutil.rmtree(aside, ignore_errors=True)

    def open(self, file_id: UUID) -> BufferedReader:
        try:
            return self.path(file_id).open("rb")
        except FileNotFoundError as absent:
            raise Missing(str(file_id)) from absent

    def open_whole(self, file_id: UUID, sha256: str) -> BufferedReader:
        """The file, read through once and found to be the one that was kept."""
        file = self.open(file_id)
        if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
            file.close()
            raise Damaged(str(file_id))
        file.seek(0)
        return file

    def remove(self, file_id: UUID) -> None:
        """Take the file away; one that is gone already is gone."""
        self.path(file_id).unlink(missing_ok=True)

    def ids(self) -> Iterator[UUID]:
        """The id of every file there is."""
        return (UUID(file.name) for file in self._files())

    def kept_before(self, moment: datetime) -> Iterator[UUID]:
        """The ids of the files that were written before `moment`."""
        for file in self._files():
            try:
                written = file.stat().st_mtime
            except FileNotFoundError:  # removed meanwhile
                continue
            if written < moment.timestamp():
                yield UUID(file.name)

    def forget_received_before(self, moment: datetime) -> int:
        """Clear away what a process that was killed left half received; answers how much."""
        forgotten = 0
        for aside in _entries(self.folder / _INCOMING):
            if aside.stat().st_mtime < moment.timestamp():
                shutil.rmtree(aside, ignore_errors=True)
                forgotten += 1
        return forgotten

    def path(self, file_id: UUID) -> Path:
        """Where the file of that id lies, whether it is there or not."""
        return self.folder / file_id.hex[:2] / file_id.hex

    def _files(self) -> Iterator[Path]:
        for folder in _entries(self.folder):
            if _FOLDER.fullmatch(folder.name):
                yield from (file for file in _entries(folder) if _NAME.fullmatch(file.name))


def copied(stream: IO[bytes], target: Path, most_bytes: int) -> tuple[str, int]:
    """Write the stream to a new file that only its owner reads, and through to the disk; answers
    its SHA-256 and its size."""
    digest, size = hashlib.sha256(), 0
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        while block := stream.read(_AT_ONCE):
            size += len(block)
            if size > most_bytes:
                raise TooLarge
            digest.update(block)
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest(), size


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []


def _write_through(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
