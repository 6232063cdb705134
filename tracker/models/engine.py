"""One way to open the database, for the web, the commands, the worker and the tests alike."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, make_url
from sqlalchemy.exc import DisconnectionError

# Whether the transactions begun here may write. A transaction that reads first and writes later
# cannot be upgraded in SQLite once another writer came between: it must announce itself.
writes: ContextVar[bool] = ContextVar("writes", default=False)

_ON_CONNECT = (
    "PRAGMA journal_mode=WAL",
    # These are records of state: the last commit has to survive a power cut.
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=5000",
    # Without it INSERT OR REPLACE overwrites a row of a table that triggers keep append-only.
    "PRAGMA recursive_triggers=ON",
    "PRAGMA trusted_schema=OFF",
    # Kilobytes for each connection, of which a web worker has one a thread; the system keeps the
    # file's pages in memory once for all of them.
    "PRAGMA cache_size=-1000",
)


@contextmanager
def writing(wanted: bool = True) -> Iterator[None]:
    """Begin the transactions inside as ones that write (with False: that only read)."""
    token = writes.set(wanted)
    try:
        yield
    finally:
        writes.reset(token)


def make_engine(url: str, *, may_create: bool = True, **options: Any) -> Engine:
    """An engine for `url`, with the product's settings on every connection. A SQLite file that
    goes missing later is never made again by connecting: that would be an empty database."""
    if make_url(url).get_backend_name() == "postgresql":
        options.setdefault("pool_pre_ping", True)
    options.setdefault("json_serializer", _json)
    engine = create_engine(url, **options)
    if engine.dialect.name == "sqlite":
        if may_create:
            keep_private(engine)
        event.listen(engine, "do_connect", _open_what_is_there)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "checkout", _refuse_moved)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


@contextmanager
def opened(url: str, **options: Any) -> Iterator[Engine]:
    """An engine for one piece of work; no connection of it is left."""
    engine = make_engine(url, poolclass=NullPool, **options)
    try:
        yield engine
    finally:
        engine.dispose()


def _json(value: Any) -> str:
    # Persian stays readable, and takes a third of the room of its escapes.
    return json.dumps(value, ensure_ascii=False)


def keep_private(engine: Engine) -> None:
    """Make a SQLite file before SQLite does, which would let everybody read it."""
    file = engine.url.database
    if engine.dialect.name == "sqlite" and file and file != ":memory:":
        # Never one that is there: closing it would let go of the locks that this process holds
        # on it. Whatever else is wrong, connecting will say.
        with contextlib.suppress(OSError):
            os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def _open_what_is_there(
    _dialect: Any, record: Any, positional: list[Any], named: dict[str, Any]
) -> None:
    file = positional[0]
    if file == ":memory:" or file.startswith("file:"):
        return
    positional[0], named["uri"] = f"file:{quote(file)}?mode=rw", True
    record.info["file"] = file, _identity(file)


def _refuse_moved(_connection: Any, record: Any, _fairy: Any) -> None:
    """Open anew when the file at this address is no longer the one that was opened: what would be
    written to that one would be lost."""
    file, opened_as = record.info.get("file", (None, None))
    if file is not None and _identity(file) != opened_as:
        raise DisconnectionError(f"{file} was moved or replaced")


def _identity(file: str) -> tuple[int, int] | None:
    try:
        found = os.stat(file)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver begins transactions behind one's back, and only before writes; off with it.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _ON_CONNECT:
        cursor.execute(pragma)
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes.get() else "BEGIN")
