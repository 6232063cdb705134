"""Accounts with a second factor, in an application that asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import Engine, select, update
from werkzeug.routing import IntegerConverter, UUIDConverter

from tests.accounts.conftest import EMAIL, PASSWORD, Account, attempt
from tests.page import JudgingClient, Page
from tests.serving import served
from tracker.accounts import totp
from tracker.domain.access import Role
from tracker.models.access import UserSession
from tracker.models.accounts import User
from tracker.models.engine import writing
from tracker.web import clock
from tracker.web.db import db

Enrol = Callable[..., "Person"]


class Person:
    """Somebody with an account, the app in their pocket, and a browser."""

    def __init__(self, app: Flask, email: str = EMAIL) -> None:
        self.app, self.email = app, email
        self.client = JudgingClient(app, email)
        self.key = ""
        self.codes: list[str] = []
        self._step = 0

    def code(self) -> str:
        """What the app shows now; never the same twice, as if they had waited for the next."""
        self._step = max(self._step + 1, totp.step_of(clock.now()) - 1)
        return totp.code_at(self.key, self._step)

    def sign_in(self, client: JudgingClient | None = None) -> Page:
        """With the password, as far as that leads."""
        self.client = client or JudgingClient(self.app, self.email)
        return attempt(self.client, PASSWORD, self.email)

    def leave_and_come_back(self, password: str = PASSWORD) -> None:
        """Sign out and in again in the same browser."""
        self.client.post_form("/account/factors", action="/logout")
        attempt(self.client, password, self.email)

    def enrol(self) -> Page:
        """Set an app up, as the pages say."""
        page = self.client.post_form("/account/factors", action="/authenticator/new")
        page = self.client.follow(page)
        self.key = page.all(".//kbd")[0].text.replace(" ", "")  # type: ignore[union-attr]
        page = self.client.post_form(page, {"code": self.code()}, status=200)
        self.codes = [kbd.text or "" for kbd in page.all(".//ol//kbd")]
        return page

    def prove(self, status: int = 303, **fields: str) -> Page:
        page = self.client.get("/login/factor")
        fields = fields or {"code": self.code()}
        return self.client.post_form(page, fields, action="/login/factor", status=status)


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The application as a city runs it: no demo, and a second factor where it is needed."""
    with served(database_url, tmp_path, demo=False, second_factor=True) as made:
        yield made


@pytest.fixture
def person(app: Flask, account: Account) -> Callable[..., Person]:
    """`person("staff")`: an account whose owner has signed in with the password alone."""

    def make(role: str = "staff", email: str = EMAIL) -> Person:
        account(email, Role(role))
        one = Person(app, email)
        one.sign_in()
        return one

    return make


@pytest.fixture
def enrolled(person: Callable[..., Person]) -> Enrol:
    """`enrolled("staff")`: the same, who has enrolled an app in this browser."""

    def make(role: str = "staff", email: str = EMAIL) -> Person:
        one = person(role, email)
        one.enrol()
        return one

    return make


def alter_sessions(engine: Engine, **values: object) -> None:
    with writing(), engine.begin() as connection:
        connection.execute(update(UserSession).values(**values))


def user_of(app: Flask, email: str = EMAIL) -> User:
    with app.app_context():
        return db.session.scalars(select(User).where(User.email == email)).one()


def addresses_of(app: Flask) -> list[str]:
    """Every address that is read, with nobody's id where it takes one."""
    adapter = app.url_map.bind("localhost")
    values = {UUIDConverter: UUID(int=7), IntegerConverter: 7}
    found = []
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint != "static":
            given = {name: values.get(type(c), "tie") for name, c in rule._converters.items()}
            found.append(adapter.build(rule.endpoint, given, append_unknown=False))
    return found
