"""The audit chain: one entry for each object of a change, each sealed to the one before it."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.access import Origin
from tracker.models import AuditEntry
from tracker.models.base import insert_rows
from tracker.models.types import canonical_json
from tracker.record import snapshots

if TYPE_CHECKING:
    from tracker.record.changes import Change, Touched

FORMAT = 1
_BEGINNING = "0" * 64
_TAIL = select(AuditEntry.seq, AuditEntry.hash).order_by(AuditEntry.seq.desc()).limit(1)


def append(change: Change, *, monotonic_ns: int, origin: Origin) -> None:
    """Write the entries of a change, in the order in which its objects were touched."""
    session = change.session
    tail = session.execute(_TAIL).first()
    seq, previous = (0, _BEGINNING) if tail is None else (tail.seq, tail.hash)
    key = session.info["audit_key"]
    entries: list[AuditEntry] = []
    for touched in change.touched.values():
        seq += 1
        entry = AuditEntry(
            seq=seq,
            format=FORMAT,
            at=change.now,
            monotonic_ns=monotonic_ns,
            actor_id=change.actor.user_id,
            role=change.actor.role.value,
            session=origin.session,
            address=origin.address,
            request_id=origin.request_id,
            action=_action(touched),
            object_kind=touched.obj.kind,
            object_id=touched.obj.id,
            object_version=touched.obj.version,
            changes=_changes(touched),
            reason=change.reason,
            previous_hash=previous,
        )
        entry.hash = previous = seal(entry, key)
        entries.append(entry)
    insert_rows(session, entries)


def seal(entry: AuditEntry, key: bytes) -> str:
    """HMAC-SHA-256 over the canonical JSON of all that the entry says, the link back included."""
    said = {
        "format": entry.format,
        "seq": entry.seq,
        "at": entry.at.isoformat(),
        "monotonic_ns": entry.monotonic_ns,
        "actor": str(entry.actor_id),
        "role": entry.role,
        "session": entry.session,
        "address": entry.address,
        "request": entry.request_id,
        "action": entry.action,
        "kind": entry.object_kind,
        "id": str(entry.object_id),
        "version": entry.object_version,
        "changes": entry.changes,
        "reason": entry.reason,
        "previous": entry.previous_hash,
    }
    return hmac.new(key, canonical_json(said).encode(), hashlib.sha256).hexdigest()


def broken_entries(session: Session, key: bytes) -> Iterator[int]:
    """The sequence numbers that do not fit the chain, first one first."""
    previous, expected = _BEGINNING, 1
    for entry in session.scalars(
        select(AuditEntry).order_by(AuditEntry.seq).execution_options(yield_per=1000)
    ):
        if (
            entry.seq != expected
            or entry.previous_hash != previous
            or not hmac.compare_digest(entry.hash, seal(entry, key))
        ):
            yield entry.seq
        previous, expected = entry.hash, entry.seq + 1


def _action(touched: Touched) -> str:
    if touched.action == "created":
        return "created"
    if touched.obj.deleted_at is not None and "deleted_at" not in touched.before:
        return "removed"
    return "changed"


def _changes(touched: Touched) -> dict[str, Any]:
    fields = snapshots.difference(touched.before, snapshots.after(touched.obj))
    parts: dict[str, dict[str, Any]] = {}
    for part_id, (table, old) in touched.parts_before.items():
        new = touched.parts_after.get(part_id)
        change = snapshots.difference(old, snapshots.after(new) if new else {})
        if change:
            parts.setdefault(table, {})[str(part_id)] = change
    for part_id, part in touched.parts_after.items():
        if part_id not in touched.parts_before:
            table = part.__tablename__  # type: ignore[attr-defined]
            parts.setdefault(table, {})[str(part_id)] = snapshots.difference(
                {}, snapshots.after(part)
            )
    return {"fields": fields, "parts": parts} if parts else {"fields": fields}
