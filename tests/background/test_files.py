"""What is done each hour about the files of documents."""

from __future__ import annotations

import os
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests import attaching, build
from tests.storage import clamd
from tracker.background.files import FEW, Tidying, clear_away, show_to_scanner
from tracker.domain.documents import Scan
from tracker.models import AuditEntry, DocumentVersion
from tracker.storage import Kept, Storage

LATER = build.NOW + timedelta(hours=2)


@pytest.fixture
def storage(session: Session, tmp_path: Path) -> Storage:
    session.info["documents"] = tmp_path / "documents"
    return Storage(tmp_path / "documents")


def keep(storage: Storage) -> Kept:
    """A file that was written at the usual time and that nothing tells of."""
    kept = storage.keep(BytesIO(b"x"), 1)
    age(storage, kept)
    return kept


def age(storage: Storage, kept: Kept) -> None:
    os.utime(storage.path(kept.file_id), (build.NOW.timestamp(), build.NOW.timestamp()))


def test_what_nothing_tells_of_is_cleared_away_after_an_hour(
    session: Session, storage: Storage
) -> None:
    attaching.document(session, build.account(session))
    (held,) = session.scalars(select(DocumentVersion.file_id))
    lost = keep(storage)
    os.utime(storage.path(held), (0, 0))
    assert clear_away(session, storage, build.NOW + timedelta(minutes=59)) == 0
    assert set(storage.ids()) == {held, lost.file_id}
    assert clear_away(session, storage, LATER) == 1
    assert list(storage.ids()) == [held]


def test_files_of_another_database_are_left_alone(
    session: Session, storage: Storage, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(FEW + 1):
        keep(storage)
    assert clear_away(session, storage, LATER) == 0
    assert len(list(storage.ids())) == FEW + 1
    assert "is this their database?" in caplog.text


@pytest.mark.database("sqlite")
def test_what_no_scanner_saw_is_shown_to_it(
    session: Session, storage: Storage, tmp_path: Path
) -> None:
    actor = build.account(session)
    attaching.document(session, actor, content=b"sound")
    attaching.document(session, actor, content=clamd.FOUND)
    attaching.document(session, actor, content=b"seen")
    seen = session.scalars(
        select(DocumentVersion.id).order_by(DocumentVersion.id.desc()).limit(1)
    ).one()
    session.connection().execute(
        update(DocumentVersion).where(DocumentVersion.id == seen).values(scan=Scan.CLEAN)
    )
    session.commit()
    with clamd.listening(tmp_path / "clamd") as socket:
        assert show_to_scanner(session, storage, socket, LATER) == 2
        assert show_to_scanner(session, storage, socket, LATER) == 0
    session.expire_all()
    rows = session.scalars(select(DocumentVersion.scan).order_by(DocumentVersion.id)).all()
    assert rows == [Scan.CLEAN, Scan.INFECTED, Scan.CLEAN]
    told = session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc()).limit(2)).all()
    assert all("document_versions" in entry.changes["parts"] for entry in told)


@pytest.mark.database("sqlite")
def test_it_is_done_once_an_hour(database_url: str, tmp_path: Path) -> None:
    storage = Storage(tmp_path / "documents")
    tidying = Tidying(database_url, storage.folder, b"key")
    lost = keep(storage)
    os.utime(storage.path(lost.file_id), (0, 0))
    tidying()
    assert list(storage.ids()) == []
    again = keep(storage)
    os.utime(storage.path(again.file_id), (0, 0))
    tidying()
    assert list(storage.ids()) == [again.file_id]
