"""The lock: a session that was left alone shows nothing and keeps what was typed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from tests.accounts.conftest import PASSWORD, Account, attempt
from tests.accounts.enrolled import addresses_of, alter_sessions
from tests.accounts.test_factors import public
from tests.page import JudgingClient, Page
from tests.serving import AsRole
from tracker.domain.access import Role
from tracker.models.access import AccessEntry, AccessEvent, UserSession
from tracker.web import clock
from tracker.web.db import db
from tracker.web.session import visitor

# Nothing here depends on the kind of database.
pytestmark = pytest.mark.database("sqlite")
# What a script and the page of the lock ask; none of them tells anything of the records.
OPENS = {"/unlock", "/session"}


@pytest.fixture
def staff(client: JudgingClient, account: Account) -> JudgingClient:
    account(role=Role.STAFF)
    attempt(client)
    return client


def go_away(engine: Engine, minutes: int = 31) -> None:
    alter_sessions(engine, seen_at=clock.now() - timedelta(minutes=minutes))


def unlock(client: JudgingClient, page: Page | str = "/unlock", **fields: str) -> Page:
    return client.post_form(page, {"proof": PASSWORD, **fields}, action="/unlock")


def token_of(client: JudgingClient) -> str:
    found = client.http.get_cookie("peyvand")
    assert found is not None
    return found.value


def test_a_locked_session_reads_nothing(
    app: Flask, staff: JudgingClient, app_engine: Engine
) -> None:
    opened = public(app)
    go_away(app_engine)
    for address in sorted(set(addresses_of(app)) - opened - OPENS):
        answer = staff.http.get(address)
        assert (answer.status_code, (answer.location or "")[:7]) == (303, "/unlock"), address
        program = staff.http.get(address, headers={"Accept": "application/json"})
        assert program.status_code == 401, address
    page = staff.get("/unlock")
    assert "data-user" not in page.text
    # Looking at the lock does not open it.
    staff.get("/ties/", status=303)


@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_password_opens_it_under_a_new_token(
    app: Flask, staff: JudgingClient, app_engine: Engine, language: str
) -> None:
    before = token_of(staff)
    go_away(app_engine)
    asked = staff.get("/ties/?q=1", status=303)
    page = staff.get(f"{asked.location}&lang={language}")
    wrong = staff.post_form(page, {"proof": "this is not the one"}, action="/unlock", status=422)
    assert wrong.alert
    assert unlock(staff, page).location == "/ties/?q=1"
    staff.get("/ties/")
    thief = app.test_client()
    thief.set_cookie("peyvand", before, domain="localhost")
    assert (thief.get("/ties/").location or "").startswith("/login")
    with app.app_context():
        said = set(db.session.scalars(select(AccessEntry.event)))
        assert {AccessEvent.SESSION_UNLOCKED, AccessEvent.SIGN_IN_FAILED} <= said


def test_the_button_locks_at_once(staff: JudgingClient) -> None:
    assert staff.post_form("/ties/", action="/lock").location == "/unlock"
    staff.get("/ties/", status=303)


def test_guessing_at_the_lock_is_held_back_as_at_the_door(
    staff: JudgingClient, app_engine: Engine
) -> None:
    go_away(app_engine)
    page = staff.get("/unlock")
    for _ in range(5):
        staff.post_form(page, {"proof": "this is not the one"}, action="/unlock", status=422)
    staff.post_form(page, {"proof": PASSWORD}, action="/unlock", status=429)


def test_a_form_that_was_sent_too_late_goes_on_afterwards(
    staff: JudgingClient, app_engine: Engine
) -> None:
    page = staff.get("/sources/new")
    form = page.form()
    typed = {"title": "«سطر نخست» <b>&", "publisher": "شهرآرا نیوز"}
    go_away(app_engine)
    answer = staff.post_form(page, typed, action=form.get("action") or "/sources/new", status=307)
    assert answer.location == "/unlock/carry?to=/sources/new"
    # A browser sends the same fields there.
    fields: dict[str, Any] = {"csrf_token": page.token, "password": "x", **typed}
    waiting = staff.post(answer.location, fields, status=422)
    assert "شهرآرا نیوز" not in waiting.shown
    ready = staff.post_form(waiting, {"proof": PASSWORD}, action="/unlock", status=200)
    assert ready.form("/sources/new") is not None
    values = {i.get("name"): i.get("value") for i in ready.form("/sources/new").iter("input")}
    assert values["title"] == typed["title"]
    assert "password" not in values
    saved = staff.post_form(ready, action="/sources/new", status=None)
    assert saved.status in (303, 422)
    assert "شهرآرا نیوز" in (saved.text if saved.status == 422 else staff.follow(saved).text)


def test_a_wrong_password_keeps_the_waiting_form(staff: JudgingClient, app_engine: Engine) -> None:
    page = staff.get("/sources/new")
    go_away(app_engine)
    fields = {"csrf_token": page.token, "title": "سطر"}
    waiting = staff.post("/unlock/carry?to=/sources/new", fields, status=422)
    again = staff.post_form(waiting, {"proof": "not the one at all"}, action="/unlock", status=422)
    ready = staff.post_form(again, {"proof": PASSWORD}, action="/unlock", status=200)
    assert "سطر" in ready.text


@pytest.mark.parametrize("to", ["https://example.org/", "//example.org", "/\\example.org"])
def test_nothing_is_sent_on_to_elsewhere(
    staff: JudgingClient, app_engine: Engine, to: str
) -> None:
    page = staff.get("/account")
    go_away(app_engine)
    waiting = staff.post(f"/unlock/carry?to={to}", {"csrf_token": page.token}, status=422)
    assert [i.get("value") for i in waiting.all(".//input[@name='to']")] == ["/"]
    fields = {"csrf_token": page.token, "proof": PASSWORD, "to": to, "kept": '[["a","b"]]'}
    assert staff.post("/unlock", fields).location == "/"


def test_no_stranger_s_form_is_carried(staff: JudgingClient, app_engine: Engine) -> None:
    go_away(app_engine)
    staff.post("/unlock/carry?to=/sources/new", {"title": "x"}, status=400)


def test_looking_keeps_nobody_awake_and_typing_does(
    staff: JudgingClient, app_engine: Engine
) -> None:
    go_away(app_engine, 20)
    asked = {"Accept": "application/json"}
    assert staff.http.get("/session", headers=asked).json["standing"] == "open"  # type: ignore[index]
    assert _seen(app_engine) > 15
    staff.http.get("/session?typing", headers=asked)
    assert _seen(app_engine) < 1


def _seen(engine: Engine) -> float:
    with engine.connect() as connection:
        seen = connection.scalar(select(UserSession.seen_at))
    assert seen is not None
    return (clock.now() - seen).total_seconds() / 60


def test_a_script_unlocks_and_the_forms_of_the_page_can_still_be_sent(
    staff: JudgingClient, app_engine: Engine
) -> None:
    page = staff.get("/account")
    asked = {"Accept": "application/json"}
    body = {"csrf_token": page.token}
    staff.http.post("/lock", data=body, headers=asked)
    wrong = staff.http.post("/unlock", data={**body, "proof": "x"}, headers=asked)
    assert wrong.status_code == 422
    assert wrong.json is not None
    assert wrong.json["message"]
    right = staff.http.post("/unlock", data={**body, "proof": PASSWORD}, headers=asked)
    assert right.json == {"standing": "open"}
    staff.post("/account/language", {**body, "language": "en"})


def test_a_lock_is_no_way_past_the_end_of_a_session(
    staff: JudgingClient, app_engine: Engine
) -> None:
    go_away(app_engine)
    page = staff.get("/unlock")
    alter_sessions(app_engine, created_at=clock.now() - timedelta(hours=13))
    fields = {"csrf_token": page.token, "proof": PASSWORD}
    assert (staff.post("/unlock", fields).location or "").startswith("/login")


def test_the_demo_unlocks_without_a_password(as_role: AsRole, app_engine: Engine) -> None:
    client = as_role("council")
    go_away(app_engine)
    client.get("/review/", status=303)
    client.post_form("/unlock", action="/unlock")
    client.get("/review/")


def test_of_two_tabs_that_lock_at_once_the_quicker_one_s_cookie_counts(
    app: Flask, staff: JudgingClient, app_engine: Engine
) -> None:
    token = staff.get("/account").token
    before = token_of(staff)
    with app.test_request_context("/account", headers={"Cookie": f"peyvand={before}"}):
        slower = visitor()
        slower.lock(clock.now())
        staff.post("/lock", {"csrf_token": token})
        slower.save(clock.now())
        assert slower.cookie_changes()[0] is None
    unlock(staff)
    staff.get("/ties/")
