"""The page on which limits of sessions are set, and that open sessions feel it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, select, update

from tests.page import JudgingClient
from tests.serving import AsRole
from tracker.models import AuditEntry, RoleLimits
from tracker.models.access import UserSession
from tracker.models.engine import writing
from tracker.web import clock
from tracker.web.db import db

STAFF = "/accounts/limits/staff"


@pytest.fixture
def boss(as_role: AsRole) -> JudgingClient:
    return as_role("administrator")


@pytest.mark.database("sqlite")
@pytest.mark.parametrize("lang", ["fa", "en"])
def test_all_roles_are_shown(boss: JudgingClient, lang: str) -> None:
    page = boss.get("/accounts/limits", lang=lang)
    assert len(page.all(".//tbody/tr")) == 6
    assert STAFF in page.links
    boss.get(STAFF, lang=lang)


def test_what_is_set_holds_for_open_sessions(
    app: Flask, boss: JudgingClient, as_role: AsRole, app_engine: Engine
) -> None:
    clerk = as_role("staff")
    with writing(), app_engine.begin() as connection:
        before = clock.now() - timedelta(minutes=11)
        connection.execute(update(UserSession).values(seen_at=before))
    clerk.get("/meetings/new")
    boss.post_form(STAFF, {"idle_minutes": "۱۰", "absolute_hours": "8", "remember_days": "0"})
    with writing(), app_engine.begin() as connection:
        connection.execute(update(UserSession).values(seen_at=before))
    clerk.get("/meetings/new", status=303)
    with app.app_context():
        entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.object_kind) == ("limits set", "setting")
    assert entry.changes["fields"] == {
        "role": ["staff", "staff"],
        "idle_minutes": [30, 10],
        "absolute_hours": [12, 8],
        "remember_days": [7, 0],
    }


@pytest.mark.database("sqlite")
def test_nothing_is_set_beyond_the_bounds(app: Flask, boss: JudgingClient) -> None:
    page = boss.get(STAFF)
    for field, value in (
        ("idle_minutes", "4"),
        ("idle_minutes", "61"),
        ("absolute_hours", "0"),
        ("absolute_hours", "25"),
        ("remember_days", "-1"),
        ("remember_days", "31"),
        ("remember_days", "always"),
        ("remember_days", ""),
    ):
        assert boss.post_form(page, {field: value}, status=422).alert
    with app.app_context():
        assert db.session.scalars(select(RoleLimits)).all() == []


@pytest.mark.database("sqlite")
def test_the_second_of_two_sees_what_the_first_has_set(
    boss: JudgingClient, as_role: AsRole
) -> None:
    other = as_role("administrator")
    opened = other.get(STAFF)
    boss.post_form(STAFF, {"idle_minutes": "10"})
    page = other.post_form(opened, {"idle_minutes": "20"}, status=409)
    other.post_form(page, {"idle_minutes": "20"})
    boss.post_form(STAFF, {"idle_minutes": "20"})


@pytest.mark.database("sqlite")
def test_only_roles_of_accounts_have_limits(boss: JudgingClient) -> None:
    for role in ("guest", "anonymous", "king", "0"):
        boss.get(f"/accounts/limits/{role}", status=404)
