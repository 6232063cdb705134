"""The documents that an object holds, for the block of them on its page."""

from __future__ import annotations

from uuid import UUID

from flask import Flask

from tracker.record import reads
from tracker.record.reads import DocumentLine
from tracker.web.db import db
from tracker.web.guard import actor


def install(app: Flask) -> None:
    # Every object's page has the block: it asks for itself, and no page has to hand it in.
    app.jinja_env.globals["documents_held"] = _held


def _held(holder_id: UUID) -> list[DocumentLine]:
    return reads.documents_held(db.session(), actor(), holder_id)
