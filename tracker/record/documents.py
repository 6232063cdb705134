"""Documents: attached to what they belong to, given versions, held by more or fewer objects."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from tracker.domain.access import Actor, Level
from tracker.domain.documents import MEDIA_TYPES, MIB, QUOTA_MIB, DocumentKind
from tracker.domain.errors import RuleBroken
from tracker.models import Document, DocumentHolder, DocumentVersion, Recorded
from tracker.models.base import Texts
from tracker.record.changes import Change
from tracker.record.kinds import KINDS
from tracker.storage.intake import TakenIn

# Whatever is recorded can hold a document, but for documents.
HOLDERS = tuple(kind for kind in KINDS if kind != Document.kind)


def attach_document(
    change: Change,
    holders: Iterable[Recorded],
    file: TakenIn,
    *,
    title: Texts,
    kind: DocumentKind,
    language: str = "",
    level: Level = Level.INTERNAL,
    quota_mib: int | None = None,
) -> Document:
    """A new document that these objects hold, with its first version."""
    document = Document(
        title=title,
        document_kind=kind,
        language=language,
        level=level,
        latest=0,
        received_on=change.now.date(),
    )
    change.session.add(document)
    change.session.flush()
    for holder in holders:
        hold_document(change, document, holder)
    add_version(change, document, file, quota_mib=quota_mib)
    return document


def add_version(
    change: Change, document: Document, file: TakenIn, *, quota_mib: int | None = None
) -> DocumentVersion:
    """The next version of a document. The same file again is none, and what an account sends
    has an end: `quota_mib` where one is set, otherwise by its role."""
    session, actor = change.session, change.actor
    _refuse_same_again(session, document, file)
    _refuse_beyond_quota(session, actor, file.kept.size, quota_mib)
    document.latest += 1
    document.received_on = change.now.date()
    version = DocumentVersion(
        document_id=document.id,
        number=document.latest,
        position=document.latest,
        file_id=file.kept.file_id,
        sha256=file.kept.sha256,
        received_sha256=file.received_sha256,
        size=file.kept.size,
        media_type=MEDIA_TYPES[file.file_type],
        name=file.name,
        treated=[each.value for each in file.treated],
        uploaded_at=change.now,
        uploaded_by=actor.user_id,
        scan=file.scan,
    )
    session.add(version)
    session.flush()
    return version


def hold_document(change: Change, document: Document, holder: Recorded) -> None:
    """Let the object hold the document as well; once is enough."""
    held = change.parts(DocumentHolder, document.id)
    if any(each.holder_id == holder.id for each in held):
        return
    change.session.add(
        DocumentHolder(
            document_id=document.id,
            holder_kind=holder.kind,
            holder_id=holder.id,
            position=len(held),
        )
    )
    change.session.flush()


def hold_by(change: Change, document: Document, holders: Iterable[Recorded]) -> None:
    """Make these the objects that hold the document."""
    wanted = {holder.id: holder for holder in holders}
    for held in change.parts(DocumentHolder, document.id):
        if held.holder_id not in wanted:
            change.session.delete(held)
    change.session.flush()
    for holder in wanted.values():
        hold_document(change, document, holder)


def held_files(session: Session, file_ids: Iterable[UUID]) -> set[UUID]:
    """Those of the files that a version stands for."""
    rows = session.scalars(_HELD, {"wanted": list(file_ids)})
    return set(rows)


_HELD = select(DocumentVersion.file_id).where(
    DocumentVersion.file_id.in_(bindparam("wanted", expanding=True))
)


def _refuse_same_again(session: Session, document: Document, file: TakenIn) -> None:
    latest = session.scalar(
        select(DocumentVersion.number).where(
            DocumentVersion.document_id == document.id,
            DocumentVersion.number == document.latest,
            DocumentVersion.received_sha256 == file.received_sha256,
        )
    )
    if latest is not None:
        raise RuleBroken("This is the very file that is the newest version already.", field="file")


def _refuse_beyond_quota(session: Session, actor: Actor, size: int, quota_mib: int | None) -> None:
    most = QUOTA_MIB.get(actor.role) if quota_mib is None else quota_mib
    if most is None or actor.user_id is None:
        return
    sent = session.scalar(
        select(func.coalesce(func.sum(DocumentVersion.size), 0)).where(
            DocumentVersion.uploaded_by == actor.user_id
        )
    )
    if int(sent or 0) + size > most * MIB:
        raise RuleBroken(
            "You have sent as many files as one account may: %(most)s MB. "
            "Ask whoever administers the site for more.",
            field="file",
            most=most,
        )
