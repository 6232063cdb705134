"""The cookies of a session: opened as a `Visitor` for each request, and what became of it written
back with the answer."""

from __future__ import annotations

import re
from typing import cast

from flask import Flask, Request, Response
from flask.sessions import SessionInterface, SessionMixin

from tracker.web import clock
from tracker.web.flashes import Flashes
from tracker.web.session import Visitor

_TOKEN = re.compile(r"[sv][A-Za-z0-9_-]{43}")


class Sessions(SessionInterface):
    """Opens a `Visitor` for each request and writes what became of it."""

    def __init__(self, secret: bytes, *, second_factor: bool) -> None:
        self._secret = secret
        self._second_factor = second_factor

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
            second_factor=self._second_factor,
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
    app.session_interface = Sessions(
        secret.encode(), second_factor=bool(app.config["SECOND_FACTOR"])
    )
