"""The audit chain: one entry for each object of a change, each sealed to the one before it."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.access import Actor, Origin
from tracker.models import AuditEntry
from tracker.models.base import insert_rows
from tracker.models.types import canonical_json
from tracker.record import snapshots
from tracker.record.turns import await_turn

if TYPE_CHECKING:
    from tracker.record.changes import Change, Touched

FORMAT = 1
BEGINNING = "0" * 64
_TAIL = select(AuditEntry.seq, AuditEntry.hash).order_by(AuditEntry.seq.desc()).limit(1)


@dataclass(frozen=True, slots=True)
class Happening:
    """What one entry says: an action on an object, or on what is none, as an account."""

    action: str
    kind: str
    object_id: UUID
    version: int
    changes: dict[str, Any]
    reason: str = ""  # of its own; else that of the whole change


def append(change: Change, *, monotonic_ns: int, origin: Origin) -> None:
    """Write the entries of a change, in the order in which its objects were touched."""
    told = [
        Happening(_action(each), each.obj.kind, each.obj.id, each.obj.version, _changes(each))
        for each in change.touched.values()
    ]
    told += change.told
    _seal_all(change.session, change.actor, change.now, told, change.reason, monotonic_ns, origin)


def enter(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    action: str,
    kind: str,
    object_id: UUID,
    changes: dict[str, Any],
    reason: str = "",
) -> None:
    """Write one entry of what is no recorded object (an account, a grant, a setting), in the
    transaction that does it; the caller commits. `changes` is what JSON can hold."""
    await_turn(session)
    told = [Happening(action, kind, object_id, 0, changes)]
    _seal_all(session, actor, now, told, reason, time.monotonic_ns(), origin_of(session))


def origin_of(session: Session) -> Origin:
    """Where the change comes from: `session.info` supplies it within a request."""
    supply = session.info.get("origin")
    origin = supply() if callable(supply) else supply
    return origin if isinstance(origin, Origin) else Origin()


def _seal_all(
    session: Session,
    actor: Actor,
    now: datetime,
    told: Iterable[Happening],
    reason: str,
    monotonic_ns: int,
    origin: Origin,
) -> None:
    tail = session.execute(_TAIL).first()
    seq, previous = (0, BEGINNING) if tail is None else (tail.seq, tail.hash)
    key = session.info["audit_key"]
    entries: list[AuditEntry] = []
    for each in told:
        seq += 1
        entry = AuditEntry(
            seq=seq,
            format=FORMAT,
            at=now,
            monotonic_ns=monotonic_ns,
            actor_id=actor.user_id,
            role=actor.role.value,
            session=origin.session,
            address=origin.address,
            request_id=origin.request_id,
            action=each.action,
            object_kind=each.kind,
            object_id=each.object_id,
            object_version=each.version,
            changes=each.changes,
            reason=each.reason or reason,
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
    return sealed(said, key)


def sealed(said: dict[str, Any], key: bytes) -> str:
    """The seal of anything that canonical JSON can hold."""
    return hmac.new(key, canonical_json(said).encode(), hashlib.sha256).hexdigest()


def _action(touched: Touched) -> str:
    if touched.action == "created":
        return "created"
    if touched.obj.deleted_at is not None and "deleted_at" not in touched.before:
        return "removed"
    if touched.obj.deleted_at is None and "deleted_at" in touched.before:
        return "restored"
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
