"""The baseline A: bare Flask, the sqlite3 of the standard library, rows joined to a string.

It asks the same file the same questions in the same words (`bench.same_sql`) and does nothing
else: nobody is signed in, nothing is translated, marked or audited. What is created is created by
the fewest statements that keep a meeting, its filing and its search entry.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from datetime import date
from html import escape
from pathlib import Path
from time import time_ns
from typing import Any
from uuid import uuid4

from flask import Flask, Response, redirect, request

from tracker.domain.text import fold

_LAST_KEY = "SELECT max(key) FROM search_entries WHERE key >= ? AND key < ?"
_PRAGMAS = ("synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000", "recursive_triggers=ON")


class _Own(threading.local):
    """A connection for each thread, set up like the product's."""

    def __init__(self, file: str) -> None:
        self.connection = sqlite3.connect(file, isolation_level=None)
        for pragma in _PRAGMAS:
            self.connection.execute(f"PRAGMA {pragma}")


def create_app(file: str, written_down: str) -> Flask:
    """The baseline over a database of SQLite and the statements of each page."""
    app = Flask("bench.baseline")
    own = _Own(file)
    pages = json.loads(Path(written_down).read_text())

    def page(name: str, asked: str = "") -> str:
        """The rows of a page's statements, for another id than that they were heard for."""
        heard = pages[name]
        like = heard["like"].rpartition("=")[2].rpartition("/")[2]
        return _page(name, _rows(own.connection, heard["statements"], like, asked))

    @app.get("/empty")
    def empty() -> str:
        return "empty"

    @app.get("/meetings/")
    def listing() -> str:
        tie = request.args.get("tie")
        return page("list", tie) if tie else page("list of all")

    @app.get("/meetings/<id_>")
    def one(id_: str) -> str:
        return page("detail", id_)

    @app.get("/search")
    def search() -> str:
        wanted = f"?{request.query_string.decode()}"
        return page(next(name for name in pages if pages[name]["like"].endswith(wanted)))

    @app.post("/meetings/new")
    def new() -> Response:
        form = request.form
        id_ = _create(own.connection, form["title"], form["held_on"], form["tie"])
        return redirect(f"/meetings/{id_}", 303)  # type: ignore[return-value]

    return app


def _rows(connection: sqlite3.Connection, statements: Any, like: str, asked: str) -> Iterator[str]:
    for statement, values in statements:
        these = [asked if value == like else value for value in values] if asked else values
        for row in connection.execute(statement, these):
            yield "<tr>" + "".join(f"<td>{escape(str(value))}</td>" for value in row) + "</tr>"


def _create(connection: sqlite3.Connection, title: str, held_on: str, tie: str) -> str:
    """A meeting with its filing and its search entry, in one transaction."""
    id_, folded, shown = uuid4().hex, fold(title), json.dumps({"fa": title}, ensure_ascii=False)
    now = f"{date.today()} 00:00:00.{time_ns() % 1_000_000:06d}"  # noqa: DTZ011  any instant does
    first = date.fromisoformat(held_on).toordinal() << 24
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(
        "INSERT INTO meetings (id, title, meeting_kind, also_called, state, held_first, held_last,"
        " held_raw, held_sort, zone, place_note, note, version, level, effective_level,"
        " created_at, updated_at) VALUES"
        " (?, ?, 'courtesy call', '{}', 'held', ?, ?, '', ?, '', '{}', '{}', 1, 1, 1, ?, ?)",
        (id_, shown, held_on, held_on, held_on, now, now),
    )
    connection.execute(
        "INSERT INTO filings (id, holder_kind, holder_id, object_kind, object_id, on_first,"
        " on_last, on_raw, on_sort, inferred, reason, position) VALUES"
        " (?, 'meeting', ?, 'tie', ?, ?, ?, '', ?, 0, '{}', 0)",
        (uuid4().hex, id_, tie, held_on, held_on, held_on),
    )
    last = connection.execute(_LAST_KEY, (first, first + (1 << 24))).fetchone()[0]
    key = first if last is None else last + 1
    connection.execute(
        "INSERT INTO search_entries (key, object_kind, object_id, effective_level, sort_on, title,"
        " titled, folded) VALUES (?, 'meeting', ?, 1, ?, ?, ?, ?)",
        (key, id_, held_on, shown, folded, folded),
    )
    connection.execute(
        "INSERT INTO search_fts (rowid, titled, folded) VALUES (?, ?, ?)", (key, folded, folded)
    )
    connection.execute("COMMIT")
    return id_


def _page(heading: str, parts: Iterable[str]) -> str:
    return (
        '<!doctype html><html lang="fa" dir="rtl"><head><meta charset="utf-8">'
        f"<title>{heading}</title></head><body><h1>{heading}</h1>{''.join(parts)}</body></html>"
    )
