"""The second factor: who must have one, what it opens, and that each proof is good once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import Engine, insert, select, update

from tests.accounts.conftest import EMAIL, PASSWORD
from tests.accounts.enrolled import (
    Enrol,
    Person,
    addresses_of,
    alter_sessions,
    app,
    enrolled,
    person,
    user_of,
)
from tests.page import JudgingClient
from tracker.accounts import totp
from tracker.models import AuditEntry
from tracker.models.access import AccessEntry, AccessEvent, Grant, UserSession
from tracker.models.accounts import User
from tracker.models.engine import writing
from tracker.models.factors import RememberedDevice
from tracker.record.audit_check import broken_entries
from tracker.web import clock
from tracker.web.db import db

__all__ = ["app", "enrolled", "person"]
MUST = ("staff", "approver", "auditor", "administrator")
ENROLLING = {"/account/factors", "/account/factors/authenticator"}


def events(app: Flask) -> list[AccessEvent]:
    with app.app_context():
        return list(db.session.scalars(select(AccessEntry.event).order_by(AccessEntry.id)))


def public(app: Flask) -> set[str]:
    client = app.test_client()
    return {a for a in addresses_of(app) if not _leads_to_sign_in(client.get(a))}


def _leads_to_sign_in(answer: object) -> bool:
    return (getattr(answer, "location", None) or "").startswith("/login?") or (
        getattr(answer, "location", None) == "/login"
    )


@pytest.mark.database("sqlite")
@pytest.mark.parametrize("role", MUST)
def test_whoever_must_and_has_not_reaches_only_the_pages_to_enrol(
    app: Flask, person: Callable[..., Person], role: str
) -> None:
    one, opened = person(role), public(app)
    for address in sorted(set(addresses_of(app)) - opened - ENROLLING):
        answer = one.client.http.get(address)
        where = answer.location or ""
        helped = where.startswith(("/account/factors", "/account/factors?"))
        assert helped or address in ("/unlock", "/session"), (address, answer.status)
    program = one.client.http.get("/ties/", headers={"Accept": "application/json"})
    assert program.status_code == 401
    page = one.client.get("/account/factors")
    assert page.form("/logout") is not None
    assert one.client.post("/meetings/new", {"csrf_token": page.token}).location == (
        "/account/factors"
    )


@pytest.mark.database("sqlite")
@pytest.mark.parametrize("role", ["official", "council"])
def test_who_only_reads_is_asked_once_named_for_something_confidential(
    app: Flask, app_engine: Engine, person: Callable[..., Person], role: str
) -> None:
    one = person(role)
    one.client.get("/ties/")
    user, now = user_of(app), clock.now()
    granted = {
        "user_id": user.id,
        "object_id": uuid4(),
        "object_kind": "tie",
        "granted_at": now,
    }
    with writing(), app_engine.begin() as connection:
        connection.execute(insert(Grant).values(granted))
    assert (one.client.get("/ties/", status=303).location or "").startswith("/account/factors")
    with writing(), app_engine.begin() as connection:
        connection.execute(update(Grant).values(ended_at=now))
    one.client.get("/ties/")


@pytest.mark.database("sqlite")
def test_enrolling_opens_and_shows_ten_codes_once(
    app: Flask, person: Callable[..., Person], app_engine: Engine
) -> None:
    one = person()
    picture = one.client.post_form("/account/factors", action="/authenticator/new")
    one.client.follow(picture)
    drawn = one.client.http.get("/account/factors/authenticator.svg")
    assert drawn.mimetype == "image/svg+xml"
    assert "style" not in drawn.text
    one.enrol()
    assert len(one.codes) == 10
    one.client.get("/")
    assert not any(code in one.client.get("/account/factors").text for code in one.codes)
    user = user_of(app)
    assert one.key not in (user.tf_totp_secret or "")
    assert user.tf_primary_method == "authenticator"
    assert AccessEvent.FACTOR_ENROLLED in events(app)


@pytest.mark.database("sqlite")
@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_second_step_is_asked_for_and_opens(enrolled: Enrol, language: str) -> None:
    one = enrolled()
    one.sign_in()
    one.client.get("/login", lang=language)
    asked = one.client.get("/ties/?q=1", status=303).location
    assert asked == "/login/factor?next=/ties/?q%3D1"
    page = one.client.get(asked)
    wrong = one.client.post_form(page, {"code": "000 000"}, action="/login/factor", status=422)
    assert wrong.alert
    one.client.get("/ties/", status=303)
    answer = one.client.post_form(page, {"code": one.code()}, action="/login/factor")
    assert answer.location == "/ties/?q=1"
    one.client.follow(answer)


def test_a_replayed_code_is_refused(enrolled: Enrol) -> None:
    one = enrolled()
    one.sign_in()
    code = one.code()
    one.prove(code=code)
    one.sign_in()
    assert one.prove(status=422, code=code).alert
    one.prove()


def test_a_recovery_code_opens_once(app: Flask, enrolled: Enrol) -> None:
    one = enrolled()
    one.sign_in()
    one.prove(code=one.codes[3].lower())
    one.client.get("/")
    one.sign_in()
    one.prove(status=422, code=one.codes[3])
    one.prove(code=one.codes[4])
    assert events(app).count(AccessEvent.RECOVERY_CODE_USED) == 2
    page = one.client.post_form("/account/factors", action="/recovery-codes", status=200)
    fresh = [kbd.text for kbd in page.all(".//ol//kbd")]
    one.sign_in()
    one.prove(status=422, code=one.codes[5])
    one.prove(code=fresh[0] or "")


@pytest.mark.database("sqlite")
def test_guessing_codes_is_held_back_although_the_password_is_known(enrolled: Enrol) -> None:
    one = enrolled()
    for _ in range(5):
        one.sign_in()
        one.prove(status=422, code="000000")
    one.sign_in()
    one.prove(status=429)


@pytest.mark.database("sqlite")
@pytest.mark.parametrize("minutes", [-90, 90])
def test_a_code_of_a_wrong_clock_says_so(enrolled: Enrol, minutes: int) -> None:
    one = enrolled()
    one.sign_in()
    step = totp.step_of(clock.now() + timedelta(minutes=minutes))
    said = one.prove(status=422, code=totp.code_at(one.key, step)).alert
    assert "۹۰" in said or "۸۹" in said
    one.prove()


def test_a_device_is_remembered_until_it_is_withdrawn(app: Flask, enrolled: Enrol) -> None:
    one = enrolled()
    one.sign_in()
    answer = one.prove(code=one.code(), remember="y")
    cookie = next(c for c in answer.headers.getlist("Set-Cookie") if "_device=" in c)
    assert "HttpOnly" in cookie
    assert "Expires=" in cookie
    one.leave_and_come_back()
    one.client.get("/ties/")
    one.client.post_form("/account/factors", action="/withdraw")
    one.leave_and_come_back()
    one.client.get("/ties/", status=303)
    one.prove()
    with app.app_context():
        said = list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq)))
        assert said.count("device remembered") == said.count("device withdrawn") == 1
        assert not list(broken_entries(db.session(), app.config["AUDIT_KEY"]))


@pytest.mark.database("sqlite")
@pytest.mark.parametrize("what", ["password", "factor", "other account", "time"])
def test_no_device_outlives_what_it_was_remembered_for(
    app: Flask, app_engine: Engine, enrolled: Enrol, what: str
) -> None:
    one = enrolled()
    one.sign_in()
    one.prove(code=one.code(), remember="y")
    if what == "password":
        page = one.client.get("/account")
        new = {"current": PASSWORD, "password": "ابر نردبان کاشی هویج"}
        one.client.post_form(page, new, action="/account/password")
    elif what == "factor":
        _another_app(one)
    elif what == "other account":
        other = enrolled("staff", "other@mashhad.example")
        device = one.client.http.get_cookie("peyvand_device")
        assert device is not None
        fresh = JudgingClient(app)
        fresh.http.set_cookie("peyvand_device", device.value, domain="localhost")
        other.sign_in(fresh)
        other.client.get("/ties/", status=303)
        return
    else:
        with writing(), app_engine.begin() as connection:
            connection.execute(update(RememberedDevice).values(until=clock.now()))
    password = "ابر نردبان کاشی هویج" if what == "password" else PASSWORD
    one.leave_and_come_back(password)
    one.client.get("/ties/", status=303)


def _another_app(one: Person) -> None:
    page = one.client.post_form("/account/factors", action="/authenticator/new")
    page = one.client.follow(page)
    one.key = (page.all(".//kbd")[0].text or "").replace(" ", "")
    one.client.post_form(page, {"code": one.code()})


def test_the_only_factor_of_who_must_have_one_stays(app: Flask, enrolled: Enrol) -> None:
    one = enrolled()
    one.client.post_form("/account/factors", action="/authenticator/remove", status=422)
    assert user_of(app).factor_since is not None


def test_who_need_not_may_have_one_and_take_it_off(
    app: Flask, person: Callable[..., Person]
) -> None:
    one = person("official")
    one.enrol()
    one.client.get("/ties/")
    one.sign_in()
    one.client.get("/ties/", status=303)
    one.prove()
    one.client.post_form("/account/factors", action="/authenticator/remove")
    assert user_of(app).factor_since is None
    one.sign_in()
    one.client.get("/ties/")
    with app.app_context():
        said = list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq)))
        assert said[-2:] == ["factor added", "factor removed"]


def test_the_token_changes_with_what_it_opens(app: Flask, enrolled: Enrol) -> None:
    one = enrolled()
    one.sign_in()
    before = one.client.http.get_cookie("peyvand")
    one.prove()
    after = one.client.http.get_cookie("peyvand")
    assert before is not None
    assert after is not None
    assert before.value != after.value
    thief = app.test_client()
    thief.set_cookie("peyvand", before.value, domain="localhost")
    assert thief.get("/ties/").status_code == 303
    assert one.client.http.get("/ties/").status_code == 200


@pytest.mark.database("sqlite")
def test_nobody_adds_a_factor_with_the_password_alone(enrolled: Enrol) -> None:
    one = enrolled()
    one.sign_in()
    for address in ("/account/factors", "/account/factors/authenticator", "/account"):
        assert (one.client.get(address, status=303).location or "").startswith("/login/factor")


def test_what_could_lose_an_account_asks_for_a_fresh_proof(
    app_engine: Engine, enrolled: Enrol
) -> None:
    one = enrolled()
    now = clock.now()
    alter_sessions(app_engine, fresh_at=now - timedelta(minutes=16))
    page = one.client.get("/account/factors")
    asked = one.client.post_form(page, action="/recovery-codes", status=307).location or ""
    assert asked.startswith("/unlock/carry?to=/account/factors/recovery-codes")
    carried = one.client.post(asked, {"csrf_token": page.token}, status=422)
    ready = one.client.post_form(carried, {"proof": PASSWORD}, action="/unlock", status=200)
    assert one.client.post_form(ready, action="/recovery-codes", status=200).all(".//ol//kbd")


def test_all_other_browsers_are_ended_at_once(app: Flask, enrolled: Enrol) -> None:
    one = enrolled()
    kept = one.client
    other = JudgingClient(app)
    one.sign_in(other)
    one.prove()
    other.post_form("/account", action="/end-others")
    kept.get("/account", status=303)
    other.get("/account")
    with app.app_context():
        assert len(list(db.session.scalars(select(UserSession.id)))) == 1


def test_a_switched_off_account_is_out_at_every_stage(
    app: Flask, app_engine: Engine, enrolled: Enrol
) -> None:
    one = enrolled()
    half = JudgingClient(app)
    kept = one.client
    one.sign_in(half)
    with writing(), app_engine.begin() as connection:
        connection.execute(update(User).where(User.email == EMAIL).values(active=False))
    assert kept.get("/ties/", status=303).location == "/login?next=/ties/"
    assert half.get("/login/factor", status=303).location == "/login?next=/login/factor"
