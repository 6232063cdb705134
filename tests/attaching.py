"""Builds documents, as `tests.build` does everything else."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO
from uuid import uuid4

from sqlalchemy.orm import Session

from tests import build
from tracker import models, record
from tracker.domain.access import Actor, Level
from tracker.domain.documents import DocumentKind, FileType
from tracker.record.documents import attach_document
from tracker.storage import Kept, Storage
from tracker.storage.intake import TakenIn


def document(
    session: Session,
    actor: Actor,
    title: build.TextsOrName = "A scan",
    *holders: models.Recorded,
    document_kind: DocumentKind = DocumentKind.SIGNED_SCAN,
    name: str = "scan.txt",
    content: bytes = b"a plain text",
    level: Level = Level.INTERNAL,
) -> models.Document:
    """A document with one version; its file is on disk where the session is of an application."""
    session.info.setdefault("audit_key", b"the key of tests")
    digest = sha256(content).hexdigest()
    kept = Kept(uuid4(), digest, len(content))
    if "documents" in session.info:
        kept = Storage(session.info["documents"]).keep(BytesIO(content), len(content))
    file = TakenIn(kept, name, FileType.TEXT, digest)
    with record.change(session, actor, build.NOW, published=True) as change:
        made = attach_document(
            change, holders, file, title=build.texts(title), kind=document_kind, level=level
        )
    session.commit()
    return made
