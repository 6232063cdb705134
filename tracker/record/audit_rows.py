"""The audit entries as the database holds them, read for checking: plain strings and numbers.

Every entry of a long chain is read, so this goes past the mapper, and what a type would forgive
(another spelling of the same JSON, of the same instant) stays visible.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, TextClause, bindparam, text

CHUNK = 5000
_COLUMNS = (
    "seq, format, {at}, monotonic_ns, {actor_id}, role, session, address, request_id, action,"
    " object_kind, {object_id}, object_version, {changes}, reason, previous_hash, hash"
)
_AS_STORED = {
    "sqlite": {name: name for name in ("at", "actor_id", "object_id", "changes")},
    "postgresql": {
        "at": "to_char(at, 'YYYY-MM-DD HH24:MI:SS.US')",
        "actor_id": "replace(actor_id::text, '-', '')",
        "object_id": "replace(object_id::text, '-', '')",
        "changes": "changes::text",
    },
}


class StoredEntry(NamedTuple):
    """One row. On SQLite any of it may be of any type: nothing has been believed yet."""

    seq: int
    format: int
    at: str
    monotonic_ns: int
    actor_id: str | None
    role: str
    session: str
    address: str
    request_id: str
    action: str
    object_kind: str
    object_id: str
    object_version: int
    changes: str
    reason: str
    previous_hash: str
    hash: str

    def said(self) -> bytes:
        """What the seal is made over: the canonical JSON of `audit.seal`. ValueError where a
        value is not spelled as it is when an entry is written."""
        changes = json.loads(self.changes)
        if _stored_json(changes) != self.changes:
            raise ValueError("the changes are spelled in another way")
        said = {
            "format": self.format,
            "seq": self.seq,
            "at": _iso(self.at),
            "monotonic_ns": self.monotonic_ns,
            "actor": "None" if self.actor_id is None else _dashed(self.actor_id),
            "role": self.role,
            "session": self.session,
            "address": self.address,
            "request": self.request_id,
            "action": self.action,
            "kind": self.object_kind,
            "id": _dashed(self.object_id),
            "version": self.object_version,
            "changes": changes,
            "reason": self.reason,
            "previous": self.previous_hash,
        }
        return _canonical(said).encode()

    @property
    def instant(self) -> datetime:
        return datetime.fromisoformat(self.at).replace(tzinfo=UTC)


# The same as `engine._json` and `types.canonical_json`, made once for a million calls.
_stored_json = json.JSONEncoder(ensure_ascii=False).encode
_canonical = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode


def _iso(at: str) -> str:
    if len(at) != 26 or at[10] != " ":
        raise ValueError("the instant is spelled in another way")
    whole, fraction = at[:19].replace(" ", "T"), at[19:]
    return f"{whole}{'' if fraction == '.000000' else fraction}+00:00"


def _dashed(hex_id: str) -> str:
    if len(hex_id) != 32:
        raise ValueError("the id is spelled in another way")
    return "-".join((hex_id[:8], hex_id[8:12], hex_id[12:16], hex_id[16:20], hex_id[20:]))


def stored_entries(connection: Connection) -> Iterator[StoredEntry]:
    """All entries in their order, a few thousand in memory at a time. From the lowest number there
    is: one put in before the first would be shown, and must be found."""
    page = _select(connection, "seq > :after ORDER BY seq LIMIT :chunk")
    after = (connection.scalar(text("SELECT min(seq) FROM audit")) or 1) - 1
    with _any_bytes(connection):
        while True:
            rows = connection.execute(page, {"after": after, "chunk": CHUNK}).all()
            yield from (StoredEntry._make(row) for row in rows)
            if len(rows) < CHUNK:
                return
            after = rows[-1][0]


def some_entries(connection: Connection, seqs: Sequence[int]) -> list[StoredEntry]:
    """The entries of these numbers, in one question."""
    some = _select(connection, "seq IN :seqs").bindparams(bindparam("seqs", expanding=True))
    with _any_bytes(connection):
        return [StoredEntry._make(row) for row in connection.execute(some, {"seqs": list(seqs)})]


def _select(connection: Connection, where: str) -> TextClause:
    columns = _COLUMNS.format(**_AS_STORED[connection.dialect.name])
    return text(f"SELECT {columns} FROM audit WHERE {where}")  # noqa: S608  all of it our own


@contextmanager
def _any_bytes(connection: Connection) -> Iterator[None]:
    """SQLite's driver gives up over a text that is no longer UTF-8; here it is read, and then
    fits no seal."""
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name != "sqlite":
        yield
        return
    usual = driver.text_factory
    driver.text_factory = lambda stored: stored.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        driver.text_factory = usual
