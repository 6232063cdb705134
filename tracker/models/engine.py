"""One way to open the database, for the web, the commands, the worker and the tests alike."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url

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


def make_engine(url: str, **options: Any) -> Engine:
    """An engine for `url`, with the product's settings on every connection."""
    if make_url(url).get_backend_name() == "postgresql":
        options.setdefault("pool_pre_ping", True)
    options.setdefault("json_serializer", _json)
    engine = create_engine(url, **options)
    if engine.dialect.name == "sqlite":
        _keep_private(engine.url.database)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _json(value: Any) -> str:
    # Persian stays readable, and takes a third of the room of its escapes.
    return json.dumps(value, ensure_ascii=False)


def _keep_private(file: str | None) -> None:
    """Make the file before SQLite does, which would let everybody read it."""
    if file and file != ":memory:":
        with contextlib.suppress(OSError):  # whatever is wrong, connecting will say
            os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver begins transactions behind one's back, and only before writes; off with it.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _ON_CONNECT:
        cursor.execute(pragma)
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes.get() else "BEGIN")
