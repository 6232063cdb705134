"""The one way in for a file: received, looked through, scanned, kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tracker.domain.documents import (
    ENDINGS,
    MIB,
    MOST_BYTES,
    FileRefusal,
    FileRefused,
    FileType,
    Scan,
    Treatment,
    file_name,
)
from tracker.storage.files import Kept, Storage, TooLarge, copied
from tracker.storage.inspection import inspected
from tracker.storage.scanning import scanned

# A picture may grow by being drawn anew.
_MOST_KEPT = 64 * MIB


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A file that is on disk, and what is to be written of it."""

    kept: Kept
    name: str
    file_type: FileType
    received_sha256: str
    treated: tuple[Treatment, ...] = ()
    scan: Scan = Scan.UNSCANNED


@contextmanager
def taken_in(
    storage: Storage, stream: IO[bytes], sent_name: str, clamd: Path | None = None
) -> Iterator[TakenIn]:
    """Take a file in for as long as the block takes to record it: when the block fails, the file
    is gone again. FileRefused when it is none that is taken."""
    name = file_name(sent_name)
    file_type = ENDINGS.get(name.rpartition(".")[2].lower())
    if file_type is None:
        raise FileRefused(FileRefusal.NOT_TAKEN)
    with storage.receiving() as aside:
        received = aside / "received"
        try:
            digest, _size = copied(stream, received, MOST_BYTES)
        except TooLarge as large:
            raise FileRefused(FileRefusal.TOO_LARGE) from large
        wanted, treated = inspected(file_type, received, aside / "treated")
        scan = scanned(wanted, clamd)
        if scan is Scan.INFECTED:
            raise FileRefused(FileRefusal.INFECTED)
        with wanted.open("rb") as content:
            kept = storage.keep(content, _MOST_KEPT)
    try:
        yield TakenIn(kept, name, file_type, digest, tuple(treated), scan)
    except BaseException:
        storage.remove(kept.file_id)
        raise
