"""Signing in with a password, and what guessing costs."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import Engine, select, update

from tests.accounts.conftest import EMAIL, PASSWORD, Account, attempt
from tests.page import JudgingClient
from tracker.accounts import throttle
from tracker.accounts.passwords import Keeper
from tracker.models.access import AccessEntry, AccessEvent
from tracker.models.accounts import User
from tracker.models.engine import writing
from tracker.web.db import db


def events(app: Flask) -> list[AccessEvent]:
    with app.app_context():
        return list(
            db.session.scalars(select(AccessEntry.event).order_by(AccessEntry.at, AccessEntry.id))
        )


def test_the_right_password_opens(app: Flask, client: JudgingClient, account: Account) -> None:
    account()
    assert attempt(client).location == "/"
    assert events(app) == [AccessEvent.ACCOUNT_CREATED, AccessEvent.SIGNED_IN]
    assert client.get("/login", status=303).location == "/"
    with app.app_context():
        assert db.session.scalars(select(User.last_sign_in_at)).one() is not None


def test_another_keyboard_types_the_same(client: JudgingClient, account: Account) -> None:
    account()
    attempt(client, password="ﭼﻬﺎﺭ واژهٔ نامربوط ۱۴", email=f"  {EMAIL.upper()} ")


@pytest.mark.parametrize(
    "password", ["", "short", PASSWORD + "x", PASSWORD[:-1], "x" * 129, "x" * 200_000, "\0" * 20]
)
def test_a_wrong_password_does_not(
    app: Flask, client: JudgingClient, account: Account, password: str
) -> None:
    account()
    page = attempt(client, password=password, status=422)
    assert page.alert
    assert events(app)[-1] is AccessEvent.SIGN_IN_FAILED
    client.get("/account", status=303)


def test_the_answer_does_not_tell_which_accounts_exist(
    app: Flask, client: JudgingClient, account: Account, app_engine: Engine
) -> None:
    account()
    account("off@mashhad.example")
    with writing(), app_engine.begin() as connection:
        connection.execute(
            update(User).where(User.email == "off@mashhad.example").values(active=False)
        )
    wrong = attempt(client, password="this is not the one", status=422)
    unknown = attempt(client, email="nobody@mashhad.example", status=422)
    off = attempt(client, email="off@mashhad.example", status=422)
    assert wrong.alert == unknown.alert == off.alert


def test_a_password_that_is_too_long_or_short_is_never_hashed(
    app: Flask, client: JudgingClient, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    account()
    monkeypatch.setattr(app.extensions["passwords"], "_hasher", None)
    for password in ("x" * 11, "x" * 129):
        attempt(client, password=password, status=422)


def test_five_tries_a_minute(app: Flask, client: JudgingClient, account: Account) -> None:
    account()
    for _ in range(throttle.PER_MINUTE):
        attempt(client, password="this is not the one", status=422)
    page = attempt(client, status=429)
    assert page.headers["Retry-After"] == "60"
    assert events(app)[-1] is AccessEvent.SIGN_IN_HELD_BACK
    # Others are not held back by it.
    account("other@mashhad.example")
    attempt(JudgingClient(app), email="other@mashhad.example")


def test_the_right_password_clears_the_count(
    app: Flask, client: JudgingClient, account: Account
) -> None:
    account()
    for _ in range(3):
        for _ in range(throttle.PER_MINUTE - 1):
            attempt(JudgingClient(app), password="this is not the one", status=422)
        attempt(JudgingClient(app))


def test_an_outdated_hash_is_renewed(app: Flask, client: JudgingClient, account: Account) -> None:
    account()
    keeper = app.extensions["passwords"]
    weaker = Keeper(app.config["PASSWORD_SALT"], cost=(512, 1)).hash(PASSWORD)
    assert keeper.is_outdated(weaker)
    with app.app_context(), writing():
        db.session.execute(update(User).values(password=weaker))
        db.session.commit()
    attempt(client)
    with app.app_context():
        assert not keeper.is_outdated(db.session.scalars(select(User.password)).one())


def test_no_tokens_no_sign_in(client: JudgingClient, account: Account) -> None:
    account()
    client.post("/login", {"email": EMAIL, "password": PASSWORD}, status=400)


def test_what_stands_in_the_cookie_before_is_not_what_stands_in_it_after(
    app: Flask, account: Account
) -> None:
    account()
    client = JudgingClient(app)
    client.token()
    before = client.http.get_cookie("peyvand")
    attempt(client)
    after = client.http.get_cookie("peyvand")
    assert before is not None
    assert after is not None
    assert before.value != after.value
