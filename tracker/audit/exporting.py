"""Entries as a file for others: a zip of the entries, a manifest, and the signature under it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.audit.filters import USERS, EntryFilter
from tracker.audit.signing import Signer
from tracker.domain.cells import safe_cell
from tracker.models import AuditEntry
from tracker.models.types import canonical_json

FORMAT = 1
# What one page may ask for: a few megabytes. The command line has no such limit.
MOST_ON_THE_WEB = 10_000
MANIFEST, SIGNATURE, PUBLIC_KEY, HOW_TO = (
    "manifest.json",
    "manifest.sig",
    "public.pem",
    "VERIFY.txt",
)
_HOW_TO = f"""\
{MANIFEST} holds the SHA-256 of the entries; {SIGNATURE} is an Ed25519 signature of {MANIFEST}.

    sha256sum entries.*
    openssl pkeyutl -verify -pubin -inkey {PUBLIC_KEY} -rawin -in {MANIFEST} -sigfile {SIGNATURE}

Compare {PUBLIC_KEY} with the one that the city shows: a file can carry any key.
"""


class Form(StrEnum):
    """How the entries are written: JSON lines for programs, CSV for tables."""

    JSON = "jsonl"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Exported:
    """What came of it; not `complete` where the limit cut it short."""

    entries: int
    complete: bool
    sha256: str


def export(
    session: Session,
    wanted: EntryFilter,
    form: Form,
    signer: Signer,
    out: IO[bytes],
    *,
    now: datetime,
    zone: ZoneInfo,
    city: str,
    most: int | None = None,
) -> Exported:
    """Write the zip into `out`, a few hundred entries in memory at a time."""
    counted = _Counted(most)
    name = f"entries.{form.value}"
    with ZipFile(out, "w", ZIP_DEFLATED) as zipped:
        with zipped.open(name, "w", force_zip64=True) as file:
            for line in _WRITERS[form](counted.through(_entries(session, wanted, zone, most))):
                counted.digest.update(line)
                file.write(line)
        said = {
            "format": FORMAT,
            "city": city,
            "made_at": now.isoformat(),
            "filter": _plain(asdict(wanted)),
            "file": name,
            "sha256": counted.digest.hexdigest(),
            "entries": counted.entries,
            "complete": counted.complete,
            "first": counted.first,
            "last": counted.last,
        }
        manifest = canonical_json(said).encode()
        zipped.writestr(MANIFEST, manifest)
        zipped.writestr(SIGNATURE, signer.sign(manifest))
        zipped.writestr(PUBLIC_KEY, signer.public_key())
        zipped.writestr(HOW_TO, _HOW_TO)
    return Exported(counted.entries, counted.complete, counted.digest.hexdigest())


class _Counted:
    """Lets entries through up to the limit, and keeps what the manifest says of them."""

    def __init__(self, most: int | None) -> None:
        self._most = most
        self.entries = 0
        self.complete = True
        self.first: int | None = None
        self.last: int | None = None
        self.digest = hashlib.sha256()

    def through(self, entries: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for entry in entries:
            if self.entries == self._most:
                self.complete = False
                return
            self.entries += 1
            self.first = self.first or entry["seq"]
            self.last = entry["seq"]
            yield entry


# Name in the file, and the column; the names are those that the seal is made over.
_COLUMNS: tuple[tuple[str, Any], ...] = (
    ("seq", AuditEntry.seq),
    ("format", AuditEntry.format),
    ("at", AuditEntry.at),
    ("monotonic_ns", AuditEntry.monotonic_ns),
    ("actor", AuditEntry.actor_id),
    ("actor_name", USERS.c.name),
    ("role", AuditEntry.role),
    ("session", AuditEntry.session),
    ("address", AuditEntry.address),
    ("request", AuditEntry.request_id),
    ("action", AuditEntry.action),
    ("kind", AuditEntry.object_kind),
    ("id", AuditEntry.object_id),
    ("version", AuditEntry.object_version),
    ("changes", AuditEntry.changes),
    ("reason", AuditEntry.reason),
    ("previous", AuditEntry.previous_hash),
    ("hash", AuditEntry.hash),
)
_NAMES = tuple(name for name, _column in _COLUMNS)


def _entries(
    session: Session, wanted: EntryFilter, zone: ZoneInfo, most: int | None
) -> Iterator[dict[str, Any]]:
    statement = (
        select(*(column for _name, column in _COLUMNS))
        .outerjoin(USERS, USERS.c.id == AuditEntry.actor_id)
        .where(*wanted.criteria(zone))
        .order_by(AuditEntry.seq)
        .limit(None if most is None else most + 1)
    )
    for row in session.execute(statement, execution_options={"yield_per": 500}):
        yield {name: _plain(value) for name, value in zip(_NAMES, row, strict=True)}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if value is None or isinstance(value, int | str | list):
        return value
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _as_json(entries: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    for entry in entries:
        yield canonical_json(entry).encode() + b"\n"


def _as_csv(entries: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    yield "\ufeff".encode() + _csv_line(list(_NAMES))
    for entry in entries:
        yield _csv_line([_cell(entry[name]) for name in _NAMES])


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return safe_cell(str(value))


def _csv_line(cells: list[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue().encode()


_WRITERS: dict[Form, Callable[[Iterator[dict[str, Any]]], Iterator[bytes]]] = {
    Form.JSON: _as_json,
    Form.CSV: _as_csv,
}
