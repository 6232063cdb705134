"""What the next page says once («Saved.»), carried there in a signed cookie.

In the session it would cost a transaction after each change, and another on the page that shows
it, which is a GET and should write nothing.
"""

from __future__ import annotations

import hashlib
from typing import Any

from itsdangerous import BadData, URLSafeSerializer

KEY = "_flashes"  # where Flask keeps them in a session
_LONGEST = 3500  # a browser drops a cookie of more than 4096 bytes


class Flashes:
    """The messages of one request, bound to the token of the browser that they are for."""

    def __init__(self, secret: bytes, cookie: str | None, token: str | None) -> None:
        self._signer = URLSafeSerializer(secret, salt="flashes")
        self._cookie = cookie
        self._read_from_cookie = self._read(cookie, token)
        self.messages = list(self._read_from_cookie)

    def cookie_change(self, token: str | None) -> str | None:
        """The cookie's new value, "" to remove it, None to leave it as it is."""
        if not self.messages or token is None:
            return "" if self._cookie else None
        if self.messages == self._read_from_cookie:
            return None
        return self._written(self.messages, token)

    def _read(self, cookie: str | None, token: str | None) -> list[Any]:
        if not cookie or token is None:
            return []
        try:
            bound_to, messages = self._signer.loads(cookie)
        except (BadData, ValueError, TypeError):
            return []
        return [tuple(each) for each in messages] if bound_to == _mark(token) else []

    def _written(self, messages: list[Any], token: str) -> str:
        value = str(self._signer.dumps([_mark(token), messages]))
        # The newest is what was just done; an older one that does not fit is let go.
        return value if len(value) <= _LONGEST else self._written(messages[1:], token)


def _mark(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()[:16]
