"""Records in PostgreSQL: every table by COPY out of one snapshot, with nothing but the driver.

The schema is not copied: the migrations make it, at the revision that the backup was taken at.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, String, inspect, text
from sqlalchemy.orm import Session

from tracker.backup import documents, folders, spelled
from tracker.backup.chain import head_of, refuse_broken
from tracker.backup.manifest import Contents, Manifest, Table, changed
from tracker.backup.progress import Progress, counted
from tracker.lang import gettext as _
from tracker.models import schema
from tracker.models.engine import opened, writing
from tracker.models.migrate import downgrade_within, upgrade_within

KIND = "postgresql"
FOLDER = "records"
Buffer = bytes | memoryview
Dumped = tuple[Contents, tuple[documents.Wanted, ...]]
# The same bytes for the same rows, whatever a server is set to.
_SPELLING = (
    "SET LOCAL client_encoding = 'UTF8'",
    "SET LOCAL datestyle = 'ISO, YMD'",
    "SET LOCAL timezone = 'UTC'",
    "SET LOCAL bytea_output = 'hex'",
    "SET LOCAL extra_float_digits = 1",
)


@dataclass(frozen=True, slots=True)
class Shape:
    """A table: what is copied of it, in which order."""

    name: str
    columns: tuple[str, ...]
    order: tuple[str, ...]


def dump(url: str, folder: Path, progress: Progress) -> Dumped:
    """Copy every table into the folder; answers what they hold."""
    folders.make(folder / FOLDER)
    with _snapshot(url) as connection:
        tables = []
        for shape in counted(_shapes(connection), _("Copying the records"), progress):
            with folders.private(_file(folder, shape.name)) as file:
                tables.append(_copied(connection, shape, file.write))
        held = Contents(schema.present(connection), head_of(connection), tuple(tables))
        return held, documents.wanted(connection)


def verify(folder: Path, manifest: Manifest, key: bytes, progress: Progress) -> None:
    """Whether the copies hold what the manifest says; RuleBroken when not. No server is asked: the
    chain is laid out in a database in memory."""
    for table in manifest.contents.tables:
        with _file(folder, table.name).open("rb") as file:
            rows = sum(1 for _line in file)
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if (rows, digest) != (table.rows, table.sha256):
            raise changed()
    with spelled.chain(folder / FOLDER, manifest.contents.tables) as session:
        refuse_broken(session, key, progress)
        if head_of(session.connection()) != manifest.contents.head:
            raise changed()


def is_empty(url: str) -> bool:
    """Whether nothing would be lost with the database of that address."""
    with _snapshot(url) as connection:
        return schema.is_unused(connection)


@contextmanager
def restored(
    url: str, folder: Path, manifest: Manifest, now: datetime, key: bytes, progress: Progress
) -> Iterator[None]:
    """Fill the tables in one transaction, look at them as they stand there, and commit when the
    block ends well. What was there is set aside as a schema whose name says when."""
    with (
        opened(url) as engine,
        writing(),
        engine.begin() as connection,
    ):
        _make_room(connection, now)
        upgrade_within(connection, manifest.contents.schema)
        _spell(connection)
        _fill(connection, folder, manifest.contents.tables, progress)
        shapes = counted(_shapes(connection), _("Counting the records"), progress)
        found = Contents(
            schema.present(connection),
            head_of(connection),
            tuple(_copied(connection, shape, lambda _block: None) for shape in shapes),
        )
        if found != manifest.contents:
            raise changed()
        with Session(bind=connection) as session:
            refuse_broken(session, key, progress)
        yield


def _make_room(connection: Connection, now: datetime) -> None:
    if not schema.is_unused(connection):
        # Its name is the database's own.
        own = connection.execute(text("SELECT quote_ident(current_schema())")).scalar_one()
        aside = f"before_{now:%Y%m%dt%H%M%Sz}"
        connection.execute(text(f"ALTER SCHEMA {own} RENAME TO {aside}"))
        connection.execute(text(f"CREATE SCHEMA {own}"))
    elif schema.present(connection):
        downgrade_within(connection, "base")


def _fill(
    connection: Connection, folder: Path, tables: tuple[Table, ...], progress: Progress
) -> None:
    for table in reversed(tables):  # what migrations put in comes with the backup as well
        connection.execute(text(f"DELETE FROM {_quoted(table.name)}"))  # noqa: S608
    for table in counted(tables, _("Writing the records"), progress):
        columns = ", ".join(map(_quoted, table.columns))
        into = f"COPY {_quoted(table.name)} ({columns}) FROM STDIN"
        with (
            _file(folder, table.name).open("rb") as file,
            _cursor(connection) as cursor,
            cursor.copy(into) as copy,
        ):
            while block := file.read(2**18):
                copy.write(block)


@contextmanager
def _snapshot(url: str) -> Iterator[Connection]:
    """One look at the database: whatever is written meanwhile does not show."""
    with (
        opened(url, isolation_level="REPEATABLE READ") as engine,
        engine.connect() as connection,
    ):
        _spell(connection)
        yield connection


def _spell(connection: Connection) -> None:
    for each in _SPELLING:
        connection.execute(text(each))


def _shapes(connection: Connection) -> list[Shape]:
    """Every table, each after those that it points at."""
    found = inspect(connection)
    columns, keys = found.get_multi_columns(), found.get_multi_pk_constraint()
    names = [name for name, _keys in found.get_sorted_table_and_fkc_names() if name is not None]
    shapes = []
    for name in names:
        kept = [each for each in columns[None, name] if "computed" not in each]
        chosen = tuple(each["name"] for each in kept)
        worded = {each["name"] for each in kept if isinstance(each["type"], String)}
        # The order of words is that of their bytes, not that of the server's language.
        order = tuple(
            f'{_quoted(column)} COLLATE "C"' if column in worded else _quoted(column)
            for column in keys[None, name]["constrained_columns"] or chosen
        )
        shapes.append(Shape(name, chosen, order))
    return shapes


def _copied(connection: Connection, shape: Shape, write: Callable[[Buffer], object]) -> Table:
    """Hand a table's rows to `write`, in order of their key; answers what they came to."""
    select = (
        f"SELECT {', '.join(map(_quoted, shape.columns))}"  # noqa: S608
        f" FROM {_quoted(shape.name)} ORDER BY {', '.join(shape.order)}"
    )
    digest, rows = hashlib.sha256(), 0
    with _cursor(connection) as cursor, cursor.copy(f"COPY ({select}) TO STDOUT") as copy:
        for block in copy:
            digest.update(block)
            write(block)
            rows += bytes(block).count(b"\n")
    return Table(shape.name, shape.columns, rows, digest.hexdigest())


@contextmanager
def _cursor(connection: Connection) -> Iterator[Any]:
    """A cursor of the driver, in the transaction of the connection: SQLAlchemy has no COPY."""
    with connection.connection.driver_connection.cursor() as cursor:  # type: ignore[union-attr]
        yield cursor


def _file(folder: Path, table: str) -> Path:
    return folder / FOLDER / f"{table}{spelled.ENDING}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
