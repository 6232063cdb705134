"""CSRF: Flask-WTF's token on every unsafe method, and what the browser says as a second line.

The secret behind the token is derived from the session's own token (see `web.session`), so no
page writes a session to have a form, and a token dies with the session that it was made for.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, request
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import BadRequest

from tracker.web.db import SAFE_METHODS

protect = CSRFProtect()


def install(app: Flask) -> None:
    # A form may stay open all day; its token lives as long as its session.
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    app.before_request(_same_origin)
    app.before_request(_every_part_has_a_name)
    protect.init_app(app)


def _same_origin() -> None:
    """Refuse an unsafe request that the browser itself says comes from another site."""
    if request.method in SAFE_METHODS:
        return
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin")
    if site not in ("same-origin", "none"):
        raise CSRFError("The request comes from another site.")
    if origin is not None and _host_of(origin) != request.host:
        raise CSRFError("The request comes from another site.")


def _every_part_has_a_name() -> None:
    """No form sends a part without a name, and whoever reads the form counts on one."""
    if request.method not in SAFE_METHODS and None in request.form:
        raise BadRequest


def _host_of(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc
    except ValueError:  # «http://[»: no browser says so
        return None
