"""The very statements that the product sends: what the baseline sends to its file too."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Engine, event
from werkzeug.test import Client

from bench.questions import READS, Question
from bench.visitor import sign_in, token_in
from tracker.app import create_app
from tracker.config import Settings
from tracker.models.ids import new_id
from tracker.web.db import db

Statement = tuple[str, list[Any]]
# Its price is that of being signed in, which is measured by itself.
_SESSION = "user_sessions"


def write_down(url: str, asked: Mapping[str, Question], file: Path) -> None:
    """For each page that is read its statements, and whose id stands among their values; and the
    statements that create a meeting."""
    with TemporaryDirectory() as instance:
        app = create_app(Settings.for_tests(url, Path(instance)))
        client = app.test_client()
        cookie = app.config["SESSION_COOKIE_NAME"]
        client.set_cookie(cookie, sign_in(url), domain="localhost")
        with app.app_context():
            engine = db.engine
        pages = {}
        for name in READS:
            ours, theirs = asked[name].product[0], asked[name].baseline[0]
            client.get(ours)  # what is asked once in a process is not asked for each page
            with _heard(engine) as statements:
                answer = client.get(ours)
            if asked[name].holds not in answer.text:
                raise RuntimeError(f"{ours}: {answer.status}")
            pages[name] = {"like": theirs, "statements": statements}
        pages["create"] = _of_creating(client, engine, asked["create"])
        engine.dispose()
    file.write_text(json.dumps(pages, ensure_ascii=False))


def _of_creating(client: Client, engine: Engine, question: Question) -> dict[str, Any]:
    """What keeps a meeting, audit and search entries too; `made` are the ids of what is new."""
    (path,) = question.product
    token = token_in(client.get(path).text)
    before = new_id().hex  # ids are in the order of their making
    with _heard(engine) as statements:
        answer = client.post(path, data={**question.form, "csrf_token": token})
    if answer.status_code != question.status:
        raise RuntimeError(f"{path}: {answer.status}")
    ids = {value for _, values in statements for value in values if _is_id(value)}
    return {"statements": statements, "made": sorted(each for each in ids if each > before)}


def _is_id(value: object) -> bool:
    return isinstance(value, str) and len(value) == len(new_id().hex)


@contextmanager
def _heard(engine: Engine) -> Iterator[list[Statement]]:
    heard: list[Statement] = []

    def note(_conn: object, _cursor: object, statement: str, values: Any, *_rest: object) -> None:
        if not statement.startswith("BEGIN") and _SESSION not in statement:
            heard.append((statement, list(values)))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield heard
    finally:
        event.remove(engine, "before_cursor_execute", note)
