"""Whether the database file is sound: looked at each hour, and noted beside the heartbeat when it
is not, so that every process knows."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import DatabaseError, OperationalError

from tracker.models.engine import opened

NAME = "damaged"
EVERY_SECONDS = 3600.0


def damage(instance: Path) -> str:
    """What is wrong with the database file as far as anybody noticed; "" if nothing."""
    try:
        return (instance / NAME).read_text(encoding="utf-8") or NAME
    except FileNotFoundError:
        return ""


def note(instance: Path, what: str) -> None:
    with contextlib.suppress(OSError):  # a full disk says so by itself
        (instance / NAME).write_text(what, encoding="utf-8")


def mend(instance: Path) -> None:
    """It was looked at and found sound, or another has taken its place."""
    (instance / NAME).unlink(missing_ok=True)


class Watch:
    """Looks when it is called, at most once an hour."""

    def __init__(self, url: str, instance: Path) -> None:
        self._url = url
        self._instance = instance
        self._looked_at = float("-inf")

    def __call__(self) -> None:
        if time.monotonic() - self._looked_at >= EVERY_SECONDS:
            look(self._url, self._instance)
            self._looked_at = time.monotonic()


def look(url: str, instance: Path) -> None:
    """Read every page of a SQLite file. PostgreSQL watches over its own."""
    if make_url(url).get_backend_name() != "sqlite":
        return
    try:
        with opened(url, may_create=False) as engine, engine.connect() as connection:
            found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    except OperationalError:
        return  # out of reach just now, which says nothing of its pages
    except DatabaseError as error:
        found = str(error.orig)
    if found == "ok":
        mend(instance)
    else:
        note(instance, str(found))
