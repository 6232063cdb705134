"""Documents as every list prints them: what each is, and its newest file."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Uuid, and_, bindparam, exists, select
from sqlalchemy.orm import Session

from tracker.domain.access import Actor, Level
from tracker.domain.documents import DocumentKind, Scan
from tracker.domain.releases import Marking
from tracker.models import Document, DocumentHolder, DocumentVersion
from tracker.models.base import Texts
from tracker.models.built_once import built_once
from tracker.models.keyset import PAGE, Cursor, newest_first
from tracker.record.reading import rows, visible, visible_to
from tracker.record.releases import marking

MOST_HELD = 50


class DocumentLine(NamedTuple):
    """One document with its newest file."""

    id: UUID
    title: Texts
    kind: DocumentKind
    language: str
    received_on: date
    number: int
    name: str
    size: int
    scan: Scan
    marking: Marking

    @property
    def cursor(self) -> Cursor:
        return Cursor(self.received_on, self.id)

    @property
    def ending(self) -> str:
        return self.name.rpartition(".")[2].upper()

    @property
    def file(self) -> str:
        """Where the newest file is fetched."""
        return f"/documents/{self.id}/versions/{self.number}/file"


def documents_of(
    session: Session,
    actor: Actor,
    *,
    kind: DocumentKind | None = None,
    level: Level | None = None,
    cursor: Cursor | None = None,
    limit: int = PAGE,
) -> list[DocumentLine]:
    """A page of the documents, those that came last first, and one more."""
    statement = _lines().where(visible_to(actor, Document))
    if kind is not None:
        statement = statement.where(Document.document_kind == kind)
    if level is not None:
        statement = statement.where(Document.effective_level == level)
    page = newest_first(statement, Document.received_on, Document.id, cursor, limit)
    return [DocumentLine(*row) for row in session.execute(page)]


def documents_held(session: Session, actor: Actor, holder_id: UUID) -> list[DocumentLine]:
    """The documents that an object holds, those that came last first: at most `MOST_HELD`, and
    one more when there are more."""
    found = rows(session, _held(), actor, holder=holder_id)
    return [DocumentLine(*row) for row in found]


@built_once
def _held() -> Any:
    holds = exists().where(
        DocumentHolder.document_id == Document.id,
        DocumentHolder.holder_id == bindparam("holder", type_=Uuid()),
    )
    statement = _lines().where(holds, visible(Document))
    return newest_first(statement, Document.received_on, Document.id, limit=MOST_HELD)


def _lines() -> Any:
    return select(
        Document.id,
        Document.title,
        Document.document_kind,
        Document.language,
        Document.received_on,
        DocumentVersion.number,
        DocumentVersion.name,
        DocumentVersion.size,
        DocumentVersion.scan,
        marking(Document),
    ).join(
        DocumentVersion,
        and_(
            DocumentVersion.document_id == Document.id,
            DocumentVersion.number == Document.latest,
        ),
    )
