"""The schema: as migrations make it, on both databases, and nothing else."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import JSON, Column, Engine, String, insert, inspect, literal, text
from sqlalchemy import Enum as Choice
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.databases import rolled_back
from tracker.domain.access import Level
from tracker.models import Base, accounts  # noqa: F401  the accounts tables join the metadata
from tracker.models.engine import writing
from tracker.models.migrate import downgrade, upgrade
from tracker.models.schema import MIGRATIONS, current, head
from tracker.models.types import LevelType, TextsType, UtcDateTime

COLUMNS = [column for table in Base.metadata.sorted_tables for column in table.columns]


def vocabulary(column: Column[Any]) -> type[Enum] | None:
    if isinstance(column.type, LevelType):
        return Level
    return column.type.enum_class if isinstance(column.type, Choice) else None


WORDED = [pytest.param(c, id=str(c)) for c in COLUMNS if vocabulary(c) is not None]
CHOICES = [pytest.param(c, id=str(c)) for c in COLUMNS if isinstance(c.type, Choice)]

# Rows of these are refused without one of two columns that may both be null.
ONE_OF = {
    "memorandum_parties": {"place_id": UUID(int=1)},
    "tie_parties": {"place_id": UUID(int=1)},
    # Two people, never one.
    "destroyed_objects": {"destroyed_by": UUID(int=2)},
    "level_proposals": {"decided_by": UUID(int=2)},
}


VECTORS = {("search_entries", "vector"), ("search_entries", "title_vector")}


def test_models_hold_what_migrations_make(engine: Engine) -> None:
    with engine.connect() as connection:
        options = {"compare_type": True, "include_name": is_modelled}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []


def is_modelled(name: str | None, kind: str, parents: Any) -> bool:
    """The full-text index has a form of its own in each database and belongs to no model."""
    if kind == "column":
        return (parents.get("table_name"), name) not in VECTORS
    return not (name or "").startswith(
        ("search_fts", "ix_search_entries_vector", "ix_search_entries_title_vector")
    )


def test_migrations_are_one_numbered_line() -> None:
    names = sorted(path.name for path in (MIGRATIONS / "versions").glob("*.py"))
    numbers = [int(re.fullmatch(r"(\d{4})_[a-z0-9_]+\.py", name)[1]) for name in names]  # type: ignore[index]
    assert numbers == list(range(1, len(names) + 1))
    assert ScriptDirectory(str(MIGRATIONS)).get_heads() == [head()]


def test_every_migration_goes_back_and_forth(empty_engine: Engine) -> None:
    assert current(empty_engine) == ""
    upgrade(empty_engine)
    assert current(empty_engine) == head()
    before = shape(empty_engine)
    downgrade(empty_engine, "base")
    assert set(shape(empty_engine)) <= {"alembic_version"}
    upgrade(empty_engine)
    assert shape(empty_engine) == before


def shape(engine: Engine) -> dict[str, Any]:
    found = inspect(engine)
    return {
        name: (
            [(c["name"], str(c["type"]), c["nullable"]) for c in found.get_columns(name)],
            sorted(str(index["name"]) for index in found.get_indexes(name)),
            sorted(str(check["name"]) for check in found.get_check_constraints(name)),
        )
        for name in found.get_table_names()
    }


@pytest.mark.parametrize("column", WORDED)
def test_every_member_of_every_vocabulary_is_storable(
    session: Session, column: Column[Any]
) -> None:
    without_foreign_keys(session)
    for member in vocabulary(column) or ():
        with session.begin_nested() as attempt:
            session.execute(insert(column.table).values({**row_of(column), column.name: member}))
            attempt.rollback()


@pytest.mark.parametrize("column", CHOICES)
def test_no_other_word_is_storable(session: Session, column: Column[Any]) -> None:
    without_foreign_keys(session)
    word = literal("no such word", String)
    with pytest.raises(IntegrityError):
        session.execute(insert(column.table).values({**row_of(column), column.name: word}))


def without_foreign_keys(session: Session) -> None:
    """Only the vocabulary is in question here: rows may point to nothing."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("PRAGMA defer_foreign_keys=ON"))
    else:
        session.execute(text("SET LOCAL session_replication_role = replica"))


def row_of(column: Column[Any]) -> dict[str, Any]:
    """Just enough for a row of this table to be accepted."""
    needed = {
        c.name: sample(c)
        for c in column.table.columns
        if not c.nullable
        and c.default is None
        and c.server_default is None
        and not (c.primary_key and c.autoincrement is True)
    }
    return needed | ONE_OF.get(column.table.name, {})


def sample(column: Column[Any]) -> Any:
    words = vocabulary(column)
    if words is not None:
        return next(iter(words))
    kind = column.type
    if isinstance(kind, UtcDateTime):
        return datetime(2021, 11, 7, tzinfo=UTC)
    if isinstance(kind, JSON | TextsType):
        return {}
    return {str: "x", int: 1, bool: True, bytes: b"x", date: date(2021, 11, 7), UUID: UUID(int=1)}[
        kind.python_type
    ]


@pytest.mark.database("sqlite")
def test_sqlite_is_set_up_for_records_of_state(engine: Engine) -> None:
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "busy_timeout": 5000,
        "trusted_schema": 0,
    }
    with engine.connect() as connection:
        for name, value in wanted.items():
            assert connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() == value, name


def test_a_rolled_back_test_leaves_no_row(engine: Engine) -> None:
    with rolled_back(engine) as connection:
        session = Session(bind=connection, join_transaction_mode="create_savepoint")
        session.execute(text("CREATE TABLE left_behind (id INTEGER)"))
        session.commit()
        session.close()
    with writing(False):
        assert "left_behind" not in inspect(engine).get_table_names()
