"""The record of access: noted while a request runs, written after its main transaction."""

from __future__ import annotations

from uuid import UUID

from flask import Flask, Response, current_app, g, request
from sqlalchemy import insert

from tracker.models.access import AccessEntry, AccessEvent
from tracker.models.engine import writing
from tracker.models.ids import new_id
from tracker.web import clock
from tracker.web.db import db
from tracker.web.floods import Floods
from tracker.web.session import visitor

_FLOODS = "floods"


def note(
    event: AccessEvent,
    *,
    object_kind: str = "",
    object_id: UUID | None = None,
    detail: str = "",
    user_id: UUID | None = None,
) -> None:
    """Keep that this happened, in the name of whoever makes this request (or of `user_id`)."""
    who = visitor()
    g.setdefault("access_notes", []).append(
        {
            "id": new_id(),
            "at": clock.now(),
            "event": event,
            "user_id": user_id or who.owner.user_id,
            "session": who.session_id,
            "address": (request.remote_addr or "")[:64],
            "request_id": g.get("request_id", ""),
            "object_kind": object_kind,
            "object_id": object_id,
            "detail": detail[:300],
            "times": 1,
        }
    )


def install(app: Flask) -> None:
    app.extensions[_FLOODS] = Floods()
    app.after_request(_write)


def _write(response: Response) -> Response:
    # Taken out first: when writing fails, the page that says so comes through here again.
    floods: Floods = current_app.extensions[_FLOODS]
    rows = floods.rows(g.pop("access_notes", []), clock.now())
    if rows:
        with writing(), db.engine.begin() as connection:
            connection.execute(insert(AccessEntry), rows)
    return response
