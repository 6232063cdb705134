"""The baseline A: bare Flask, the sqlite3 of the standard library, rows joined to a string.

It asks the same file for the same things as the product, in as few words as SQL has for them, and
does nothing else: nobody is signed in, nothing is translated, marked or audited.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable
from datetime import date
from html import escape
from time import time_ns
from typing import Any
from uuid import uuid4

from flask import Flask, abort, redirect, request
from werkzeug.wrappers import Response

from tracker.domain.text import fold

PAGE, RESULTS, MOST_COUNTED, CHIPS = 50, 30, 500, 12
_LISTED = """
    SELECT m.id, m.title, m.meeting_kind, m.state, m.held_sort, p.name, (
        SELECT count(*) FROM actions a WHERE a.meeting_id = m.id
        AND a.state IN ('open', 'in progress', 'blocked')
        AND a.deleted_at IS NULL AND a.effective_level <= 1)
    FROM {} LEFT JOIN places p ON p.id = m.place_id
    WHERE m.deleted_at IS NULL AND m.effective_level <= 1 {} LIMIT ?"""
_ALL = _LISTED.format("meetings m", "ORDER BY m.held_sort DESC, m.id DESC")
_OF_TIE = _LISTED.format(
    "filings f JOIN meetings m ON m.id = f.holder_id",
    "AND f.object_id = ? AND f.holder_kind = 'meeting' ORDER BY f.on_sort DESC, f.holder_id DESC",
)
_TIES = """
    SELECT id, title FROM ties WHERE deleted_at IS NULL AND effective_level <= 1
    ORDER BY sort_name, id LIMIT ?"""
_MEETING = """
    SELECT m.title, m.meeting_kind, m.state, m.held_sort, m.note, p.name
    FROM meetings m LEFT JOIN places p ON p.id = m.place_id
    WHERE m.id = ? AND m.deleted_at IS NULL AND m.effective_level <= 1"""
_PARTS = (
    "SELECT text FROM decisions WHERE meeting_id = ? ORDER BY position",
    """SELECT t.title FROM filings f JOIN ties t ON t.id = f.object_id
    WHERE f.holder_id = ? AND t.deleted_at IS NULL AND t.effective_level <= 1""",
    """SELECT p.name, o.title FROM attendees a LEFT JOIN people p ON p.id = a.person_id
    LEFT JOIN posts o ON o.id = a.post_id WHERE a.meeting_id = ? ORDER BY a.position, a.id""",
    """SELECT s.text, p.name, o.title, q.title FROM statements s
    LEFT JOIN people p ON p.id = s.speaker_person_id
    LEFT JOIN posts o ON o.id = s.speaker_post_id LEFT JOIN sources q ON q.id = s.source_id
    WHERE s.meeting_id = ? AND s.deleted_at IS NULL AND s.effective_level <= 1
    ORDER BY s.position""",
)
_ACTIONS = """
    SELECT a.text, p.name, a.state, a.due_sort FROM actions a
    LEFT JOIN action_owners w ON w.action_id = a.id LEFT JOIN people p ON p.id = w.person_id
    WHERE a.meeting_id = ? AND a.deleted_at IS NULL AND a.effective_level <= 1
    ORDER BY a.position"""
_FOUND = """
    SELECT e.object_kind, e.object_id, e.title FROM search_fts
    JOIN search_entries e ON e.key = search_fts.rowid
    WHERE search_fts MATCH ? AND e.effective_level <= 1 ORDER BY search_fts.rowid DESC LIMIT ?"""
_COUNTED = f"SELECT object_kind, count(*) FROM ({_FOUND}) GROUP BY object_kind"  # noqa: S608
_BELOW = "SELECT id, meeting_kind, held_first FROM meetings WHERE id IN ({})"
_LAST_KEY = "SELECT max(key) FROM search_entries WHERE key >= ? AND key < ?"
_PRAGMAS = ("synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000", "recursive_triggers=ON")


class _Own(threading.local):
    """A connection for each thread, set up like the product's."""

    def __init__(self, file: str) -> None:
        self.connection = sqlite3.connect(file, isolation_level=None)
        for pragma in _PRAGMAS:
            self.connection.execute(f"PRAGMA {pragma}")


def create_app(file: str) -> Flask:
    """The baseline over a database of SQLite."""
    app = Flask("bench.baseline")
    own = _Own(file)

    @app.get("/empty")
    def empty() -> str:
        return "empty"

    @app.get("/meetings/")
    def listing() -> str:
        tie = request.args.get("tie")
        asked = (_OF_TIE, (tie, PAGE + 1)) if tie else (_ALL, (PAGE + 1,))
        chips = (
            f'<a href="/meetings/?tie={id_}">{_text(title)}</a>'
            for id_, title in own.connection.execute(_TIES, (CHIPS,))
        )
        return _page("meetings", [*chips, *map(_line, own.connection.execute(*asked))])

    @app.get("/meetings/<id_>")
    def one(id_: str) -> str:
        connection = own.connection
        found = connection.execute(_MEETING, (id_,)).fetchone()
        if found is None:
            abort(404)
        title, kind, state, held, note, place = found
        facts = f"<p>{kind} {state} {held} {_text(place)}</p><p>{_text(note)}</p>"
        parts = [
            "<ul>" + "".join(_item(row) for row in connection.execute(part, (id_,))) + "</ul>"
            for part in _PARTS
        ]
        actions = "".join(
            f"<tr><td>{_text(text)}</td><td>{_text(owner)}</td><td>{state}</td><td>{due}</td></tr>"
            for text, owner, state, due in connection.execute(_ACTIONS, (id_,))
        )
        return _page(_text(title), [facts, *parts, f"<table>{actions}</table>"])

    @app.get("/search")
    def search() -> str:
        connection = own.connection
        found: list[Any] = []
        counted: dict[str, int] = {}
        in_title, elsewhere, anywhere, begun = _matches(request.args["q"])
        for match in (in_title, elsewhere, begun):
            if len(found) <= RESULTS:
                found += connection.execute(_FOUND, (match, RESULTS + 1 - len(found)))
        for match in (anywhere, begun):
            left = MOST_COUNTED - sum(counted.values())
            for kind, count in connection.execute(_COUNTED, (match, left)) if left else ():
                counted[kind] = counted.get(kind, 0) + count
        ids = [id_ for _, id_, _ in found[:RESULTS]]
        asked = _BELOW.format(",".join("?" * len(ids)))
        below = {id_: (kind, held) for id_, kind, held in connection.execute(asked, ids)}
        return _page(
            "search",
            (
                *(f"<b>{kind} {count}</b>" for kind, count in counted.items()),
                *(
                    f'<li><a href="/{kind}/{id_}">{_text(title)}</a> {kind} {below.get(id_)}</li>'
                    for kind, id_, title in found[:RESULTS]
                ),
            ),
        )

    @app.post("/meetings/new")
    def new() -> Response:
        form = request.form
        id_ = _create(own.connection, form["title"], form["held_on"], form["tie"])
        return redirect(f"/meetings/{id_}", 303)

    return app


def _matches(typed: str) -> tuple[str, str, str, str]:
    """Where whole words stand in the title, elsewhere, anywhere, and where they only begin so."""
    words = fold(typed).split()
    whole, begun = (" AND ".join(f'"{word}"{star}' for word in words) for star in ("", " *"))
    in_title, anywhere = f"{{titled}} : ({whole})", f"{{folded}} : ({whole})"
    elsewhere = f"({anywhere}) NOT ({in_title})"
    return in_title, elsewhere, anywhere, f"({{folded}} : ({begun})) NOT ({anywhere})"


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


def _text(texts: str | None) -> str:
    return escape(json.loads(texts).get("fa", "")) if texts else ""


def _item(row: Iterable[str | None]) -> str:
    return "<li>" + " ".join(map(_text, row)) + "</li>"


def _line(row: Any) -> str:
    id_, title, kind, state, held, place, open_actions = row
    return (
        f'<tr><td>{held}</td><td><a href="/meetings/{id_}">{_text(title)}</a></td><td>{kind}</td>'
        f"<td>{_text(place)}</td><td>{state}</td><td>{open_actions}</td></tr>"
    )


def _page(heading: str, parts: Iterable[str]) -> str:
    return (
        '<!doctype html><html lang="fa" dir="rtl"><head><meta charset="utf-8">'
        f"<title>{heading}</title></head><body><h1>{heading}</h1>{''.join(parts)}</body></html>"
    )
