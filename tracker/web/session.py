"""Signed-in browsers: an own session store over `user_sessions`, written on its own connection.

The cookie holds a random token, the database its SHA-256. One joined query reads the session and
whoever it belongs to, only when something asks; on a request that may write, beside the main
transaction. A signed-in GET writes nothing, but for `seen_at` once a minute, and only after the
main transaction has ended. What the next page says once is kept elsewhere (`web.flashes`).

Nobody signed in means no row at all. Where such a visitor needs a CSRF token (the sign-in form),
the cookie gets a random visitor token and the CSRF secret is derived from it, as it is from the
id of a session that has a row: `csrf_token` is a derived key of this mapping, never stored, so no
form costs a write. Signing in and out always makes a new token: a planted one leads nowhere. What
a session may do changes under a new token too, but in the same row: forms that stand open in other
tabs can still be sent.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, cast

from flask import session
from flask.sessions import SessionMixin

from tracker.domain.access import ANYBODY, Actor, Role
from tracker.models.ids import new_id
from tracker.web import clock, flashes, limits, session_rows, standing
from tracker.web.flashes import Flashes
from tracker.web.session_rows import token_hash
from tracker.web.standing import Standing

SEEN_EVERY = timedelta(minutes=1)

_SIGNED_IN, _VISITOR = "s", "v"
_CSRF = "csrf_token"


def _new_token(prefix: str) -> str:
    return prefix + secrets.token_urlsafe(32)


class Visitor(SessionMixin):
    """The session of one request, read when first asked about."""

    def __init__(
        self,
        secret: bytes,
        token: str | None,
        said: Flashes,
        address: str,
        browser: str,
        *,
        second_factor: bool,
    ) -> None:
        self._secret = secret
        self._second_factor = second_factor
        self.flashes = said
        self._came_with = token
        self._token = token
        self._row: Any = None
        self._limits = limits.DEFAULTS[Role.OFFICIAL]
        self._read = token is None or token.startswith(_VISITOR)
        self._data: dict[str, Any] = {}
        self._new_row: dict[str, Any] | None = None
        self._changed: dict[str, Any] = {}
        self._owner = ANYBODY
        self._standing = Standing.NOBODY
        self._counts_as_seen = True
        self.address = address[:64]
        self.browser = browser[:200]
        self.modified = False
        self.accessed = True

    # ── who it is, and how far they have come ──

    @property
    def actor(self) -> Actor:
        """Whoever may act: the owner of an open session, else nobody in particular."""
        self._find()
        return self._owner if self._standing is Standing.OPEN else ANYBODY

    @property
    def owner(self) -> Actor:
        """Whose session it is, also while it is locked or a second factor is missing."""
        self._find()
        return self._owner

    @property
    def standing(self) -> Standing:
        self._find()
        return self._standing

    @property
    def limits(self) -> limits.Limits:
        """How long this session may idle and last, and how long its device is remembered."""
        self._find()
        return self._limits

    @property
    def is_fresh(self) -> bool:
        """Whether its owner proved a short while ago to be at it."""
        self._find()
        return self._row is not None and standing.is_fresh(self._row, clock.now())

    @property
    def session_id(self) -> str:
        """Names this session in audit entries; it opens nothing."""
        self._find()
        return "" if self._row is None else self._row.id.hex

    @property
    def hashed_token(self) -> bytes:
        """What ties something to this very browser until its token changes."""
        return token_hash(self._token or "")

    # ── what becomes of it ──

    def sign_in(self, who: Actor, *, factor_at: datetime | None = None) -> None:
        """From here on this browser is that account, under a new token; `factor_at` when its
        second factor has been proved, here or on this device lately."""
        self._find()
        self._token = _new_token(_SIGNED_IN)
        self._new_row = {"id": new_id(), "user_id": who.user_id, "factor_at": factor_at}
        self._row, self._owner, self._data, self._changed = None, who, {}, {}
        proved = factor_at is not None or not self._second_factor
        self._standing = Standing.OPEN if proved else Standing.UNPROVED
        self.modified = True

    def sign_out(self) -> None:
        """From here on this browser is nobody's."""
        self._find()
        self._token = None
        self._row, self._new_row, self._owner, self._data = None, None, ANYBODY, {}
        self._standing = Standing.NOBODY
        self.modified = True

    def renew(self, **changed: datetime | None) -> None:
        """The same session under a new token, because what it may do changes: `factor_at`,
        `fresh_at`, `locked_at`."""
        self._find()
        if self._row is None:
            return
        self._token = _new_token(_SIGNED_IN)
        self._changed |= {"token_hash": token_hash(self._token), **changed}
        now = clock.now()
        self._row = standing.Changed(self._row, {**changed, "seen_at": now})
        self._stand(now)
        self.modified = True

    def lock(self, now: datetime) -> None:
        """Its owner goes away and comes back to it by proving who they are."""
        if self.standing is not Standing.LOCKED:
            self.renew(locked_at=now)

    def go_unseen(self) -> None:
        """This request is the script's own: nobody need be at the browser for it."""
        self._counts_as_seen = False

    def stay_unknown(self) -> None:
        """Whoever it is, if that was not read yet: ask the database no more in this request."""
        self._read = True

    def _find(self) -> None:
        if self._read:
            return
        self._read = True
        if self._token is None:
            return
        row, now = session_rows.find(token_hash(self._token)), clock.now()
        if row is None or (limit := limits.of(row)).is_over(row.created_at, now):
            self._token = None
            return
        self._row, self._limits = row, limit
        self._data = dict(row.data)
        self._owner = Actor(row.user_id, row.role, row.name, row.language)
        self._stand(now)

    def _stand(self, now: datetime) -> None:
        self._standing = standing.standing_of(
            self._row, self._limits, now, second_factor=self._second_factor
        )

    # ── the mapping that Flask and Flask-WTF use ──

    def _csrf_secret(self) -> str:
        self._find()
        if self._token is None:
            self._token = _new_token(_VISITOR)
        if self._new_row is not None:
            of = self._new_row["id"].hex
        else:
            of = self._token if self._row is None else self._row.id.hex
        return hmac.new(self._secret, b"csrf " + of.encode(), hashlib.sha256).hexdigest()

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
        came = self._came_with
        left = self.modified and self._token is None and came is not None and came[0] == _SIGNED_IN
        if self._new_row is not None or left:
            old = None if came is None else token_hash(came)
            session_rows.replace(old, self._row_to_begin(now), now)
        elif self._row is None:
            return
        elif self._changed:
            values = {"seen_at": now, "data": self._data, **self._changed}
            if not session_rows.renew(self._row.id, token_hash(came or ""), values):
                self._token = came  # another tab was quicker, and its cookie counts
        elif self.modified:
            session_rows.note(self._row.id, {"data": self._data})
        elif self._counts_as_seen and _is_to_be_seen(self._row, self._standing, now):
            session_rows.note(self._row.id, {"seen_at": now})

    def _row_to_begin(self, now: datetime) -> dict[str, Any] | None:
        if self._new_row is None or self._token is None:
            return None
        return {
            "token_hash": token_hash(self._token),
            "created_at": now,
            "seen_at": now,
            "fresh_at": now,
            "address": self.address,
            "browser": self.browser,
            "data": self._data,
            **self._new_row,
        }

    def cookie_changes(self) -> tuple[str | None, str | None]:
        """The new values of the cookies of session and flashes: "" to remove one, None to leave
        it as it is."""
        token = None if self._token == self._came_with else (self._token or "")
        if not (token or self.modified):
            # Its session is over, or another tab has just renewed it: the cookie that came in
            # may be an old one by now, and the answer must not take the new one away.
            token = None
        return token, self.flashes.cookie_change(self._token)


def _is_to_be_seen(row: Any, stands: Standing, now: datetime) -> bool:
    return stands is not Standing.LOCKED and bool(now - row.seen_at >= SEEN_EVERY)


def visitor() -> Visitor:
    """The session of this request, as what it is."""
    return cast(Visitor, session._get_current_object())  # type: ignore[attr-defined]
