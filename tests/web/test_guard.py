"""Deny by default: stamps, who gets in, and where nobody is led."""

from __future__ import annotations

from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from tests.web.conftest import Enter, token
from tracker.models.access import AccessEntry, AccessEvent
from tracker.web import guard
from tracker.web.db import db

# Nothing here depends on the kind of database.
pytestmark = pytest.mark.database("sqlite")


def test_an_endpoint_without_a_stamp_stops_the_start(app: Flask) -> None:
    app.add_url_rule("/bare", "bare", lambda: "bare")
    with pytest.raises(guard.MissingStamp, match="bare"):
        guard.check_stamps(app)


def test_nobody_is_led_to_the_sign_in_page_and_back(probe: Flask) -> None:
    answer = probe.test_client().get("/probe?a=1&b=%D9%85")
    assert answer.status_code == 303
    assert answer.location == "/login?next=/probe?a%3D1%26b%3D%25D9%2585"


def test_nobody_is_led_from_a_lost_form_to_its_page(probe: Flask) -> None:
    answer = probe.test_client().post(
        "/probe/record", headers={"Referer": "http://localhost/probe/record"}
    )
    assert (answer.status_code, answer.location) == (303, "/login?next=/probe/record")


def test_a_program_without_a_session_gets_401(probe: Flask) -> None:
    answer = probe.test_client().get("/probe", headers={"Accept": "application/json"})
    assert answer.status_code == 401
    assert answer.json is not None
    assert answer.json["status"] == 401


def test_the_permission_decides(probe: Flask, enter: Enter) -> None:
    official, staff = enter("official"), enter("staff")
    assert official.get("/probe").status_code == 200
    assert official.get("/probe/record").status_code == 403
    assert official.get(f"/probe/{uuid4()}/record").status_code == 404
    assert staff.get("/probe/record").status_code == 200
    assert enter("administrator").get("/probe").status_code == 403


def test_a_denial_is_kept(probe: Flask, enter: Enter) -> None:
    enter("official").get("/probe/record")
    with probe.app_context():
        entry = db.session.scalars(
            select(AccessEntry).where(AccessEntry.event == AccessEvent.DENIED)
        ).one()
        assert entry.detail == "GET probe.record"
        assert entry.user_id is not None
        assert entry.session


def test_wrong_methods_and_ids_that_are_none(probe: Flask, enter: Enter) -> None:
    staff = enter("staff")
    assert staff.delete("/probe").status_code == 405
    for wrong in ("1", "۱", "xyz", str(uuid4())[:-1], "%00", "%FF"):
        assert staff.get(f"/probe/{wrong}").status_code in (400, 404)


@pytest.mark.parametrize(
    "target",
    [
        None,
        "",
        "ties/",
        "https://example.org/",
        "//example.org",
        "/\\example.org",
        "/%5Cexample.org",
        "/%255Cexample.org",
        "/%2Fexample.org",
        "///example.org",
        "/a//b",
        "javascript:alert(1)",
        "/ties/\r\nSet-Cookie: a=b",
        "/ties/%0d%0aSet-Cookie:a",
        "/\tties",
        "/" + "a" * 3000,
    ],
)
def test_redirects_lead_nowhere_else(target: str | None) -> None:
    assert guard.safe_next(target) is None


@pytest.mark.parametrize("target", ["/", "/ties/", "/ties/?q=تفاهم‌نامه", "/a?next=https://b.c//d"])
def test_redirects_lead_to_pages_of_this_site(target: str) -> None:
    assert guard.safe_next(target) == (target if target.isprintable() else None)


def test_sign_in_goes_on_where_one_was_going(app: Flask) -> None:
    client = app.test_client()
    data = {"role": "staff", "csrf_token": token(client), "next": "/account"}
    assert client.post("/demo/sign-in", data=data).location == "/account"
    other = app.test_client()
    data = {"role": "staff", "csrf_token": token(other), "next": "//example.org"}
    assert other.post("/demo/sign-in", data=data).location == "/"


def test_an_address_that_is_none_leads_back_to_the_start(probe: Flask) -> None:
    client = probe.test_client()
    data = {"csrf_token": token(client)}
    answer = client.post("/probe/record", data=data, headers={"Referer": "http://["})
    assert (answer.status_code, answer.location) == (303, "/login")
