"""After each request about an object: that it was asked for on behalf of a reader, and who read
what is confidential. Both here and in no view, so that no view can forget them."""

from __future__ import annotations

from uuid import UUID

from flask import Flask, Response, current_app, g, request
from sqlalchemy import select

from tracker.domain.access import Level, Permission
from tracker.models import SearchEntry, watching
from tracker.models.access import AccessEvent
from tracker.web import access_log
from tracker.web.db import db
from tracker.web.guard import stamps_of

# Permissions on the city's records; each reader's clearance stands beside them.
_OF_RECORDS = frozenset(
    {
        Permission.READ,
        Permission.DOWNLOAD,
        Permission.RECORD,
        Permission.APPROVE,
        Permission.REVIEW,
        Permission.COMMENT,
    }
)


class Unasked(Exception):
    """An endpoint answered about an object without asking whether the reader may see it."""


def install(app: Flask) -> None:
    # After whoever turns a request away: what no view answers, nobody watches.
    app.before_request(_begin)
    app.after_request(_conclude)


def _begin() -> None:
    g.watch = watching.begin()


def _conclude(response: Response) -> Response:
    # Taken out first: when this fails, the page that says so comes through here again.
    watch: watching.Watch | None = g.pop("watch", None)
    asked_about = {each for each in (request.view_args or {}).values() if isinstance(each, UUID)}
    if watch is None or not asked_about or not _did_something(response):
        return response
    # A mistake that was found before anything was looked up shows only what was typed.
    of_records = stamps_of(current_app).get(str(request.endpoint)) in _OF_RECORDS
    if of_records and not watch.asked and response.status_code != 422:
        raise Unasked(request.endpoint)
    if watch.confidential and not 300 < response.status_code < 304:
        _note(asked_about)
    return response


def _did_something(response: Response) -> bool:
    """Whether the answer is more than a refusal: a conflict and a mistake show the object too."""
    if request.method == "OPTIONS":  # answered from the routes alone
        return False
    return response.status_code < 400 or response.status_code in (409, 422)


def _note(ids: set[UUID]) -> None:
    found = db.session.execute(
        select(SearchEntry.object_kind, SearchEntry.object_id).where(
            SearchEntry.object_id.in_(ids), SearchEntry.effective_level == Level.CONFIDENTIAL
        )
    )
    noted = {(each["event"], each["object_id"]) for each in g.get("access_notes", [])}
    for kind, object_id in found:
        if (AccessEvent.CONFIDENTIAL_READ, object_id) in noted:
            continue
        access_log.note(
            AccessEvent.CONFIDENTIAL_READ,
            object_kind=kind,
            object_id=object_id,
            detail=f"{request.method} {request.endpoint}",
        )
