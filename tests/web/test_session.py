"""Sessions: tokens that change, ends that hold, and what a request writes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select, update

from tests.databases import counted
from tests.web.conftest import Enter, token
from tracker.models.access import UserSession
from tracker.models.accounts import User
from tracker.models.engine import writing
from tracker.web import session


def cookie(client: FlaskClient) -> str:
    found = client.get_cookie("peyvand")
    return "" if found is None else found.value


def use(app: Flask, value: str) -> FlaskClient:
    """A client that comes with a cookie somebody kept."""
    client = app.test_client()
    client.set_cookie("peyvand", value)
    return client


def alter(engine: Engine, **values: Any) -> None:
    with writing(), engine.begin() as connection:
        connection.execute(update(UserSession).values(**values))


def rows(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(UserSession)).scalar() or 0


def test_signing_in_makes_a_new_token_and_the_old_one_opens_nothing(
    probe: Flask, enter: Enter
) -> None:
    client = probe.test_client()
    form_token = token(client)
    planted = cookie(client)
    client.post("/demo/sign-in", data={"role": "staff", "csrf_token": form_token})
    assert cookie(client) != planted
    assert client.get("/probe").status_code == 200
    assert use(probe, planted).get("/probe").status_code == 303


def test_signing_out_ends_the_session_wherever_its_cookie_was_copied(
    probe: Flask, enter: Enter, app_engine: Engine
) -> None:
    client = enter("staff")
    kept = cookie(client)
    answer = client.post("/logout", data={"csrf_token": token(client, "/account")})
    assert answer.headers["Clear-Site-Data"] == '"storage"'
    assert cookie(client) == ""
    assert use(probe, kept).get("/probe").status_code == 303
    assert rows(app_engine) == 0


def test_signing_in_again_ends_the_session_before(
    probe: Flask, enter: Enter, app_engine: Engine
) -> None:
    client = enter("staff")
    kept = cookie(client)
    client.post("/demo/sign-in", data={"role": "council", "csrf_token": token(client, "/account")})
    assert rows(app_engine) == 1
    assert use(probe, kept).get("/probe").status_code == 303


def test_only_the_hash_is_stored(probe: Flask, enter: Enter, app_engine: Engine) -> None:
    value = cookie(enter("staff"))
    with app_engine.connect() as connection:
        stored = connection.execute(select(UserSession.token_hash)).scalar()
    assert stored == session.token_hash(value)


@pytest.mark.parametrize(
    ("role", "idle", "status"),
    [
        ("staff", 29, 200),
        ("staff", 31, 303),
        ("administrator", 14, 200),
        ("administrator", 16, 303),
    ],
)
def test_an_idle_session_ends(
    app: Flask, enter: Enter, app_engine: Engine, role: str, idle: int, status: int
) -> None:
    client = enter(role)
    alter(app_engine, seen_at=session.clock.now() - timedelta(minutes=idle))
    assert client.get("/account").status_code == status


def test_no_session_outlives_half_a_day(app: Flask, enter: Enter, app_engine: Engine) -> None:
    client = enter("staff")
    alter(app_engine, created_at=session.clock.now() - timedelta(hours=12, minutes=1))
    assert client.get("/account").status_code == 303


def test_an_account_that_is_switched_off_is_out(
    app: Flask, enter: Enter, app_engine: Engine
) -> None:
    client = enter("staff")
    with writing(), app_engine.begin() as connection:
        connection.execute(update(User).values(active=False))
    assert client.get("/account").status_code == 303


def test_a_signed_in_page_costs_one_query_and_no_write(
    probe: Flask, enter: Enter, app_engine: Engine
) -> None:
    client = enter("staff")
    with counted(app_engine) as seen:
        assert client.get("/probe").status_code == 200
    assert len(seen) == 1
    assert seen[0].startswith("SELECT")


def test_being_seen_is_written_once_a_minute(
    probe: Flask, enter: Enter, app_engine: Engine
) -> None:
    client = enter("staff")
    alter(app_engine, seen_at=session.clock.now() - timedelta(minutes=2))
    with counted(app_engine) as seen:
        client.get("/probe")
        client.get("/probe")
    assert [statement.split()[0] for statement in seen] == ["SELECT", "UPDATE", "SELECT"]


def test_nobody_costs_no_query_and_gets_no_cookie(probe: Flask, app_engine: Engine) -> None:
    client = probe.test_client()
    with counted(app_engine) as seen:
        assert client.get("/open").status_code == 200
        assert client.get("/login").status_code == 200
    assert seen == []
    assert cookie(probe.test_client()) == ""


@pytest.mark.parametrize("value", ["x", "s" + "a" * 43, "s" * 500, "‌", 's"; --'])
def test_a_made_up_cookie_is_nobodys(probe: Flask, value: str) -> None:
    assert use(probe, value).get("/probe").status_code == 303


def test_what_is_kept_in_a_session_comes_back(probe: Flask, enter: Enter) -> None:
    from flask import flash, get_flashed_messages

    from tracker.web import guard

    @guard.public
    def say() -> str:
        flash("said", "done")
        return ""

    @guard.public
    def hear() -> str:
        return ",".join(get_flashed_messages())

    probe.add_url_rule("/say", "say", say, methods=["GET"])
    probe.add_url_rule("/hear", "hear", hear)
    guard.check_stamps(probe)
    client = enter("staff")
    client.get("/say")
    assert client.get("/hear").text == "said"
    assert client.get("/hear").text == ""


def test_the_cookie_is_bound_to_https_away_from_loopback(database_url: str, tmp_path: Any) -> None:
    from tracker.app import create_app
    from tracker.config import Settings

    away = create_app(
        Settings.for_tests(database_url, tmp_path, host="0.0.0.0", demo=False)  # noqa: S104
    )
    client = away.test_client()
    answer = client.get("/login", base_url="https://city.example")
    header = answer.headers["Set-Cookie"]
    assert header.startswith("__Host-peyvand=")
    assert "Secure" in header
    assert "HttpOnly" in header
    assert "SameSite=Lax" in header
    assert "Path=/" in header
    assert "Domain" not in header
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
