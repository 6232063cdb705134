"""What the pages of documents show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from tracker import record
from tracker.domain.access import Actor, Level
from tracker.domain.documents import DocumentKind, Scan, Treatment
from tracker.domain.errors import NotFound
from tracker.domain.naming import Link
from tracker.domain.releases import Marking
from tracker.models import Document, DocumentHolder, DocumentVersion
from tracker.models.accounts import User
from tracker.models.base import Texts
from tracker.record import reads
from tracker.record.kinds import KINDS
from tracker.record.links import link_to
from tracker.record.reading import visible_to
from tracker.record.reads import Name
from tracker.record.releases import get_marked


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One file of a document."""

    number: int
    name: str
    size: int
    sha256: str
    received_sha256: str
    media_type: str
    treated: tuple[Treatment, ...]
    uploaded_at: datetime
    uploaded_by: str | None
    scan: Scan

    @property
    def ending(self) -> str:
        return self.name.rpartition(".")[2].upper()


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A document with all its files, the newest first, and what it belongs to."""

    id: UUID
    title: Texts
    kind: DocumentKind
    language: str
    own_level: Level
    marking: Marking
    versions: tuple[VersionLine, ...]
    holders: tuple[Name, ...]


class StoredFile(NamedTuple):
    """What a download is made of."""

    file_id: UUID
    sha256: str
    size: int
    media_type: str
    name: str
    scan: Scan
    level: Level


def document_page(session: Session, actor: Actor, document_id: UUID) -> DocumentPage:
    """Everything that the reader may see of a document."""
    document, marked = get_marked(session, actor, Document, document_id)
    held = session.scalars(
        select(DocumentHolder.holder_id)
        .where(DocumentHolder.document_id == document_id)
        .order_by(DocumentHolder.position)
    ).all()
    known = reads.names(session, actor, held)
    return DocumentPage(
        id=document.id,
        title=document.title,
        kind=document.document_kind,
        language=document.language,
        own_level=document.level,
        marking=marked,
        versions=_versions(session, document_id),
        holders=tuple(known[each] for each in held if each in known),
    )


def stored_file(session: Session, actor: Actor, document_id: UUID, number: int) -> StoredFile:
    """One version of a document as it is kept; NotFound as for any object."""
    row = session.execute(
        select(
            DocumentVersion.file_id,
            DocumentVersion.sha256,
            DocumentVersion.size,
            DocumentVersion.media_type,
            DocumentVersion.name,
            DocumentVersion.scan,
            Document.effective_level,
        )
        .join(Document, Document.id == DocumentVersion.document_id)
        .where(
            Document.id == document_id,
            DocumentVersion.number == number,
            visible_to(actor, Document),
        )
    ).first()
    if row is None:
        raise NotFound(f"document {document_id}, version {number}")
    return StoredFile(*row)


def document_for_form(
    session: Session, actor: Actor, document_id: UUID, language: str
) -> dict[str, Any]:
    """A document as its form shows it."""
    document = record.get_visible(session, actor, Document, document_id)
    holders = (
        record.find(session, actor, KINDS[held.holder_kind], held.holder_id)
        for held in document.holders
    )
    return {
        "title": document.title,
        "kind": document.document_kind,
        "written_in": document.language,
        "holders": [{"holder": link_to(each, language)} for each in holders if each is not None],
        "level": document.level,
        "version": document.version,
    }


def held_by(session: Session, actor: Actor, kind: str, object_id: UUID, language: str) -> Link:
    """The object from whose page the form was opened; NotFound when there is no such object."""
    return link_to(record.get_visible(session, actor, KINDS[kind], object_id), language)


def title_and_version(session: Session, actor: Actor, document_id: UUID) -> tuple[Texts, int]:
    """What the form of a new version has to know."""
    document = record.get_visible(session, actor, Document, document_id)
    return document.title, document.version


def same_file_elsewhere(
    session: Session, actor: Actor, document: Document
) -> tuple[UUID, Texts] | None:
    """Another document that the reader may see whose file came with the very same bytes as the
    newest of this one."""
    newest = select(DocumentVersion.received_sha256).where(
        DocumentVersion.document_id == document.id,
        DocumentVersion.number == document.latest,
    )
    row = session.execute(
        select(Document.id, Document.title)
        .join(DocumentVersion, DocumentVersion.document_id == Document.id)
        .where(
            DocumentVersion.received_sha256.in_(newest),
            and_(Document.id != document.id, visible_to(actor, Document)),
        )
        .order_by(Document.id)
        .limit(1)
    ).first()
    return None if row is None else (row.id, row.title)


def _versions(session: Session, document_id: UUID) -> tuple[VersionLine, ...]:
    rows = session.execute(
        select(DocumentVersion, User.name)
        .outerjoin(User, User.id == DocumentVersion.uploaded_by)
        .where(DocumentVersion.document_id == document_id)
        .order_by(DocumentVersion.number.desc())
    )
    return tuple(
        VersionLine(
            number=version.number,
            name=version.name,
            size=version.size,
            sha256=version.sha256,
            received_sha256=version.received_sha256,
            media_type=version.media_type,
            treated=tuple(map(Treatment, version.treated)),
            uploaded_at=version.uploaded_at,
            uploaded_by=by,
            scan=version.scan,
        )
        for version, by in rows
    )
