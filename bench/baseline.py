"""The baseline A: bare Flask, the sqlite3 of the standard library, rows joined to a string.

It sends the same file the same statements (`bench.same_sql`) and does nothing else: nobody is
signed in, nothing is checked, translated or marked.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask import Flask, Response, abort, redirect, request

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
        if not request.form["title"]:
            abort(422)
        id_ = _create(own.connection, pages["create"])
        return redirect(f"/meetings/{id_}", 303)  # type: ignore[return-value]

    return app


def _rows(connection: sqlite3.Connection, statements: Any, like: str, asked: str) -> Iterator[str]:
    for statement, values in statements:
        these = [asked if value == like else value for value in values] if asked else values
        for row in connection.execute(statement, these):
            yield "<tr>" + "".join(f"<td>{escape(str(value))}</td>" for value in row) + "</tr>"


def _create(connection: sqlite3.Connection, heard: Any) -> str:
    """The same once more under new ids: a statement that begins with a number takes the one after
    what was found last."""
    made = {id_: uuid4().hex for id_ in heard["made"]}
    last = 0
    connection.execute("BEGIN IMMEDIATE")
    for statement, values in heard["statements"]:
        these = [made.get(value, value) for value in values]
        if statement.startswith("INSERT") and isinstance(these[0], int):
            these[0] = last + 1
        if found := connection.execute(statement, these).fetchone():
            last = found[0]
    connection.execute("COMMIT")
    return next(iter(made.values()))


def _page(heading: str, parts: Iterable[str]) -> str:
    return (
        '<!doctype html><html lang="fa" dir="rtl"><head><meta charset="utf-8">'
        f"<title>{heading}</title></head><body><h1>{heading}</h1>{''.join(parts)}</body></html>"
    )
