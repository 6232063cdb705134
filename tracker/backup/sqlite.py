"""Records in a SQLite file: copied page by page out of one snapshot while others write."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import cast
from urllib.parse import quote

from sqlalchemy import Connection, Engine, NullPool, create_engine, make_url, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from tracker.backup import documents, folders
from tracker.backup.chain import head_of, refuse_broken
from tracker.backup.manifest import Contents, Manifest, Table, changed
from tracker.backup.progress import Progress, counted
from tracker.domain.errors import RuleBroken
from tracker.lang import gettext as _
from tracker.models import schema
from tracker.models.engine import opened, writing

KIND = "sqlite"
FILE = "records.db"
Dumped = tuple[Contents, tuple[documents.Wanted, ...]]
_PAGES_AT_ONCE = 2048
_LOGS = ("-wal", "-shm")


def dump(url: str, folder: Path, progress: Progress) -> Dumped:
    """Copy the records into the folder; answers what the copy holds."""
    doing = _("Copying the records")
    target = folder / FILE
    target.touch(0o600)
    with (
        opened(url, may_create=False) as engine,
        writing(False),
        engine.connect() as connection,
        closing(sqlite3.connect(target)) as copy,
    ):
        # Holding a snapshot, the copy is not begun anew each time that somebody writes.
        connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar()
        _raw(connection).backup(
            copy,
            pages=_PAGES_AT_ONCE,
            progress=lambda _status, left, total: progress(doing, total - left, total),
        )
        # A file of its own, without a log beside it.
        copy.execute("PRAGMA journal_mode=DELETE")
    with _reading(target) as engine, engine.connect() as connection:
        return contents(target, progress), documents.wanted(connection)


def verify(folder: Path, manifest: Manifest, key: bytes, progress: Progress) -> None:
    """Whether the copy is sound and holds what the manifest says; RuleBroken when not."""
    found = contents(folder / FILE, progress)
    if found != manifest.contents:
        raise changed()
    with _reading(folder / FILE) as engine, Session(engine) as session:
        refuse_broken(session, key, progress)


def contents(file: Path, progress: Progress) -> Contents:
    """What a copy holds, table by table, once it is known to be sound."""
    with _reading(file) as engine, engine.connect() as connection:
        raw = _raw(connection)
        found = raw.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if found != "ok":
            raise RuleBroken("The database is damaged: %(reason)s", reason=found)
        names = counted(_table_names(raw), _("Counting the records"), progress)
        return Contents(
            schema.current(engine), head_of(connection), tuple(_sum(raw, name) for name in names)
        )


def is_empty(url: str) -> bool:
    """Whether nothing would be lost with the database of that address; a damaged one is kept."""
    file = _file(url)
    if not file.exists() or file.stat().st_size == 0:
        return True
    with (
        suppress(DatabaseError),
        opened(url, may_create=False) as engine,
        engine.connect() as connection,
    ):
        return schema.is_unused(connection)
    return False


@contextmanager
def restored(
    url: str, folder: Path, manifest: Manifest, now: datetime, _key: bytes, _progress: Progress
) -> Iterator[None]:
    """Have the records ready beside their place, and put them there when the block ends well.
    What was there is set aside under a name that says when."""
    place = _file(url)
    folders.make(place.parent)
    ready = place.with_name(f"{place.name}.restored")
    ready.unlink(missing_ok=True)
    try:
        _, digest = folders.copy(folder / FILE, ready)
        if digest != next(file.sha256 for file in manifest.files if file.path == FILE):
            raise RuleBroken("The records could not be written as they are in the backup.")
        yield
        if not is_empty(url):
            _set_aside(url, place, f".before-{now:%Y%m%dT%H%M%SZ}")
        for log in _LOGS:
            place.with_name(place.name + log).unlink(missing_ok=True)
        # There is a database at this place at every moment.
        ready.replace(place)
        folders.write_through(place.parent)
    finally:
        ready.unlink(missing_ok=True)


def _set_aside(url: str, place: Path, ending: str) -> None:
    with (
        suppress(DatabaseError),  # a damaged one is set aside as it is
        opened(url, may_create=False) as engine,
        engine.connect() as connection,
    ):
        # What stands only in the log beside the file is brought into it.
        _raw(connection).execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for part in ("", *_LOGS):
        with suppress(FileNotFoundError):
            os.link(
                place.with_name(place.name + part), place.with_name(place.name + ending + part)
            )


def _raw(connection: Connection) -> sqlite3.Connection:
    """The driver's own: copying page by page is no statement."""
    return cast(sqlite3.Connection, connection.connection.driver_connection)


def _file(url: str) -> Path:
    return Path(make_url(url).database or "")


@contextmanager
def _reading(file: Path) -> Iterator[Engine]:
    """A copy that nobody writes to, opened so that not a byte of it changes."""
    address = f"file:{quote(str(file))}?mode=ro&immutable=1"
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(address, uri=True, check_same_thread=False),
        poolclass=NullPool,
    )
    try:
        yield engine
    finally:
        engine.dispose()


def _table_names(raw: sqlite3.Connection) -> list[str]:
    """The tables that hold records: not those that SQLite and the full-text index keep for
    themselves, which the check of the whole file covers."""
    rows = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name")
    tables = dict(rows.fetchall())
    virtual = tuple(name for name, sql in tables.items() if sql.startswith("CREATE VIRTUAL"))
    own = ("sqlite_", *virtual)
    return [name for name in tables if not name.startswith(own)]


def _sum(raw: sqlite3.Connection, name: str) -> Table:
    columns = raw.execute("SELECT name, pk FROM pragma_table_info(?)", (name,)).fetchall()
    key = [column for column, place in sorted(columns, key=lambda each: each[1]) if place]
    order = ", ".join(f'"{column}"' for column in key) or "rowid"
    chosen = ", ".join(f'"{column}"' for column, _place in columns)
    digest, rows = hashlib.sha256(), 0
    # The names are the database's own.
    for row in raw.execute(f'SELECT {chosen} FROM "{name}" ORDER BY {order}'):  # noqa: S608
        digest.update(repr(row).encode())
        rows += 1
    return Table(name, tuple(column for column, _place in columns), rows, digest.hexdigest())
