"""Adding documents, correcting what is said of them, adding versions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from tracker import record
from tracker.documents.given import GivenDocument, GivenHolder
from tracker.domain.access import Actor
from tracker.domain.errors import SentBefore
from tracker.models import Document, DocumentHolder, DocumentVersion, Recorded
from tracker.models.base import Texts
from tracker.record import Change, submissions
from tracker.record.documents import HOLDERS, add_version, attach_document, hold_by
from tracker.record.kinds import KINDS, load
from tracker.record.links import resolve
from tracker.record.reading import find
from tracker.storage.intake import TakenIn


def add_document(
    session: Session,
    actor: Actor,
    given: GivenDocument,
    file: TakenIn,
    now: datetime,
    *,
    quota_mib: int | None = None,
) -> Document:
    """A new document; SentBefore when this form has made one already."""
    before = submissions.already(session, actor, given.submission)
    if before is not None:
        raise SentBefore(*before)
    with record.change(session, actor, now) as change:
        document = attach_document(
            change,
            _holders(change, given.holders, given.language),
            file,
            title=_title(given, file.name),
            kind=given.kind,
            language=given.written_in,
            level=given.level,
            quota_mib=quota_mib,
        )
        submissions.remember(session, actor, given.submission, Document.kind, document.id, now)
    session.commit()
    return document


def correct_document(
    session: Session, actor: Actor, document_id: UUID, given: GivenDocument, now: datetime
) -> Document:
    """A document as it is now described; holders that the editor may not see stay."""
    with record.change(session, actor, now) as change:
        document = record.get_visible(session, actor, Document, document_id)
        change.expect(document, given.version)
        newest = change.parts(DocumentVersion, document.id)[-1]
        document.title = _title(given, newest.name)
        document.document_kind = given.kind
        document.language = given.written_in
        document.level = given.level
        hidden = _hidden_from_editor(change, document)
        hold_by(change, document, [*_holders(change, given.holders, given.language), *hidden])
    session.commit()
    return document


def add_document_version(
    session: Session,
    actor: Actor,
    document_id: UUID,
    version: int | None,
    file: TakenIn,
    now: datetime,
    *,
    quota_mib: int | None = None,
) -> Document:
    """The next version of a document; the ones before it stay."""
    with record.change(session, actor, now) as change:
        document = record.get_visible(session, actor, Document, document_id)
        change.expect(document, version)
        add_version(change, document, file, quota_mib=quota_mib)
    session.commit()
    return document


def _title(given: GivenDocument, name: str) -> Texts:
    return given.title or {given.written_in or given.language: name.rpartition(".")[0] or name}


def _holders(change: Change, given: Iterable[GivenHolder], language: str) -> Iterator[Recorded]:
    for each in given:
        holder = resolve(change, each.link, HOLDERS, field=each.at, language=language)
        if holder is not None:
            yield holder


def _hidden_from_editor(change: Change, document: Document) -> Iterator[Recorded]:
    for held in change.parts(DocumentHolder, document.id):
        seen = find(change.session, change.actor, KINDS[held.holder_kind], held.holder_id)
        holder = load(change.session, held.holder_kind, held.holder_id)
        if seen is None and holder is not None:
            yield holder
