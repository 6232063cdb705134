"""Refusals: a page in the reader's language for each, never a 500 for what somebody typed."""

from __future__ import annotations

import sqlite3

import pytest
from flask import Flask, abort
from sqlalchemy.exc import OperationalError

from tests.page import JudgingClient
from tests.web.conftest import Enter, token
from tracker.domain.dates import DateRefused, Refusal
from tracker.domain.errors import NotFound, RuleBroken, Stale
from tracker.domain.text import TextRefused, Unwanted
from tracker.web import guard
from tracker.web.errors import Refused

# Nothing here depends on the kind of database.
pytestmark = pytest.mark.database("sqlite")

RAISED: dict[str, tuple[Exception, int]] = {
    "absent": (NotFound("tie"), 404),
    "stale": (Stale(3), 409),
    "rule": (RuleBroken("There is no such step."), 422),
    "date": (DateRefused(Refusal.NOT_A_DATE), 400),
    "text": (TextRefused(Unwanted.BIDI_CONTROL, 0), 400),
    "locked": (OperationalError("", {}, sqlite3.OperationalError("database is locked")), 503),
    "many": (Refused(429, "کافی است", retry_after=60), 429),
}


@pytest.fixture
def failing(app: Flask) -> Flask:
    """An application in which everything goes wrong on request."""

    def fail(what: str) -> str:
        if what.isdigit():
            abort(int(what))
        if what in RAISED:
            raise RAISED[what][0]
        raise ZeroDivisionError

    app.add_url_rule("/fail/<what>", "fail", guard.public(fail))
    guard.check_stamps(app)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


@pytest.mark.parametrize("code", [400, 401, 403, 404, 405, 409, 413, 414, 415, 422, 429, 500, 503])
@pytest.mark.parametrize("lang", ["fa", "en"])
def test_every_status_has_a_page(failing: Flask, code: int, lang: str) -> None:
    page = JudgingClient(failing).get(f"/fail/{code}", status=code, lang=lang)
    assert page.headers["Cache-Control"] == "no-store"
    assert page.main.get("data-kind") == "error"


@pytest.mark.parametrize("what", RAISED)
def test_what_the_domain_refuses_has_a_status(failing: Flask, what: str) -> None:
    page = JudgingClient(failing).get(f"/fail/{what}", status=RAISED[what][1], lang="fa")
    if what in ("locked", "many"):
        assert int(page.headers["Retry-After"]) > 0


def test_a_fault_of_ours_says_nothing_of_itself(failing: Flask) -> None:
    page = JudgingClient(failing).get("/fail/else", status=500)
    assert "ZeroDivision" not in page.text
    assert "Traceback" not in page.text


def test_a_program_is_answered_in_json(failing: Flask) -> None:
    answer = failing.test_client().get("/fail/rule", headers={"Accept": "application/json"})
    assert answer.json is not None
    assert answer.json["status"] == 422
    assert answer.json["message"]


def test_a_layout_that_fails_is_replaced(failing: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(failing.jinja_env.globals, "asset", None)
    answer = failing.test_client().get("/fail/404")
    assert answer.status_code == 404
    assert '<main data-kind="error"' in answer.text


@pytest.mark.parametrize(
    "url",
    [
        "/login?next=%00",
        "/login?%00=1",
        "/log%00in",
        "/login?next=%FF%FE",
        "/%FF",
        "/login?lang=%00",
    ],
)
def test_signs_that_no_address_holds(app: Flask, url: str) -> None:
    assert app.test_client().get(url).status_code in (200, 400, 404)


def test_a_body_that_is_too_large(app: Flask) -> None:
    client = app.test_client()
    form = token(client)
    data = {"csrf_token": form, "email": "a" * 2_000_000, "password": "x"}
    assert client.post("/login", data=data).status_code == 413


def test_null_signs_and_broken_letters_in_a_form(app: Flask) -> None:
    client = app.test_client()
    data = {"csrf_token": token(client), "email": "a\0@b.c", "password": "a\0" * 8}
    assert client.post("/login", data=data).status_code == 422
    raw = f"csrf_token={token(client)}&email=%FF%FE&password=%ED%A0%80aaaaaaaaaaaaaa"
    answer = client.post("/login", data=raw, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 422


def test_what_was_not_committed_is_let_go_before_the_session_is_written(
    probe: Flask, enter: Enter
) -> None:
    """On SQLite a second connection would wait five seconds for the lock, and then fail."""
    from sqlalchemy import text

    from tracker.web.db import db
    from tracker.web.session import visitor

    def half(how: str) -> tuple[str, int]:
        db.session.execute(text("UPDATE users SET name = 'changed'"))
        visitor()["kept"] = how
        if how == "raise":
            raise RuleBroken("There is no such step.")
        return "", 422

    probe.add_url_rule("/half/<how>", "half", guard.public(half), methods=["POST"])
    guard.check_stamps(probe)
    staff = enter("staff")
    data = {"csrf_token": token(staff, "/account")}
    assert staff.post("/half/answer", data=data).status_code == 422
    assert staff.post("/half/raise", data=data).status_code == 422
    assert staff.get("/probe").text != "changed"
