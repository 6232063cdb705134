"""What supervisors ask."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask
from sqlalchemy import Engine, text

from tests import build
from tests.databases import counted
from tests.serving import AsRole
from tracker.background import soundness
from tracker.background.heartbeat import beat
from tracker.domain.access import Actor, Role
from tracker.domain.places import PlaceLevel
from tracker.models import Place
from tracker.models.engine import writing
from tracker.record import change
from tracker.web.db import db


def test_living_asks_nothing_of_anybody(app: Flask, app_engine: Engine) -> None:
    with counted(app_engine) as seen:
        answer = app.test_client().get("/healthz")
    assert (answer.status_code, answer.json, seen) == (200, {"status": "live"}, [])


def test_ready_when_all_is_there(app: Flask) -> None:
    beat(Path(app.instance_path))
    answer = app.test_client().get("/readyz")
    assert answer.json is not None
    assert answer.status_code == 200, answer.json
    assert set(answer.json["checks"]) == {"database", "migrations", "disk", "audit", "background"}


def failing(app: Flask) -> list[str]:
    answer = app.test_client().get("/readyz")
    assert answer.json is not None
    assert answer.status_code == 503
    return [name for name, good in answer.json["checks"].items() if not good]


def test_not_ready_without_the_background_process(app: Flask) -> None:
    assert failing(app) == ["background"]
    beat(Path(app.instance_path))
    os.utime(Path(app.instance_path) / "heartbeat", (1, 1))
    assert failing(app) == ["background"]


def test_not_ready_on_an_older_schema(app: Flask, app_engine: Engine) -> None:
    beat(Path(app.instance_path))
    with writing(), app_engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    assert failing(app) == ["migrations"]


def test_not_ready_on_a_full_disk(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    beat(Path(app.instance_path))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1))
    assert failing(app) == ["disk"]


def test_not_ready_when_the_newest_entry_is_not_sealed_by_us(app: Flask) -> None:
    beat(Path(app.instance_path))
    with app.app_context(), writing():
        session = db.session()
        with change(session, Actor(None, Role.STAFF), datetime.now(UTC)):
            session.add(Place(place_level=PlaceLevel.CITY, name={"en": "Osh"}, sort_name="osh"))
        session.commit()
    assert app.test_client().get("/readyz").status_code == 200
    app.config["AUDIT_KEY"] = b"another"
    assert failing(app) == ["audit"]


@pytest.mark.database("sqlite")
def test_not_ready_once_somebody_met_damaged_pages(
    app: Flask, app_engine: Engine, as_role: AsRole
) -> None:
    beat(Path(app.instance_path))
    staff = as_role("staff")
    with build.stored(app) as session:
        actor = build.account(session)
        for _ in range(30):
            build.place(session, actor, name="Osh" * 50)
    with app_engine.connect() as connection:
        roots = connection.scalars(
            text("SELECT rootpage FROM sqlite_master WHERE tbl_name = 'places'")
        ).all()
        size = connection.scalar(text("PRAGMA page_size")) or 0
    app_engine.dispose()
    file = Path(app_engine.url.database or "")
    whole = file.read_bytes()
    with file.open("rb+") as damaged:
        for root in roots:
            damaged.seek((root - 1) * size)
            damaged.write(os.urandom(size))
    page = staff.get("/places/", status=503)
    assert "آسیب" in page.shown
    assert failing(app) == ["database"]
    app_engine.dispose()
    file.write_bytes(whole)
    soundness.look(str(app_engine.url), Path(app.instance_path))
    assert app.test_client().get("/readyz").status_code == 200
