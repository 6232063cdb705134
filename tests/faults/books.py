"""What stands in the database after a blow, held against what was acknowledged before it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.faults.clerk import key_in
from tracker.background.files import LEFT_ALONE, clear_away
from tracker.models import Action, AuditEntry, Document, DocumentVersion, Meeting
from tracker.models.engine import opened
from tracker.models.registers import SearchEntry
from tracker.record.audit_check import broken_entries
from tracker.storage import Storage

_KEPT = (Meeting, Action, Document)
_KINDS = tuple(model.kind for model in _KEPT)


def faults(
    url: str, instance: Path, acknowledged: Iterable[UUID], documents: Path | None = None
) -> dict[str, int]:
    """How many of each kind of fault; all are 0 when nothing was lost and nothing half done."""
    storage = Storage(documents or instance / "documents")
    with opened(url, may_create=False) as engine, Session(engine) as session:
        # Files that were under way are swept up an hour later; here it is an hour later.
        clear_away(session, storage, datetime.now(UTC) + 2 * LEFT_ALONE)
        stored = {id_ for model in _KEPT for id_ in session.scalars(select(model.id))}
        made = select(AuditEntry.object_id).where(AuditEntry.action == "created")
        audited = set(session.scalars(made))
        told = set(session.scalars(made.where(AuditEntry.object_kind.in_(_KINDS))))
        found = set(session.scalars(select(SearchEntry.object_id)))
        files = set(session.scalars(select(DocumentVersion.file_id)))
        broken = sum(1 for _ in broken_entries(session, key_in(instance)))
    kept = set(storage.ids())
    return {
        "lost": len(set(acknowledged) - stored),
        # A record without its audit entry or its search entry, an entry without its record.
        "halves": len(stored - audited) + len(stored - found) + len(told - stored),
        "broken entries": broken,
        "files without a row": len(kept - files),
        "rows without a file": len(files - kept),
    }


def clean() -> dict[str, int]:
    return dict.fromkeys(
        ("lost", "halves", "broken entries", "files without a row", "rows without a file"), 0
    )
