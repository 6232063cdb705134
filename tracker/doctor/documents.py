"""The files of documents: all there, each the one that was kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from tracker.background.files import LEFT_ALONE, without_row
from tracker.config import Settings
from tracker.doctor.findings import Finding, good, note, wrong
from tracker.lang import format_number, ngettext
from tracker.lang import gettext as _
from tracker.models import DocumentVersion
from tracker.models.engine import opened, writing
from tracker.storage import Damaged, Missing, Storage

_MOST_NAMED = 5


def examine(settings: Settings, now: datetime) -> Iterator[Finding]:
    """Every file is read; what stands against the database itself is for its own check to say."""
    storage = Storage(settings.documents_folder)
    try:
        with (
            opened(settings.database_url, may_create=False) as engine,
            writing(False),
            Session(engine) as session,
        ):
            yield _files(session, storage)
            yield from _belonging_to_nothing(session, storage, now)
    except SQLAlchemyError:
        return


def _files(session: Session, storage: Storage) -> Finding:
    title = _("Documents")
    count, broken = 0, []
    rows = session.execute(
        select(DocumentVersion.document_id, DocumentVersion.file_id, DocumentVersion.sha256)
        .order_by(DocumentVersion.file_id)
        .execution_options(yield_per=500)
    )
    for document_id, file_id, sha256 in rows:
        count += 1
        try:
            storage.open_whole(file_id, sha256).close()
        except (Missing, Damaged) as error:
            broken.append(f"/documents/{document_id} ({type(error).__name__.lower()})")
    if broken:
        named = ", ".join(broken[:_MOST_NAMED]) + (" …" if len(broken) > _MOST_NAMED else "")
        said = ngettext(
            "%(n)s file is missing or damaged: %(named)s",
            "%(n)s files are missing or damaged: %(named)s",
            len(broken),
            named=named,
        )
        return wrong("documents", title, said, _("Bring them back from a backup."))
    said = ngettext("%(n)s file, as it was kept", "%(n)s files, as they were kept", count)
    return good("documents", title, said)


def _belonging_to_nothing(session: Session, storage: Storage, now: datetime) -> Iterator[Finding]:
    lost = sum(1 for _file in without_row(session, storage, now - LEFT_ALONE))
    if lost:
        yield note(
            "documents without a record",
            _("Files of nothing"),
            format_number(lost),
            _("The background process clears them away within the hour, unless they are many."),
        )
