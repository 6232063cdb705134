"""Pages by keyset: cursors that cannot be forged into a fault, neighbours, counts."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import Column, Date, Engine, Integer, MetaData, Table, Uuid, insert, select
from werkzeug.exceptions import BadRequest

from tests.databases import rolled_back
from tracker import lang
from tracker.models.keyset import (
    Cursor,
    MomentCursor,
    SequenceCursor,
    counted,
    newest_first,
)
from tracker.web import paging

SOME = Cursor(date(2021, 11, 7), UUID(int=7))


@pytest.mark.parametrize(
    "cursor", [SOME, Cursor(date.min, UUID(int=0)), Cursor(date.max, UUID(int=2**128 - 1))]
)
def test_a_cursor_survives_the_address(cursor: Cursor) -> None:
    assert paging.decode(paging.encode(cursor)) == cursor


def test_so_do_a_moment_and_a_number() -> None:
    moment = MomentCursor(datetime(2026, 11, 24, 8, 0, 0, 123456, tzinfo=UTC), UUID(int=7))
    assert paging.decode_moment(paging.encode(moment)) == moment
    number = SequenceCursor(2**31 - 1)
    assert paging.decode_number(paging.encode(number)) == number


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "=",
        "é",
        "a" * 1000,
        "\0",
        base64.urlsafe_b64encode(bytes(20)).decode(),
        base64.urlsafe_b64encode(b"\xff" * 20).decode(),
        base64.urlsafe_b64encode(b"a" * 19).decode(),
    ],
)
def test_nonsense_is_answered_400(app: Flask, text: str) -> None:
    with app.test_request_context("/", query_string={"after": text}), pytest.raises(BadRequest):
        paging.cursor()


@pytest.mark.parametrize("asked", [paging.moment_cursor, paging.sequence_cursor])
@pytest.mark.parametrize("packed", [b"", b"\xff" * 4, b"\xff" * 24, b"a" * 6, b"a" * 23])
def test_so_are_moments_and_numbers_that_no_database_holds(
    app: Flask, asked: Callable[[], object], packed: bytes
) -> None:
    text = base64.urlsafe_b64encode(packed).decode() or "="
    with app.test_request_context("/", query_string={"after": text}), pytest.raises(BadRequest):
        asked()


def test_pages_follow_one_another_whatever_shares_a_day(engine: Engine) -> None:
    table = Table(
        "some_rows",
        MetaData(),
        Column("n", Integer, primary_key=True),
        Column("day", Date),
        Column("id", Uuid),
        prefixes=["TEMPORARY"],
    )
    day = date(2021, 1, 1)
    made = [{"n": n, "day": day + timedelta(n // 4), "id": UUID(int=n)} for n in range(23)]
    with rolled_back(engine) as connection:
        table.create(connection)
        connection.execute(insert(table), made)
        wanted = select(table.c.n, table.c.day, table.c.id)
        seen: list[int] = []
        cursor = None
        while True:
            rows = connection.execute(
                newest_first(wanted, table.c.day, table.c.id, cursor, limit=5)
            ).all()
            seen += [row.n for row in rows[:5]]
            if len(rows) <= 5:
                break
            cursor = Cursor(rows[4].day, rows[4].id)
        assert seen == list(range(22, -1, -1))
        assert connection.execute(counted(wanted)).scalar() == 23
        assert connection.execute(counted(wanted, most=9)).scalar() == 10


def test_neighbours_keep_the_filters(app: Flask) -> None:
    rows = [Cursor(date(2021, 1, n), UUID(int=n)) for n in (3, 2, 1)]
    with app.test_request_context("/ties/?state=active&lang=en"):
        page = paging.page(rows, lambda row: row, limit=2)
    assert page.rows == tuple(rows[:2])
    assert page.older == f"?state=active&after={paging.encode(rows[1])}"
    assert page.newest == ""
    with app.test_request_context(f"/ties/{page.older}"):
        last = paging.page(rows[2:], lambda row: row, limit=2)
    assert (last.older, last.newest) == ("", "?state=active")


def test_counts_stop_where_nobody_counts_any_more() -> None:
    with lang.speaking("fa"):
        assert paging.count_said(1000) == "۱٬۰۰۰"
        assert paging.count_said(1001) == "۱٬۰۰۰+"
