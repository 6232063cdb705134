"""The application over a fresh copy of the database, and clients that judge what they fetch."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine, insert

from tests.databases import Server
from tests.page import JudgingClient
from tracker.app import create_app
from tracker.config import Settings
from tracker.domain.access import Role
from tracker.models.access import UserSession
from tracker.models.accounts import User
from tracker.models.engine import make_engine, writing
from tracker.models.ids import new_id
from tracker.web.db import db

COMPILED = FileSystemBytecodeCache(mkdtemp(prefix="peyvand-templates-"))
AsRole = Callable[[str], JudgingClient]


@pytest.fixture
def database_url(server: Server) -> Iterator[str]:
    """A migrated database of this test's own: what it commits stays in it."""
    url = server.copy()
    yield url
    server.drop(url)


@contextmanager
def served(url: str, instance: Path, **changed: Any) -> Iterator[Flask]:
    """The application over a database that exists."""
    made = create_app(Settings.for_tests(url, instance, **changed))
    # Each test has an application of its own; compiling the templates anew took half its time.
    made.jinja_env.bytecode_cache = COMPILED
    try:
        yield made
    finally:
        with made.app_context():
            db.engine.dispose()


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    with served(database_url, tmp_path) as made:
        yield made


@pytest.fixture
def app_engine(app: Flask) -> Engine:
    """The application's own engine, to count what it is given."""
    with app.app_context():
        return db.engine


@pytest.fixture
def client(app: Flask) -> JudgingClient:
    """Nobody signed in."""
    return JudgingClient(app)


@pytest.fixture
def as_role(app: Flask, database_url: str) -> AsRole:
    """`as_role("staff")`: a client signed in as a new account of that role."""
    return lambda role: signed_in(app, database_url, role)


def signed_in(app: Flask, url: str, role: str) -> JudgingClient:
    """A client of `role`; of nobody in particular when the role is anonymous."""
    client = JudgingClient(app, role)
    if role != Role.ANONYMOUS:
        token = open_session(url, role)
        client.http.set_cookie(app.config["SESSION_COOKIE_NAME"], token, domain="localhost")
    return client


def open_session(url: str, role: str) -> str:
    """An account and a session of it, straight into the tables: signing in costs a hash."""
    now = datetime.now(UTC)
    user, token = new_id(), "s" + secrets.token_urlsafe(32)
    engine = make_engine(url)
    try:
        with writing(), engine.begin() as connection:
            connection.execute(
                insert(User).values(
                    id=user,
                    email=f"{user.hex}@example.org",
                    name=f"{role} {user.hex[-4:]}",
                    role=Role(role),
                    created_at=now,
                )
            )
            connection.execute(
                insert(UserSession).values(
                    token_hash=sha256(token.encode()).digest(),
                    user_id=user,
                    created_at=now,
                    seen_at=now,
                )
            )
    finally:
        engine.dispose()
    return token
