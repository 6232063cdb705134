"""What guessing costs, and that it never keeps the owner out."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select

from tests import build
from tests.accounts.conftest import EMAIL, Account, attempt
from tests.page import JudgingClient
from tracker.accounts import throttle
from tracker.accounts.throttle import Knock
from tracker.models.access import SignInTry

NOW, MINUTE = build.NOW, timedelta(minutes=1)
KNOCK = Knock.at("a@example.org", "192.0.2.1")


def tries(engine: Engine, knock: Knock, times: int, now: datetime) -> list[int]:
    """What each of so many tries in a row has to wait for, one every twenty seconds."""
    return [throttle.admit(engine, knock, now + timedelta(seconds=20 * n)) for n in range(times)]


def kept(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(SignInTry)) or 0


def test_five_a_minute_from_one_address(app_engine: Engine) -> None:
    for _ in range(throttle.PER_MINUTE):
        assert throttle.admit(app_engine, KNOCK, NOW) == 0
    assert throttle.admit(app_engine, KNOCK, NOW) == 60
    assert throttle.admit(app_engine, Knock.at(KNOCK.account, "192.0.2.2"), NOW) == 0
    assert throttle.admit(app_engine, Knock.at("b@example.org", "192.0.2.1"), NOW) == 0
    assert throttle.admit(app_engine, KNOCK, NOW + MINUTE) == 0


def test_a_lock_grows_and_ends(app_engine: Engine) -> None:
    now, locks = NOW, []
    for _ in range(6):
        assert tries(app_engine, KNOCK, throttle.BEFORE_LOCK, now) == [0] * throttle.BEFORE_LOCK
        now += 4 * MINUTE
        wait = throttle.admit(app_engine, KNOCK, now)
        locks.append(wait // 60)
        # Knocking on goes on for nothing, and lengthens nothing.
        assert throttle.admit(app_engine, KNOCK, now + MINUTE) == wait - 60
        now += timedelta(seconds=wait)
        if wait < 3600:
            now += timedelta(hours=1)  # past the limit of an hour as well
    assert locks == [15, 30, 60, 120, 240, 240]
    assert throttle.admit(app_engine, KNOCK, now) == 0
    tries(app_engine, KNOCK, throttle.BEFORE_LOCK, now + timedelta(days=2))
    assert throttle.admit(app_engine, KNOCK, now + timedelta(days=2, minutes=4)) == 15 * 60


def test_twenty_an_hour_from_anywhere(app_engine: Engine) -> None:
    now, let_in = NOW, 0
    while now < NOW + timedelta(hours=1):
        knock = Knock.at(KNOCK.account, f"198.51.100.{now.minute}")
        let_in += throttle.admit(app_engine, knock, now) == 0
        now += timedelta(seconds=10)
    assert let_in == throttle.PER_HOUR
    assert throttle.admit(app_engine, KNOCK, now + timedelta(hours=5)) == 0
    assert kept(app_engine) == 1


def test_many_accounts_from_one_address(app_engine: Engine) -> None:
    for n in range(throttle.PER_ADDRESS):
        assert throttle.admit(app_engine, Knock.at(f"{n}@example.org", "2001:db8::1"), NOW) == 0
    neighbour = "2001:db8::ffff:1"
    assert throttle.admit(app_engine, Knock.at("new@example.org", neighbour), NOW) > 0
    assert throttle.admit(app_engine, Knock.at("new@example.org", "2001:db8:1::1"), NOW) == 0
    owner = Knock.at("new@example.org", neighbour, "browser x")
    assert throttle.admit(app_engine, owner, NOW) == 0


@pytest.mark.parametrize("way", ["browser x", throttle.NEAR])
def test_strangers_hold_back_strangers_only(app_engine: Engine, way: str) -> None:
    tries(app_engine, KNOCK, throttle.BEFORE_LOCK + 1, NOW)
    owner = Knock.at(KNOCK.account, "203.0.113.9", way)
    assert tries(app_engine, owner, throttle.BEFORE_LOCK, NOW + 4 * MINUTE) == [0] * 10
    assert throttle.admit(app_engine, owner, NOW + 8 * MINUTE) == 15 * 60


def test_a_clock_that_is_set_back_locks_nobody_out(app_engine: Engine) -> None:
    ahead = NOW + timedelta(days=400)
    assert tries(app_engine, KNOCK, throttle.BEFORE_LOCK + 1, ahead)[-1] > 0
    assert throttle.admit(app_engine, KNOCK, NOW) == 0


def test_the_owner_comes_in_while_a_stranger_goes_on(app: Flask, account: Account) -> None:
    account()
    owner, stranger = JudgingClient(app), JudgingClient(app)
    owner.http.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    stranger.http.environ_base["REMOTE_ADDR"] = "192.0.2.8"
    attempt(owner)
    owner.post_form("/account", action="/logout")
    for _ in range(throttle.PER_MINUTE):
        attempt(stranger, password="this is not the one", status=422)
    for _ in range(throttle.PER_MINUTE):
        other = JudgingClient(app)
        other.http.environ_base["REMOTE_ADDR"] = "192.0.2.9"
        attempt(other, password="this is not the one", status=422)
    elsewhere = JudgingClient(app)
    elsewhere.http.environ_base["REMOTE_ADDR"] = "192.0.2.10"
    page = attempt(elsewhere, status=429)
    assert page.headers["Retry-After"] == "900"
    attempt(owner)


@pytest.mark.database("sqlite")
@pytest.mark.parametrize("change", ["", "0", "account"])
def test_a_cookie_that_is_not_ours_makes_nobody_known(
    app: Flask, account: Account, change: str
) -> None:
    account()
    account("other@mashhad.example")
    owner = JudgingClient(app)
    attempt(owner)
    kept_cookie = owner.http.get_cookie("peyvand_known")
    assert kept_cookie is not None
    assert kept_cookie.http_only
    value = kept_cookie.value
    if change == "0":
        value = value[:-1] + ("0" if value[-1] != "0" else "1")
    email = "other@mashhad.example" if change == "account" else EMAIL
    with app.test_request_context(
        headers={"Cookie": f"peyvand_known={value}"}, environ_base={"REMOTE_ADDR": "192.0.2.7"}
    ):
        from tracker.accounts.browsers import knock_of_request

        way = knock_of_request(email).way
    assert way.startswith("browser ") == (change == "")


@pytest.mark.database("sqlite")
def test_a_proxy_that_nobody_told_of_is_not_this_machine(app: Flask) -> None:
    from tracker.accounts.browsers import knock_of_request

    near = {"REMOTE_ADDR": "127.0.0.1"}
    with app.test_request_context(environ_base=near):
        assert knock_of_request(EMAIL).way == throttle.NEAR
    with app.test_request_context(environ_base=near, headers={"X-Forwarded-For": "192.0.2.1"}):
        assert knock_of_request(EMAIL).way == throttle.STRANGER
