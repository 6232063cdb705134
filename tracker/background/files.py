"""What the files of documents need each hour: those that belong to nothing cleared away, those
that no virus scanner has seen shown to it."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import record
from tracker.domain.access import ANYBODY
from tracker.domain.documents import Scan
from tracker.models import DocumentVersion
from tracker.models.engine import opened, writing
from tracker.record.documents import held_files
from tracker.storage import Storage
from tracker.storage.scanning import scanned

log = logging.getLogger(__name__)

EVERY_SECONDS = 3600.0
# A file is on disk before the row that tells of it; no change takes this long.
LEFT_ALONE = timedelta(hours=1)
# More than so many, and most of all there are, belong to another database than this one.
FEW = 20
_AT_ONCE = 500


class Tidying:
    """Does its work when it is called, at most once an hour."""

    def __init__(
        self, database_url: str, folder: Path, key: bytes, clamd: Path | None = None
    ) -> None:
        self._database_url = database_url
        self._storage = Storage(folder)
        self._key = key
        self._clamd = clamd
        self._done_at = float("-inf")

    def __call__(self) -> None:
        if time.monotonic() - self._done_at < EVERY_SECONDS:
            return
        now = datetime.now(UTC)
        with opened(self._database_url) as engine:
            with writing(False), Session(engine) as session:
                clear_away(session, self._storage, now)
            if self._clamd is not None:
                with Session(engine) as session:
                    session.info["audit_key"] = self._key
                    show_to_scanner(session, self._storage, self._clamd, now)
        self._done_at = time.monotonic()


def clear_away(session: Session, storage: Storage, now: datetime) -> int:
    """Remove what was kept long ago and never recorded; answers how many files that were."""
    storage.forget_received_before(now - LEFT_ALONE)
    lost = list(without_row(session, storage, now - LEFT_ALONE))
    if len(lost) > FEW and 2 * len(lost) > sum(1 for _ in storage.ids()):
        log.error("%d files belong to no document: is this their database?", len(lost))
        return 0
    for file_id in lost:
        storage.remove(file_id)
    return len(lost)


def without_row(session: Session, storage: Storage, before: datetime) -> Iterator[UUID]:
    """The files written before a moment that no version of a document stands for."""
    kept = storage.kept_before(before)
    while some := list(islice(kept, _AT_ONCE)):
        held = held_files(session, some)
        yield from (file_id for file_id in some if file_id not in held)


def show_to_scanner(session: Session, storage: Storage, clamd: Path, now: datetime) -> int:
    """Have the scanner look at what it has not seen; answers of how many files it said something.

    The files are read between two transactions: nobody waits for them."""
    waiting = select(DocumentVersion.id, DocumentVersion.file_id).where(
        DocumentVersion.scan == Scan.UNSCANNED
    )
    with writing(False):
        rows = session.execute(waiting.limit(_AT_ONCE)).all()
        session.rollback()
    verdicts = {
        row.id: scanned(storage.path(row.file_id), clamd)
        for row in rows
        if storage.path(row.file_id).is_file()
    }
    said = {key: scan for key, scan in verdicts.items() if scan is not Scan.UNSCANNED}
    if said:
        with writing(), record.change(session, ANYBODY, now):
            for version in session.scalars(
                select(DocumentVersion).where(DocumentVersion.id.in_(said))
            ):
                version.scan = said[version.id]
        session.commit()
    return len(said)
