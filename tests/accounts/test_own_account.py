"""The page of one's own account: password, language, open sessions."""

from __future__ import annotations

from uuid import uuid4

import pytest
from flask import Flask

from tests.accounts.conftest import EMAIL, PASSWORD, Account, attempt
from tests.page import JudgingClient

# Nothing here depends on the kind of database.
pytestmark = pytest.mark.database("sqlite")

NEW = "ابر نردبان کاشی هویج"


@pytest.fixture
def mine(app: Flask, account: Account) -> JudgingClient:
    account()
    client = JudgingClient(app, "staff")
    attempt(client)
    return client


def change(client: JudgingClient, current: str, new: str, status: int = 303) -> str:
    data = {"current": current, "password": new, "csrf_token": client.get("/account").token}
    page = client.post("/account/password", data, status=status)
    return page.location or page.alert


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_it_says_who_one_is(mine: JudgingClient, lang: str) -> None:
    page = mine.get("/account", lang=lang)
    assert EMAIL in page.shown
    assert page.main.get("data-kind") == "account"


def test_a_new_password_ends_the_other_sessions(app: Flask, mine: JudgingClient) -> None:
    other = JudgingClient(app)
    attempt(other)
    before = mine.http.get_cookie("peyvand")
    assert change(mine, PASSWORD, NEW) == "/account"
    after = mine.http.get_cookie("peyvand")
    assert before is not None
    assert after is not None
    assert before.value != after.value
    mine.get("/account")
    other.get("/account", status=303)
    attempt(JudgingClient(app), status=422)
    attempt(JudgingClient(app), password=NEW)


@pytest.mark.parametrize(
    ("current", "new"),
    [
        ("not the present one", NEW),
        (PASSWORD, "short"),
        (PASSWORD, "x" * 129),
        (PASSWORD, "Shahrdari@1400"),
        (PASSWORD, "mashhad1400mashhad"),
        (PASSWORD, "شهرداری مشهد ۱۴۰۰"),
        (PASSWORD, "123456789012345"),
        (PASSWORD, "karshenas karshenas 1"),
    ],
)
def test_a_change_that_is_refused_changes_nothing(
    app: Flask, mine: JudgingClient, current: str, new: str
) -> None:
    assert change(mine, current, new, status=422)
    attempt(JudgingClient(app))


def test_one_ends_ones_own_sessions_and_no_others(
    app: Flask, mine: JudgingClient, account: Account
) -> None:
    other = JudgingClient(app)
    attempt(other)
    page = mine.get("/account")
    ends = [form for form in page.forms() if (form.get("action") or "").endswith("/end")]
    assert len(ends) == 1
    address = str(ends[0].get("action"))
    account("else@mashhad.example")
    stranger = JudgingClient(app)
    attempt(stranger, email="else@mashhad.example")
    stranger.post(address, {"csrf_token": stranger.get("/account").token}, status=404)
    other.get("/account")
    mine.post(address, {"csrf_token": page.token})
    other.get("/account", status=303)
    mine.post(address, {"csrf_token": page.token}, status=404)
    mine.post(f"/account/sessions/{uuid4()}/end", {"csrf_token": page.token}, status=404)


def test_a_language_that_is_not_offered(mine: JudgingClient) -> None:
    data = {"language": "xx", "csrf_token": mine.get("/account").token}
    mine.post("/account/language", data, status=422)
