"""The file of a version, to be kept and never shown by the browser."""

from __future__ import annotations

import logging
import re
from urllib.parse import quote
from uuid import UUID

from flask import Response, current_app, send_file

from tracker.documents import blueprint, queries
from tracker.domain.access import Level, Permission
from tracker.domain.documents import Scan
from tracker.lang import N_, gettext
from tracker.models.access import AccessEvent
from tracker.storage import Damaged, Missing
from tracker.web import access_log, headers, uploads
from tracker.web.db import db
from tracker.web.errors import Refused
from tracker.web.guard import actor, requires

log = logging.getLogger(__name__)

_PLAIN = re.compile(r"[A-Za-z0-9 ._()-]+")

_DAMAGED = N_(
    "This file is damaged: it is not the one that was kept. It is not given out; "
    "whoever looks after the site can bring it back from a backup."
)
_INFECTED = N_("The virus scanner has found something in this file. It is not given out.")
_UNSCANNED = N_("This file is given out only once the virus scanner has looked at it.")


def can_be_fetched(scan: Scan) -> bool:
    """Whether a file of which the scanner says this is given out here."""
    return scan is Scan.CLEAN or (
        scan is Scan.UNSCANNED and not current_app.config["ONLY_SCANNED"]
    )


@blueprint.get("/<uuid:document_id>/versions/<int(max=9999):number>/file")
@requires(Permission.DOWNLOAD)
def file(document_id: UUID, number: int) -> Response:
    kept = queries.stored_file(db.session(), actor(), document_id, number)
    if not can_be_fetched(kept.scan):
        raise Refused(403, gettext(_INFECTED if kept.scan is Scan.INFECTED else _UNSCANNED))
    try:
        content = uploads.storage().open_whole(kept.file_id, kept.sha256)
    except (Damaged, Missing) as broken:
        log.error("document %s, version %s: %s", document_id, number, type(broken).__name__)
        _note(AccessEvent.DENIED, document_id, f"version {number}: damaged file")
        raise Refused(500, gettext(_DAMAGED)) from broken
    _note(AccessEvent.DOWNLOADED, document_id, f"version {number}")
    if kept.level is Level.CONFIDENTIAL:
        _note(AccessEvent.CONFIDENTIAL_READ, document_id, f"version {number}")
    response = send_file(content, mimetype=kept.media_type, conditional=False, etag=False)
    response.content_length = kept.size
    response.headers["Content-Disposition"] = _as_attachment(kept.name)
    headers.serve_as_file()
    return response


def _as_attachment(name: str) -> str:
    """To be saved, under its own name; under a plain one where a client reads only ASCII."""
    plain = name if _PLAIN.fullmatch(name) else f"document.{name.rpartition('.')[2]}"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _note(event: AccessEvent, document_id: UUID, detail: str) -> None:
    access_log.note(event, object_kind="document", object_id=document_id, detail=detail)
