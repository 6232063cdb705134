"""A clerk who is signed in, as the product knows one: an account, a session, a token for forms."""

from __future__ import annotations

import http.client
import re
import secrets
from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy import insert

from tracker.domain.access import Role
from tracker.models.access import UserSession
from tracker.models.accounts import User
from tracker.models.engine import make_engine, writing
from tracker.models.ids import new_id

_CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def sign_in(url: str) -> str:
    """A new clerk's session, straight into the tables; the token that its cookie holds."""
    now = datetime.now(UTC)
    user, token = new_id(), "s" + secrets.token_urlsafe(32)
    engine = make_engine(url)
    with writing(), engine.begin() as connection:
        connection.execute(
            insert(User).values(
                id=user,
                email=f"{user.hex}@example.org",
                name="Clerk",
                role=Role.STAFF,
                created_at=now,
            )
        )
        connection.execute(
            insert(UserSession).values(
                token_hash=sha256(token.encode()).digest(),
                user_id=user,
                created_at=now,
                seen_at=now,
                factor_at=now,
                fresh_at=now,
            )
        )
    engine.dispose()
    return token


def csrf_token(port: int, headers: dict[str, str]) -> str:
    """What the form of a meeting carries, read off the running product."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/meetings/new", headers=headers)
    page = connection.getresponse().read().decode()
    connection.close()
    return token_in(page)


def token_in(page: str) -> str:
    found = _CSRF.search(page)
    if found is None:
        raise RuntimeError(f"no form: {page[:1000]}")
    return found[1]
