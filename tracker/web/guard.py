"""Deny by default: every endpoint says who may call it, and one check enforces what it says.

`@requires(Permission.X)` or `@public` stamps a view. The app refuses to start while an endpoint
bears no stamp. Nobody signed in: 303 to the sign-in page. Signed in without the permission: 404
where the address names an object, because absent and forbidden are never told apart, and 403 for
a function of the product. Signed in and not there yet (no second factor, or locked): 303 to the
one page that opens the session. A program gets 401 for either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal, TypeVar
from urllib.parse import unquote, urlsplit

from flask import Flask, abort, current_app, g, has_request_context, redirect, request, url_for
from werkzeug.wrappers import Response

from tracker.domain.access import Actor, Origin, Permission
from tracker.models.access import AccessEvent
from tracker.web import access_log
from tracker.web.db import SAFE_METHODS
from tracker.web.errors import wants_json
from tracker.web.session import visitor
from tracker.web.standing import Standing

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC: Literal["public"] = "public"
Stamp = Permission | Literal["public"]
_STAMP = "__peyvand_access__"
_ALSO, _FRESH = "__peyvand_also__", "__peyvand_fresh__"
# Where a session that is not open is opened.
_OPENED_AT = {
    Standing.LOCKED: "accounts.unlock",
    Standing.UNENROLLED: "accounts.factors_page",
    Standing.UNPROVED: "accounts.prove",
}
# Endpoints whose functions are not ours to stamp.
STAMPS: dict[str, Stamp] = {"static": PUBLIC}


class MissingStamp(Exception):
    """An endpoint declares neither a permission nor that it is public."""


def requires(permission: Permission, *, also: Iterable[Standing] = ()) -> Callable[[View], View]:
    """This view is for whoever has the permission in an open session, or in one that stands
    `also` like this: such a view asks for `owner()`, because nobody acts in it yet."""

    def stamp(view: View) -> View:
        setattr(view, _STAMP, permission)
        setattr(view, _ALSO, frozenset(also))
        return view

    return stamp


def public(view: View) -> View:
    """This view is for everybody, signed in or not."""
    setattr(view, _STAMP, PUBLIC)
    return view


def fresh_proof_needed(view: View) -> View:
    """This view asks its owner to prove again that it is them, unless they just did: for what
    could lose an account. Stands below `@requires`."""
    setattr(view, _FRESH, True)
    return view


def actor() -> Actor:
    """Whoever makes this request and may act."""
    return visitor().actor


def owner() -> Actor:
    """Whose session this is, also where it is not open."""
    return visitor().owner


def origin() -> Origin:
    """Where the changes of this request come from, for the audit; empty on the command line."""
    if not has_request_context():
        return Origin()
    return Origin(
        request_id=g.get("request_id", ""),
        session=visitor().session_id,
        address=request.remote_addr or "",
    )


def can(permission: Permission) -> bool:
    """Whether the reader has the permission: what a template asks before it draws a button."""
    return actor().can(permission)


def check_stamps(app: Flask) -> None:
    """Refuse to start while any endpoint says nothing; keep what the others say."""
    stamps: dict[str, Stamp] = {}
    silent = []
    for endpoint, view in app.view_functions.items():
        declared: Stamp | None = getattr(view, _STAMP, STAMPS.get(endpoint))
        if declared is None:
            silent.append(endpoint)
        else:
            stamps[endpoint] = declared
    if silent:
        raise MissingStamp(f"no permission declared for: {', '.join(sorted(silent))}")
    app.extensions[_STAMP] = stamps


def stamps_of(app: Flask) -> dict[str, Stamp]:
    """What each endpoint declares: a permission, or PUBLIC."""
    stamps: dict[str, Stamp] = app.extensions[_STAMP]
    return stamps


def safe_next(target: str | None) -> str | None:
    """`target` when it is a plain path of this site, else None."""
    if not target or len(target) > 2000 or not target.isprintable():
        return None
    decoded = target
    for _ in range(3):  # an address may have been encoded more than once on its way
        decoded = unquote(decoded)
    if any(sign in decoded for sign in "\\\r\n\t\0") or "//" in decoded.split("?", 1)[0]:
        return None
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or not target.startswith("/"):
        return None
    return target


def install(app: Flask) -> None:
    app.extensions["origin"] = origin
    app.jinja_env.globals["idle_seconds"] = _idle_seconds
    app.before_request(_enforce)


def _idle_seconds() -> int:
    """After how long without anybody the page locks: what its script goes by."""
    return int(visitor().limits.idle.total_seconds())


def _enforce() -> Response | None:
    if request.endpoint is None:
        return None  # no such page: routing answers 404 or 405
    declared = stamps_of(current_app).get(request.endpoint)
    if declared == PUBLIC:
        return None
    mine = visitor()
    if mine.standing is Standing.NOBODY:
        return _sent_to("accounts.sign_in")
    view = current_app.view_functions[request.endpoint]
    if mine.standing is not Standing.OPEN and mine.standing not in getattr(view, _ALSO, ()):
        return _sent_to(_OPENED_AT[mine.standing])
    if not (isinstance(declared, Permission) and mine.owner.can(declared)):
        access_log.note(AccessEvent.DENIED, detail=f"{request.method} {request.endpoint}")
        return abort(404 if request.view_args else 403)
    if getattr(view, _FRESH, False) and not mine.is_fresh:
        return _sent_to("accounts.unlock")
    return None


def page_before() -> str | None:
    """The path of the page from which this request was sent, where its browser says so."""
    try:
        return safe_next(urlsplit(request.referrer or "").path)
    except ValueError:  # «http://[»
        return None


def _sent_to(endpoint: str) -> Response:
    """The page that comes first; it leads on to what was asked for."""
    if wants_json():
        abort(401)
    if request.method not in SAFE_METHODS and endpoint == "accounts.unlock":
        # With all that was typed: the browser sends the same form there instead.
        return redirect(url_for("accounts.carry", to=request.full_path.rstrip("?")), 307)
    if request.method in SAFE_METHODS:
        back = safe_next(request.full_path.rstrip("?"))
    else:
        # The form that was sent is lost to the server; its page still holds the draft.
        back = page_before()
    return redirect(url_for(endpoint, next=back if back != "/" else None), 303)
