"""Connections: the product's settings on every one, and transactions that announce a write."""

from __future__ import annotations

import ast
import stat
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, insert, text
from sqlalchemy.exc import IntegrityError, OperationalError

from tests.databases import rolled_back
from tests.web.conftest import Enter, token
from tracker.models.access import AccessEntry, AccessEvent
from tracker.models.engine import make_engine, writes, writing
from tracker.models.ids import new_id
from tracker.web import guard

SETTINGS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "busy_timeout": 5000,
    "recursive_triggers": 1,
    "trusted_schema": 0,
}


@pytest.fixture
def file(tmp_path: Path) -> Engine:
    return make_engine(f"sqlite:///{tmp_path}/some.db")


def test_every_connection_has_our_settings(file: Engine) -> None:
    with file.connect() as one, file.connect() as other:
        for connection in (one, other):
            for name, value in SETTINGS.items():
                assert connection.execute(text(f"PRAGMA {name}")).scalar() == value
    file.dispose()


def test_nobody_else_reads_the_file(tmp_path: Path) -> None:
    with make_engine(f"sqlite:///{tmp_path}/some.db").connect() as connection:
        connection.execute(text("CREATE TABLE t (n INTEGER)"))
        connection.commit()
        modes = {stat.S_IMODE(each.stat().st_mode) for each in tmp_path.iterdir()}
        assert modes == {0o600}
        connection.engine.dispose()


def test_what_is_rolled_back_is_gone(file: Engine) -> None:
    with file.connect() as connection:
        connection.execute(text("CREATE TABLE t (n INTEGER)"))
        connection.rollback()
        assert connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar() == 0
    file.dispose()


def test_reading_before_writing_never_loses_to_another_writer(file: Engine) -> None:
    with writing(), file.begin() as connection:
        connection.execute(text("CREATE TABLE t (n INTEGER)"))
        connection.execute(text("INSERT INTO t VALUES (0)"))
    failures: list[BaseException] = []

    def count_up() -> None:
        try:
            for _ in range(25):
                with writing(), file.begin() as connection:
                    n = connection.execute(text("SELECT n FROM t")).scalar() or 0
                    connection.execute(text("UPDATE t SET n = :n"), {"n": n + 1})
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with file.connect() as connection:
        assert connection.execute(text("SELECT n FROM t")).scalar() == 100
    assert failures == []
    file.dispose()


@pytest.mark.database("sqlite")
def test_an_append_only_table_takes_no_replacement(engine: Engine) -> None:
    entry = {"id": new_id(), "at": datetime.now(UTC), "event": AccessEvent.DENIED}
    with rolled_back(engine) as connection:
        connection.execute(insert(AccessEntry).values(entry))
        with pytest.raises(IntegrityError, match="append-only"):
            connection.execute(insert(AccessEntry).prefix_with("OR REPLACE").values(entry))


def test_requests_write_by_their_method(probe: Flask, enter: Enter) -> None:
    seen = []

    def look() -> str:
        seen.append(writes.get())
        return ""

    probe.add_url_rule("/look", "look", guard.public(look), methods=["GET", "POST"])
    guard.check_stamps(probe)
    staff = enter("staff")
    staff.get("/look")
    staff.post("/look", data={"csrf_token": token(staff, "/account")})
    staff.get("/look")
    assert seen == [False, True, False]


def holding_one_row(file: Path) -> Engine:
    made = make_engine(f"sqlite:///{file}")
    with writing(), made.begin() as connection:
        connection.execute(text("CREATE TABLE t AS SELECT 1 AS n"))
    return made


def test_a_file_that_is_gone_is_not_made_again(tmp_path: Path) -> None:
    file = tmp_path / "some.db"
    engine = holding_one_row(file)
    file.rename(tmp_path / "away.db")
    for _ in range(2):
        with pytest.raises(OperationalError, match="unable to open"):
            engine.connect()
    assert not file.exists()
    (tmp_path / "away.db").rename(file)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT n FROM t")).scalar() == 1
    engine.dispose()


def test_a_file_that_was_replaced_is_opened_anew(tmp_path: Path) -> None:
    engine = holding_one_row(tmp_path / "some.db")
    other = holding_one_row(tmp_path / "other.db")
    with writing(), other.begin() as connection:
        connection.execute(text("UPDATE t SET n = 2"))
    other.dispose()
    for log in ("some.db-wal", "some.db-shm"):  # as putting back a backup does
        (tmp_path / log).unlink()
    (tmp_path / "other.db").rename(tmp_path / "some.db")
    with engine.connect() as connection:
        assert connection.execute(text("SELECT n FROM t")).scalar() == 2
    engine.dispose()


def test_nothing_opens_a_database_in_another_way() -> None:
    """What is set on every connection is set on every one; a backup reads a copy nobody writes."""
    root = Path(__file__).resolve().parents[2]
    sources = [path for part in ("tracker", "migrations") for path in (root / part).rglob("*.py")]
    opening = {
        str(path.relative_to(root))
        for path in sources
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in ("create_engine", "sqlite3.connect", "psycopg.connect")
    }
    assert opening == {"tracker/models/engine.py", "tracker/backup/sqlite.py"}
