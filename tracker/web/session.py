"""Signed-in browsers: an own session store over `user_sessions`, written on its own connection.

The cookie holds a random token, the database its SHA-256. One joined query reads the session and
whoever it belongs to, only when something asks; on a request that may write, beside the main
transaction. A signed-in GET writes nothing, but for `seen_at` once a minute, and only after the
main transaction has ended. What the next page says once is kept elsewhere (`web.flashes`).

Nobody signed in means no row at all. Where such a visitor needs a CSRF token (the sign-in form),
the cookie gets a random visitor token and the CSRF secret is derived from it, as it is from the
token of a signed-in browser: `csrf_token` is a derived key of this mapping, never stored, so no
form costs a write. Signing in and out always makes a new token: a planted one leads nowhere.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import re
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from flask import Flask, Request, Response, request, session
from flask.sessions import SessionInterface, SessionMixin
from sqlalchemy import Row, bindparam, delete, insert, or_, select, update
from sqlalchemy.exc import SQLAlchemyError

from tracker.domain.access import ANYBODY, Actor, Role
from tracker.models.access import UserSession
from tracker.models.accounts import User
from tracker.models.engine import writing
from tracker.models.ids import new_id
from tracker.web import clock, flashes
from tracker.web.db import SAFE_METHODS, db
from tracker.web.flashes import Flashes

log = logging.getLogger(__name__)

LIFETIME = timedelta(hours=12)
IDLE = timedelta(minutes=30)
IDLE_ADMINISTRATOR = timedelta(minutes=15)
SEEN_EVERY = timedelta(minutes=1)

_TOKEN = re.compile(r"[sv][A-Za-z0-9_-]{43}")
_SIGNED_IN, _VISITOR = "s", "v"
_CSRF = "csrf_token"

_FIND = (
    select(
        UserSession.id,
        UserSession.created_at,
        UserSession.seen_at,
        UserSession.data,
        User.id.label("user_id"),
        User.name,
        User.role,
        User.language,
    )
    .join(User, User.id == UserSession.user_id)
    .where(UserSession.token_hash == bindparam("token_hash"), User.active)
)


def token_hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _new_token(prefix: str) -> str:
    return prefix + secrets.token_urlsafe(32)


class Visitor(SessionMixin):
    """The session of one request, read when first asked about."""

    def __init__(
        self, secret: bytes, token: str | None, said: Flashes, address: str, browser: str
    ) -> None:
        self._secret = secret
        self.flashes = said
        self._came_with = token
        self._token = token
        self._row: Row[Any] | None = None
        self._read = token is None or token.startswith(_VISITOR)
        self._data: dict[str, Any] = {}
        self._signing_in: UUID | None = None
        self._actor = ANYBODY
        self.address = address
        self.browser = browser
        self.modified = False
        self.accessed = True

    # ── who it is ──

    @property
    def actor(self) -> Actor:
        self._find()
        return self._actor

    @property
    def session_id(self) -> str:
        """Names this session in audit entries; it opens nothing."""
        self._find()
        return "" if self._row is None else self._row.id.hex

    def sign_in(self, actor: Actor) -> None:
        """From here on this browser is that account, under a new token."""
        self._find()
        self._token = _new_token(_SIGNED_IN)
        self._signing_in = actor.user_id
        self._actor = actor
        self._data = {}
        self.modified = True

    def sign_out(self) -> None:
        """From here on this browser is nobody's."""
        self._find()
        self._token = None
        self._row_gone()
        self.modified = True

    def rotate(self) -> None:
        """The same account under a new token: after its password or its rights changed."""
        if not self.actor.is_anonymous:
            self.sign_in(self.actor)

    def _row_gone(self) -> None:
        self._row, self._signing_in, self._actor, self._data = None, None, ANYBODY, {}

    def _find(self) -> None:
        if self._read:
            return
        self._read = True
        if self._token is None:
            return
        row = _look_up(token_hash(self._token))
        if row is None or _is_over(row, clock.now()):
            self._token = None
            return
        self._row = row
        self._data = dict(row.data)
        self._actor = Actor(row.user_id, row.role, row.name, row.language)

    # ── the mapping that Flask and Flask-WTF use ──

    def _csrf_secret(self) -> str:
        if self._token is None:
            self._find()
        if self._token is None:
            self._token = _new_token(_VISITOR)
        return hmac.new(self._secret, b"csrf " + self._token.encode(), hashlib.sha256).hexdigest()

    def __getitem__(self, key: str) -> Any:
        if key == flashes.KEY:
            return self.flashes.messages
        self._find()
        if key == _CSRF:
            return self._csrf_secret()
        return self._data[key]

    def __setitem__(self, key: str, value: Any) -> None:
        if key == flashes.KEY:
            self.flashes.messages = value
            return
        self._find()
        if key == _CSRF:
            self._csrf_secret()  # derived, whatever somebody would rather have
            return
        self._data[key] = value
        self.modified = True

    def __delitem__(self, key: str) -> None:
        if key == flashes.KEY:
            self.flashes.messages = []
            return
        self._find()
        del self._data[key]
        self.modified = True

    def __contains__(self, key: object) -> bool:
        if key == flashes.KEY:
            return bool(self.flashes.messages)
        self._find()
        return self._token is not None if key == _CSRF else key in self._data

    def __iter__(self) -> Iterator[str]:
        self._find()
        return iter(self._data)

    def __len__(self) -> int:
        self._find()
        return len(self._data)

    # ── what is left to write when the answer is ready ──

    def save(self, now: datetime) -> None:
        if self._signing_in is not None or self._left():
            self._replace_row(now)
        elif self._row is not None:
            if self.modified:
                self._update(self._row.id, data=self._data, seen_at=now)
            elif now - self._row.seen_at >= SEEN_EVERY:
                self._update(self._row.id, seen_at=now)

    def _left(self) -> bool:
        came = self._came_with
        return (
            self.modified
            and came is not None
            and came.startswith(_SIGNED_IN)
            and (self._token != came)
        )

    def _replace_row(self, now: datetime) -> None:
        with writing(), db.engine.begin() as connection:
            stale = or_(UserSession.seen_at < now - IDLE, UserSession.created_at < now - LIFETIME)
            if self._came_with is not None:
                stale = or_(stale, UserSession.token_hash == token_hash(self._came_with))
            connection.execute(delete(UserSession).where(stale))
            if self._signing_in is not None and self._token is not None:
                connection.execute(
                    insert(UserSession).values(
                        id=new_id(),
                        token_hash=token_hash(self._token),
                        user_id=self._signing_in,
                        created_at=now,
                        seen_at=now,
                        address=self.address[:64],
                        browser=self.browser[:200],
                        data=self._data,
                    )
                )

    def _update(self, row_id: UUID, **values: Any) -> None:
        try:
            with writing(), db.engine.begin() as connection:
                connection.execute(
                    update(UserSession).where(UserSession.id == row_id).values(**values)
                )
        except SQLAlchemyError:
            # A full disk must not stop anybody from reading.
            log.warning("the session could not be written", exc_info=True)

    def cookie_changes(self) -> tuple[str | None, str | None]:
        """The new values of the cookies of session and flashes: "" to remove one, None to leave
        it as it is."""
        token = None if self._token == self._came_with else (self._token or "")
        return token, self.flashes.cookie_change(self._token)


def _look_up(hashed: bytes) -> Row[Any] | None:
    """On the connection that a page is about to read from anyway; whatever may write keeps the
    main transaction to itself, and this goes beside it."""
    if request.method in SAFE_METHODS:
        reading = db.session().connection()
        return reading.execute(_FIND, {"token_hash": hashed}).one_or_none()
    with writing(False), db.engine.connect() as connection:
        return connection.execute(_FIND, {"token_hash": hashed}).one_or_none()


def _is_over(row: Row[Any], now: datetime) -> bool:
    idle = IDLE_ADMINISTRATOR if row.role is Role.ADMINISTRATOR else IDLE
    return bool(now - row.seen_at > idle or now - row.created_at > LIFETIME)


def visitor() -> Visitor:
    """The session of this request, as what it is."""
    return cast(Visitor, session._get_current_object())  # type: ignore[attr-defined]


class Sessions(SessionInterface):
    """Opens a `Visitor` for each request and writes what became of it."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def open_session(self, app: Flask, request: Request) -> Visitor:
        token = request.cookies.get(self.get_cookie_name(app))
        if token is not None and not _TOKEN.fullmatch(token):
            token = None
        said = request.cookies.get(self._name_of_flashes(app))
        browser = request.headers.get("User-Agent", "")
        return Visitor(
            self._secret,
            token,
            Flashes(self._secret, said, token),
            request.remote_addr or "",
            browser,
        )

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        mine = cast(Visitor, session)
        mine.save(clock.now())
        names = self.get_cookie_name(app), self._name_of_flashes(app)
        secure = self.get_cookie_secure(app)
        for name, value in zip(names, mine.cookie_changes(), strict=True):
            if value:
                response.set_cookie(name, value, secure=secure, httponly=True, samesite="Lax")
            elif value == "":
                response.delete_cookie(name, secure=secure, httponly=True, samesite="Lax")

    def _name_of_flashes(self, app: Flask) -> str:
        return f"{self.get_cookie_name(app)}_said"


def install(app: Flask, secret: str) -> None:
    app.session_interface = Sessions(secret.encode())
