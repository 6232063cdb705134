"""The demo's doors: one per role, and only where nobody else can come in."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests.page import JudgingClient
from tracker.app import create_app
from tracker.config import Settings
from tracker.models.accounts import User
from tracker.web.db import db

# Nothing here depends on the kind of database.
pytestmark = pytest.mark.database("sqlite")

ROLES = ("administrator", "staff", "approver", "official", "council", "auditor")


@pytest.mark.parametrize("role", ROLES)
def test_each_role_has_a_door(app: Flask, role: str) -> None:
    client = JudgingClient(app, role)
    for _ in range(2):
        token = client.token() if client.http.get_cookie("peyvand") is None else ""
        token = token or client.get("/account").token
        page = client.post("/demo/sign-in", {"role": role, "csrf_token": token})
        assert page.location == "/"
    with app.app_context():
        accounts = db.session.scalars(select(User)).all()
    assert [(a.email, a.role.value) for a in accounts] == [(f"demo-{role}@peyvand.invalid", role)]


def test_the_sign_in_page_shows_the_doors(app: Flask) -> None:
    page = JudgingClient(app).get("/login")
    doors = [b.get("value") for b in page.all(".//button[@name='role']")]
    assert sorted(filter(None, doors)) == sorted(ROLES)


@pytest.mark.parametrize("role", ["", "guest", "anonymous", "root", "\0"])
def test_there_are_no_other_doors(app: Flask, role: str) -> None:
    client = JudgingClient(app)
    client.post("/demo/sign-in", {"role": role, "csrf_token": client.token()}, status=422)


def test_nobody_comes_in_from_elsewhere(app: Flask) -> None:
    client = app.test_client()
    page = client.get("/login", environ_base={"REMOTE_ADDR": "192.0.2.1"}).text
    assert "/demo/sign-in" not in page
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    data = {"role": "staff", "csrf_token": token}
    answer = client.post("/demo/sign-in", data=data, environ_base={"REMOTE_ADDR": "192.0.2.1"})
    assert answer.status_code == 404


def test_without_the_demo_there_is_no_door(database_url: str, tmp_path: Path) -> None:
    app = create_app(Settings.for_tests(database_url, tmp_path, demo=False))
    client = JudgingClient(app)
    page = client.get("/login")
    assert "/demo/sign-in" not in page.text
    client.post("/demo/sign-in", {"role": "staff", "csrf_token": page.token}, status=404)
    with app.app_context():
        db.engine.dispose()
