"""Deny by default: every endpoint says who may call it, and one check enforces what it says.

`@requires(Permission.X)` or `@public` stamps a view. The app refuses to start while an endpoint
bears no stamp. Nobody signed in: 303 to the sign-in page. Signed in without the permission: 404
where the address names an object, because absent and forbidden are never told apart, and 403 for
a function of the product.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, TypeVar
from urllib.parse import unquote, urlsplit

from flask import Flask, abort, current_app, g, has_request_context, redirect, request, url_for
from werkzeug.wrappers import Response

from tracker.domain.access import Actor, Origin, Permission
from tracker.models.access import AccessEvent
from tracker.web import access_log
from tracker.web.errors import wants_json
from tracker.web.session import visitor

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC: Literal["public"] = "public"
Stamp = Permission | Literal["public"]
_STAMP = "__peyvand_access__"
# Endpoints whose functions are not ours to stamp.
STAMPS: dict[str, Stamp] = {"static": PUBLIC}


class MissingStamp(Exception):
    """An endpoint declares neither a permission nor that it is public."""


def requires(permission: Permission) -> Callable[[View], View]:
    """This view is for whoever has the permission."""

    def stamp(view: View) -> View:
        setattr(view, _STAMP, permission)
        return view

    return stamp


def public(view: View) -> View:
    """This view is for everybody, signed in or not."""
    setattr(view, _STAMP, PUBLIC)
    return view


def actor() -> Actor:
    """Whoever makes this request."""
    return visitor().actor


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
    app.before_request(_enforce)


def _enforce() -> Response | None:
    if request.endpoint is None:
        return None  # no such page: routing answers 404 or 405
    declared = stamps_of(current_app).get(request.endpoint)
    if declared == PUBLIC:
        return None
    who = actor()
    if who.is_anonymous:
        return _to_sign_in()
    if isinstance(declared, Permission) and who.can(declared):
        return None
    access_log.note(AccessEvent.DENIED, detail=f"{request.method} {request.endpoint}")
    return abort(404 if request.view_args else 403)


def _path_of(address: str) -> str | None:
    try:
        return urlsplit(address).path
    except ValueError:  # «http://[»
        return None


def _to_sign_in() -> Response:
    if wants_json():
        abort(401)
    if request.method in ("GET", "HEAD"):
        back: str | None = request.full_path.rstrip("?")
    else:
        # The form that was sent is lost to the server; its page still holds the draft.
        back = _path_of(request.referrer or "")
    back = safe_next(back)
    return redirect(url_for("accounts.sign_in", next=back if back != "/" else None), 303)
