"""Browsers in which an account has been signed in before: a cookie that says so and opens nothing.

It holds a random name of the browser and, for each account, a seal over both. It takes its owner
past the lock that strangers have brought about (see `throttle`), and nothing else.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import re
import secrets

from flask import current_app, request
from werkzeug.wrappers import Response

from tracker.accounts import throttle
from tracker.accounts.throttle import Knock

# As many accounts as one desk has; the one that signed in longest ago gives way.
_MOST = 8
_KEPT = 400 * 24 * 3600  # as long as browsers keep anything
_COOKIE = re.compile(r"([0-9a-f]{32})((?:\.[0-9a-f]{32}){1,8})")


def knock_of_request(email: str) -> Knock:
    """Who tries to get into the account of that address, and by which way."""
    return Knock.at(email, request.remote_addr or "", _way(email))


def remember(response: Response, email: str) -> None:
    """From here on this browser is one of the account's."""
    browser, seals = _read()
    browser = browser or secrets.token_hex(16)
    seal = _seal(browser, email)
    kept = [seal, *(each for each in seals if each != seal)][:_MOST]
    response.set_cookie(
        _name(),
        ".".join((browser, *kept)),
        max_age=_KEPT,
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        httponly=True,
        samesite="Lax",
    )


def _way(email: str) -> str:
    browser, seals = _read()
    seal = _seal(browser, email)
    if any(hmac.compare_digest(seal, each) for each in seals):
        return f"browser {browser}"
    return throttle.NEAR if _is_near() else throttle.STRANGER


def _is_near() -> bool:
    """At this machine itself, and not through a proxy on it that nobody told us of."""
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def _read() -> tuple[str, list[str]]:
    found = _COOKIE.fullmatch(request.cookies.get(_name(), ""))
    return (found[1], found[2].strip(".").split(".")) if found else ("", [])


def _seal(browser: str, email: str) -> str:
    key = str(current_app.config["SECRET_KEY"]).encode()
    said = f"known browser {browser} {email}".encode()
    return hmac.new(key, said, hashlib.sha256).hexdigest()[:32]


def _name() -> str:
    return f"{current_app.config['SESSION_COOKIE_NAME']}_known"
