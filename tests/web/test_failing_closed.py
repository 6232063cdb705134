"""When what guards the record fails, nothing is done and nothing is shown: a page with the number
of the request, and no word of what went wrong inside."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from tests import build
from tests.page import filled_in
from tests.serving import AsRole
from tracker.domain.access import Actor, Level
from tracker.models import AuditEntry, Place
from tracker.models.engine import writing
from tracker.models.registers import SearchEntry
from tracker.web.db import db

FORM = {"name": "اوش", "kind": "city", "level": "public"}


def without_audit(app: Flask, _monkeypatch: pytest.MonkeyPatch) -> None:
    """The table is gone from under the product."""
    with app.app_context(), writing(), db.engine.begin() as connection:
        connection.execute(text("ALTER TABLE audit RENAME TO audit_elsewhere"))


def without_key(app: Flask, _monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing can be sealed."""
    app.config["AUDIT_KEY"] = None


def without_authority(_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether somebody may do it cannot be told."""

    def fail(*_: object) -> bool:
        raise ZeroDivisionError("the secret of the rule")

    monkeypatch.setattr(Actor, "can", fail)


@pytest.mark.parametrize("fails", [without_audit, without_key, without_authority])
def test_nothing_is_changed_and_nothing_is_told(
    app: Flask,
    as_role: AsRole,
    monkeypatch: pytest.MonkeyPatch,
    fails: Callable[[Flask, pytest.MonkeyPatch], None],
) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    staff = as_role("staff")
    sent = filled_in(staff.get("/places/new").form()) | FORM
    fails(app, monkeypatch)
    answer = staff.http.post("/places/new", data=sent)
    monkeypatch.undo()

    assert answer.status_code in (500, 503)
    assert answer.headers["X-Request-Id"] in answer.text
    assert not re.search(r"Traceback|Error\b|secret|audit|sqlalchemy|\.py", answer.text)
    with build.stored(app) as session:
        for stored in (Place.id, SearchEntry.key):
            assert session.scalar(select(func.count(stored))) == 0
        if fails is not without_audit:
            assert session.scalar(select(func.count(AuditEntry.seq))) == 0


def test_what_cannot_be_noted_is_not_shown(app: Flask, as_role: AsRole) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    auditor = as_role("auditor")
    with build.stored(app) as session:
        actor = build.account(session)
        place = build.place(session, actor, name="Kohandezh", level=Level.CONFIDENTIAL)
        assert "Kohandezh" in auditor.http.get(f"/places/{place.id}").text
        session.execute(text("ALTER TABLE access_log RENAME TO access_log_elsewhere"))
        session.commit()
    answer = auditor.http.get(f"/places/{place.id}")
    assert answer.status_code in (500, 503)
    assert "Kohandezh" not in answer.text
