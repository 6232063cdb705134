"""The rows of `user_sessions`, written on a connection of their own after the main transaction."""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import request
from sqlalchemy import Row, delete, insert, or_, update
from sqlalchemy.exc import SQLAlchemyError

from tracker.models.access import UserSession
from tracker.models.engine import writing
from tracker.web import limits, standing
from tracker.web.db import SAFE_METHODS, db

log = logging.getLogger(__name__)


def token_hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def find(hashed: bytes) -> Row[Any] | None:
    """On the connection that a page is about to read from anyway; whatever may write keeps the
    main transaction to itself, and this goes beside it."""
    if request.method in SAFE_METHODS:
        reading = db.session().connection()
        return reading.execute(standing.FIND, {"token_hash": hashed}).one_or_none()
    with writing(False), db.engine.connect() as connection:
        return connection.execute(standing.FIND, {"token_hash": hashed}).one_or_none()


def replace(old: bytes | None, new: dict[str, Any] | None, now: datetime) -> None:
    """The session under the old token is over, and whatever has lasted too long; a new one may
    begin."""
    stale = UserSession.created_at < now - limits.LONGEST_ABSOLUTE
    if old is not None:
        stale = or_(stale, UserSession.token_hash == old)
    with writing(), db.engine.begin() as connection:
        connection.execute(delete(UserSession).where(stale))
        if new is not None:
            connection.execute(insert(UserSession).values(new))


def renew(row_id: UUID, old: bytes, values: dict[str, Any]) -> bool:
    """Write what somebody's rights hang on; False when its token has been changed meanwhile."""
    changed = update(UserSession).where(UserSession.id == row_id, UserSession.token_hash == old)
    with writing(), db.engine.begin() as connection:
        return bool(connection.execute(changed.values(values)).rowcount)


def note(row_id: UUID, values: dict[str, Any]) -> None:
    """Write what nobody's rights hang on: a full disk must not stop anybody from reading."""
    noted = update(UserSession).where(UserSession.id == row_id).values(values)
    try:
        with writing(), db.engine.begin() as connection:
            connection.execute(noted)
    except SQLAlchemyError:
        log.warning("the session could not be written", exc_info=True)
