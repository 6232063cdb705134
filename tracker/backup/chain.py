"""The audit chain of a backup: its end is noted, all of it is walked before it is trusted."""

from __future__ import annotations

from sqlalchemy import Connection, inspect, select
from sqlalchemy.orm import Session

from tracker.backup.manifest import Head
from tracker.backup.progress import Progress
from tracker.domain.errors import RuleBroken
from tracker.lang import gettext as _
from tracker.models import AuditEntry
from tracker.record.audit_check import broken_entries


def head_of(connection: Connection) -> Head:
    """The newest entry; of a chain that has not begun, or a schema without one, nothing."""
    if not inspect(connection).has_table(AuditEntry.__tablename__):
        return Head(0, "")
    newest = select(AuditEntry.seq, AuditEntry.hash).order_by(AuditEntry.seq.desc()).limit(1)
    row = connection.execute(newest).first()
    return Head(0, "") if row is None else Head(row.seq, row.hash)


def refuse_broken(session: Session, key: bytes, progress: Progress) -> None:
    """Walk the chain from its beginning; RuleBroken names the first entry that does not fit."""
    doing = _("Walking the audit chain")
    progress(doing, 0, 1)
    if inspect(session.connection()).has_table(AuditEntry.__tablename__):
        broken = next(broken_entries(session, key), None)
        if broken is not None:
            raise RuleBroken("The audit chain is broken at entry %(number)s.", number=broken)
    progress(doing, 1, 1)
