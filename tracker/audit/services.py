"""What the audit room writes: that somebody took an export with them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from tracker.models.access import AccessEntry, AccessEvent


def note_export(session: Session, name: str, now: datetime) -> None:
    """Whoever reaches the command line has no account there; the record of access says so."""
    session.add(
        AccessEntry(at=now, event=AccessEvent.EXPORTED, object_kind="audit", detail=name[:300])
    )
    session.commit()
