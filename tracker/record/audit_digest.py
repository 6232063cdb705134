"""The digest of the record of access: one entry of the audit chain a day, so that a row which is
changed, removed or slipped in afterwards is noticed although it stands in no chain."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import Connection, String, func, select, text, type_coerce
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tracker.domain.access import ANYBODY
from tracker.models import AuditEntry
from tracker.models.access import AccessEntry
from tracker.models.registers import RARE_ACTION
from tracker.models.types import canonical_json
from tracker.record import audit
from tracker.record.audit_rows import StoredEntry

DIGEST = "digest"
KIND = "access log"
# What a request noted before midnight has been written by then.
SETTLED = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Digest:
    """What the rows of these days (of UTC) came to; `seq` is the entry that says so."""

    seq: int
    first: date
    last: date
    rows: int
    sha256: str

    @classmethod
    def of(cls, entry: StoredEntry) -> Digest | None:
        """None where the entry does not say it as `digest_days` does: its seal tells the rest."""
        try:
            fields = json.loads(entry.changes)["fields"]
            first, last = (date.fromisoformat(fields[name][1]) for name in ("from", "until"))
            return cls(entry.seq, first, last, fields["rows"][1], fields["sha256"][1])
        except (KeyError, IndexError, TypeError, ValueError):
            return None


def digest_days(session: Session, now: datetime) -> Digest | None:
    """Enter the digest of all days that are over and have none yet; the caller commits."""
    first, last = _first_open_day(session), (now - SETTLED).date() - timedelta(days=1)
    if first is None or first > last:
        return None
    rows, sha256 = _digest(session.connection(), first, last)
    fields = {
        "from": [None, first.isoformat()],
        "until": [None, last.isoformat()],
        "rows": [None, rows],
        "sha256": [None, sha256],
    }
    audit.enter(
        session,
        ANYBODY,
        now,
        action=DIGEST,
        kind=KIND,
        object_id=UUID(int=last.toordinal()),
        changes={"fields": fields},
    )
    return Digest(0, first, last, rows, sha256)


def fits(connection: Connection, digest: Digest) -> bool:
    """Whether the rows of those days still come to the same."""
    try:
        rows, sha256 = _digest(connection, digest.first, digest.last)
    except (DBAPIError, LookupError, TypeError, ValueError):
        return False  # a row that is none any more
    return rows == digest.rows and hmac.compare_digest(sha256, digest.sha256)


def _first_open_day(session: Session) -> date | None:
    told = session.scalar(
        select(AuditEntry.changes)
        .where(AuditEntry.action == DIGEST, AuditEntry.object_kind == KIND, text(RARE_ACTION))
        .order_by(AuditEntry.seq.desc())
        .limit(1)
    )
    if told is not None:
        return date.fromisoformat(told["fields"]["until"][1]) + timedelta(days=1)
    oldest: datetime | None = session.scalar(select(func.min(AccessEntry.at)))
    return oldest.date() if oldest else None


def _digest(connection: Connection, first: date, last: date) -> tuple[int, str]:
    begin = datetime.combine(first, time(), UTC)
    end = datetime.combine(last + timedelta(days=1), time(), UTC)
    table = AccessEntry.__table__.c
    columns = [type_coerce(table.event, String) if c is table.event else c for c in table]
    rows = connection.execute(
        select(*columns)
        .where(AccessEntry.at >= begin, AccessEntry.at < end)
        .order_by(AccessEntry.at, AccessEntry.id),
        execution_options={"yield_per": 1000},
    )
    count, digest = 0, hashlib.sha256()
    for row in rows:
        count += 1
        digest.update(canonical_json([_plain(value) for value in row]).encode() + b"\n")
    return count, digest.hexdigest()


def _plain(value: object) -> object:
    return str(value) if isinstance(value, UUID | datetime) else value
