"""What the audit needs each day: the record of access sealed into it, and its end anchored."""

from __future__ import annotations

import logging
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tracker.models.engine import opened, writing
from tracker.record.anchors import AnchorsChanged, Why, anchor_now
from tracker.record.audit_digest import digest_days

log = logging.getLogger(__name__)


class Sealing:
    """Asked each minute; does its work when it has been started, and on each new day of UTC."""

    def __init__(self, database_url: str, instance: Path, key: bytes) -> None:
        self._database_url = database_url
        self._instance = instance
        self._key = key
        self._done: date | None = None

    def keep(self, now: datetime) -> None:
        if self._done == now.date():
            return
        with opened(self._database_url) as engine:
            self._digest(engine, now)
            self._anchor(engine, now)
        self._done = now.date()

    def _digest(self, engine: Engine, now: datetime) -> None:
        with writing(), Session(engine) as session:
            session.info["audit_key"] = self._key
            if digest_days(session, now) is not None:
                session.commit()

    def _anchor(self, engine: Engine, now: datetime) -> None:
        with writing(False), engine.connect() as connection:
            try:
                anchor_now(connection, self._instance, self._key, now, Why.DAILY)
            except AnchorsChanged as changed:
                log.error("%s was changed: no anchor is made until that is looked into", changed)
