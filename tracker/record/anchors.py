"""Anchors: where the audit chain ended, kept in a file outside the database.

A chain alone does not notice that its end was cut off. `anchor_now` notes the newest entry in
`anchors.log` of the instance folder; each line is sealed, and bound to the line before it.
Whoever can change the file as well is caught by a line kept elsewhere: in a backup, on paper.
"""

from __future__ import annotations

import fcntl
import hmac
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection, func, select

from tracker.models import AuditEntry
from tracker.models.types import canonical_json
from tracker.record.audit import BEGINNING, sealed

NAME = "anchors.log"
_HEAD = select(AuditEntry.seq, AuditEntry.hash).order_by(AuditEntry.seq.desc()).limit(1)
_COUNT = select(func.count(AuditEntry.seq))


class Why(StrEnum):
    """On what occasion an anchor was made."""

    DAILY = "daily"
    VERIFY = "verify"
    BACKUP = "backup"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Anchor:
    """That the chain had so many entries then, and that the newest was this one."""

    at: datetime
    seq: int
    hash: str
    count: int
    why: str

    @property
    def line(self) -> str:
        """For paper and other machines: what `audit verify --anchor` takes."""
        return f"{self.seq}:{self.hash}"


class AnchorsChanged(Exception):
    """A line of the file is not what was written there."""

    def __init__(self, line: int) -> None:
        super().__init__(f"{NAME}, line {line}")
        self.line = line


def anchor_now(
    connection: Connection, instance: Path, key: bytes, now: datetime, why: Why
) -> Anchor | None:
    """Note the newest entry; None while there is none. AnchorsChanged when the file was touched,
    which then is left as it is."""
    head = connection.execute(_HEAD).first()
    if head is None:
        return None
    anchor = Anchor(now, head.seq, head.hash, connection.execute(_COUNT).scalar_one(), why)
    opened = os.open(instance / NAME, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(opened, "rb+", buffering=0) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        lines = _whole_lines(file.read())
        known = list(_read(lines, key))
        previous = known[-1][1] if known else BEGINNING
        said = {**asdict(anchor), "at": now.isoformat(), "previous": previous}
        line = canonical_json({**said, "seal": _seal(said, key)}) + "\n"
        # A power cut may have left half a line, which was never acknowledged.
        file.truncate(sum(map(len, lines)))
        file.write(line.encode())
        os.fsync(file.fileno())
    return anchor


def anchors(instance: Path, key: bytes) -> list[Anchor]:
    """All of them, oldest first; AnchorsChanged names the first line that does not fit."""
    try:
        lines = _whole_lines((instance / NAME).read_bytes())
    except FileNotFoundError:
        return []
    return [anchor for anchor, _ in _read(lines, key)]


def newest(instance: Path, key: bytes) -> Anchor | None:
    known = anchors(instance, key)
    return known[-1] if known else None


def _whole_lines(content: bytes) -> list[bytes]:
    return [line for line in content.splitlines(keepends=True) if line.endswith(b"\n")]


def _read(lines: Iterable[bytes], key: bytes) -> Iterator[tuple[Anchor, str]]:
    """Each anchor with its seal."""
    previous = BEGINNING
    for number, line in enumerate(lines, 1):
        try:
            said = json.loads(line)
            seal = said.pop("seal")
            follows = said["previous"] == previous
            is_sealed = hmac.compare_digest(seal, _seal(said, key))
            del said["previous"]
            anchor = Anchor(**{**said, "at": datetime.fromisoformat(said["at"])})
        except (AttributeError, KeyError, TypeError, ValueError):
            raise AnchorsChanged(number) from None
        if not (follows and is_sealed):
            raise AnchorsChanged(number)
        previous = seal
        yield anchor, seal


def _seal(said: dict[str, object], key: bytes) -> str:
    # Under a key of its own: what seals a line must never seal an entry.
    return sealed(said, hmac.digest(key, b"anchors", "sha256"))
