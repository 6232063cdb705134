"""An account with a password, and the way in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask

from tests.page import JudgingClient, Page
from tracker.accounts import services
from tracker.domain.access import Role
from tracker.models.engine import writing
from tracker.web.db import db

EMAIL, PASSWORD = "karshenas@mashhad.example", "چهار واژهٔ نامربوط ۱۴"

Account = Callable[..., None]


@pytest.fixture
def account(app: Flask) -> Account:
    def make(email: str = EMAIL, role: Role = Role.STAFF, name: str = "") -> None:
        with app.app_context(), writing():
            hashed = app.extensions["passwords"].hash(PASSWORD)
            wanted = services.NewAccount(email, name, role, hashed)
            services.create_account(db.session(), wanted, datetime.now(UTC))

    return make


def attempt(
    client: JudgingClient, password: str = PASSWORD, email: str = EMAIL, status: int = 303
) -> Page:
    data = {"email": email, "password": password, "csrf_token": client.token()}
    return client.post("/login", data, status=status)


def use(client: JudgingClient, address: str, password: str, status: int = 303) -> Page:
    """Choose a password with a link."""
    data = {"password": password, "csrf_token": client.token()}
    return client.post(address, data, status=status)
