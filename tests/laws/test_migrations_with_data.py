"""Each migration, undone and done again over the demo story: what the older schema can hold is
there afterwards, to the last letter."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, inspect, text
from sqlalchemy.orm import Session

from tests import build
from tests.databases import Server
from tracker import demo
from tracker.models.engine import make_engine, writing
from tracker.models.migrate import downgrade, upgrade
from tracker.models.schema import head

Rows = dict[str, list[str]]
Columns = dict[str, list[str]]


@pytest.fixture
def told(server: Server) -> Iterator[Engine]:
    """A database with the demo story and an account in it."""
    url = server.copy()
    engine = make_engine(url)
    with writing(), Session(engine) as session:
        session.info["audit_key"] = b"the key of tests"
        build.account(session)
        demo.load(session, build.NOW)
    yield engine
    engine.dispose()
    server.drop(url)


def columns(engine: Engine) -> Columns:
    """What the tables hold, but for what the database works out by itself."""
    return {
        name: [each["name"] for each in found if "computed" not in each]
        for (_schema, name), found in inspect(engine).get_multi_columns().items()
        if not name.startswith("search_fts") and name != "alembic_version"
    }


def rows(engine: Engine, wanted: Columns) -> Rows:
    with engine.connect() as connection:
        return {
            name: sorted(map(repr, connection.execute(text(_everything(name, held))).all()))
            for name, held in wanted.items()
        }


def _everything(table: str, held: list[str]) -> str:
    chosen = ", ".join(f'"{column}"' for column in held)
    return f'SELECT {chosen} FROM "{table}"'  # noqa: S608  the names of our own schema


def test_nothing_that_an_older_schema_holds_is_lost_and_all_comes_up_again(told: Engine) -> None:
    for number in range(int(head()), 1, -1):
        undo_and_do_again(told, f"{number:04}", f"{number - 1:04}")
    upgrade(told)
    with writing(), Session(told) as session:
        session.info["audit_key"] = b"the key of tests"
        build.place(session, build.account(session))


def undo_and_do_again(told: Engine, revision: str, older: str) -> None:
    """From `revision` to the one before it, where this leaves the database."""
    newest = columns(told)
    downgrade(told, older)
    held = {
        name: [each for each in kept if each in newest[name]]
        for name, kept in columns(told).items()
        if name in newest
    }
    below = rows(told, held)
    upgrade(told, revision)
    assert rows(told, held) == below, revision
    assert columns(told) == newest, revision
    with writing(False), told.connect() as connection:
        if told.dialect.name == "sqlite":
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
            assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    downgrade(told, older)
