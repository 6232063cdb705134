"""Files and folders that are on the disk, whole, before anything is said of them."""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tracker.domain.errors import RuleBroken

_AT_ONCE = 2**20
_UNDER_WAY = ".under-way"
# A folder under way that nobody has written to for so long was left by one that was killed.
_FORSAKEN_SECONDS = 86_400


def copy(source: Path, target: Path) -> tuple[int, str]:
    """Copy a file, through to the disk; answers the size and SHA-256 of what was copied."""
    with source.open("rb") as reading:
        return write(reading, target)


def write(reading: IO[bytes], target: Path) -> tuple[int, str]:
    """Write a new file that only its owner reads; answers its size and SHA-256."""
    digest, size = hashlib.sha256(), 0
    with private(target) as writing:
        while block := reading.read(_AT_ONCE):
            writing.write(block)
            digest.update(block)
            size += len(block)
    return size, digest.hexdigest()


@contextmanager
def private(target: Path) -> Iterator[IO[bytes]]:
    """A new file for its owner alone, on the disk when the block ends."""
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as writing:
        yield writing
        writing.flush()
        os.fsync(writing.fileno())


def digest_of(path: Path) -> str:
    with path.open("rb") as reading:
        return hashlib.file_digest(reading, "sha256").hexdigest()


def make(folder: Path) -> None:
    """A folder, with those above it, that only its owner enters."""
    if not folder.is_dir():
        make(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def write_through(folder: Path) -> None:
    """Have the names in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_through_all(folder: Path) -> None:
    for each, _, _ in os.walk(folder):
        write_through(Path(each))


def is_taken(path: Path) -> bool:
    """Whether something is there that must not be written over; an empty folder is nothing."""
    return path.exists() and not (path.is_dir() and not any(path.iterdir()))


@contextmanager
def whole(folder: Path) -> Iterator[Path]:
    """A folder to fill, beside the one it is going to be: renamed when the block ends well, gone
    when it does not."""
    make(folder.parent)
    _clear_forsaken(folder.parent)
    aside = folder.parent / f".{folder.name}.{secrets.token_hex(6)}{_UNDER_WAY}"
    aside.mkdir(mode=0o700)
    try:
        yield aside
        write_through_all(aside)
        aside.rename(folder)
        write_through(folder.parent)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise


def _clear_forsaken(parent: Path) -> None:
    for left in parent.glob(f".*{_UNDER_WAY}"):
        newest = max((path.stat().st_mtime for path in [left, *left.rglob("*")]), default=0.0)
        if time.time() - newest > _FORSAKEN_SECONDS:
            shutil.rmtree(left, ignore_errors=True)


@contextmanager
def alone(instance: Path) -> Iterator[None]:
    """One backup or restore at a time for each installation; the kernel lets go of the lock when
    its holder dies."""
    with (instance / "backup.lock").open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            raise RuleBroken("Another backup or restore is under way.") from held
        yield
