"""A form that is sent twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests import build
from tests.page import filled_in
from tests.serving import AsRole
from tracker.domain.access import ANYBODY
from tracker.domain.errors import NotFound
from tracker.models import Person
from tracker.record.submissions import already, made, remember

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


def test_the_second_sending_finds_what_the_first_made(session: Session) -> None:
    actor, form, made = build.account(session), uuid4(), uuid4()
    assert already(session, actor, form) is None
    remember(session, actor, form, "meeting", made, NOW)
    session.flush()
    assert already(session, actor, form) == ("meeting", made)


def test_forms_of_others_and_forms_without_an_id_are_other_forms(session: Session) -> None:
    one, other, form = build.account(session), build.account(session), uuid4()
    remember(session, one, form, "meeting", uuid4(), NOW)
    session.flush()
    assert already(session, other, form) is None
    assert already(session, one, None) is None
    assert already(session, ANYBODY, form) is None
    remember(session, one, None, "meeting", uuid4(), NOW)
    session.flush()


def test_a_form_that_made_something_else_is_not_found(session: Session) -> None:
    actor, form = build.account(session), uuid4()
    remember(session, actor, form, "meeting", uuid4(), NOW)
    session.flush()
    with pytest.raises(NotFound):
        made(session, actor, form, Person)


def test_a_change_sent_twice_is_answered_as_the_first_time(as_role: AsRole) -> None:
    clerk = as_role("staff")
    shown = clerk.follow(clerk.post_form("/people/new", {"name": "سعید خرازی"}))
    page = clerk.get(f"{shown.url}/edit")
    first = clerk.post_form(page, {"name": "سعید خرازی‌فر"})
    assert clerk.post_form(page, {"name": "سعید خرازی‌فر"}).location == first.location
    assert clerk.follow(first).heading == "سعید خرازی‌فر"

    # With other words it is no repetition: both stand side by side, and none is lost.
    stale = clerk.post_form(page, {"name": "س. خرازی"}, status=409)
    assert "س. خرازی" in stale.alert
    assert "سعید خرازی‌فر" in stale.alert
    assert clerk.follow(clerk.post_form(stale)).heading == "س. خرازی"


def test_a_new_form_sent_again_with_other_words_drops_none(as_role: AsRole) -> None:
    clerk = as_role("staff")
    page = clerk.get("/people/new")
    clerk.post_form(page, {"name": "سعید خرازی"})
    again = clerk.post_form(page, {"name": "سعید خرازی‌فر"}, status=422)
    assert "یک بار" in again.alert
    assert filled_in(again.form())["name"] == ["سعید خرازی‌فر"]


@pytest.mark.database("postgresql")
def test_of_two_at_once_the_second_finds_what_the_first_made(app: Flask, as_role: AsRole) -> None:
    clerk = as_role("staff")
    page = clerk.get("/people/new")
    fields = {name: values[0] for name, values in filled_in(page.form()).items()}
    fields |= {"name": "سعید خرازی", "submission": str(uuid4())}

    def send(_: int) -> str | None:
        http = app.test_client()
        cookie = app.config["SESSION_COOKIE_NAME"]
        http.set_cookie(cookie, clerk.http.get_cookie(cookie).value, domain="localhost")  # type: ignore[union-attr]
        return http.post("/people/new", data=fields).headers.get("Location")

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(send, range(8)))
    assert len(answers) == 1
    assert None not in answers


def test_the_database_refuses_two_at_once(session: Session) -> None:
    actor, form = build.account(session), uuid4()
    remember(session, actor, form, "meeting", uuid4(), NOW)
    with pytest.raises(IntegrityError):
        remember(session, actor, form, "meeting", uuid4(), NOW)
