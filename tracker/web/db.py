"""The main session of a request: opened on demand, writing only where the method may write."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, current_app, request
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy import Engine

from tracker.models.engine import make_engine, writes

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class Database(SQLAlchemy):
    """Flask-SQLAlchemy used thinly: `session` and `engine`, with the product's own engine."""

    def _make_engine(self, bind_key: str | None, options: dict[str, Any], app: Flask) -> Engine:
        options = {k: v for k, v in options.items() if k not in ("echo", "echo_pool")}
        return make_engine(str(options.pop("url")), may_create=False, **options)


class RecordingSession(Session):
    """A session that knows what the record of changes asks for: key, origin, what was sent,
    our own names."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.info["audit_key"] = current_app.config["AUDIT_KEY"]
        self.info["origin"] = current_app.extensions.get("origin")
        self.info["sent"] = current_app.extensions.get("sent")
        self.info["own_names"] = current_app.config["PROFILE"].municipality


# After a commit the answer is rendered from what was just written, without reading it again.
db = Database(session_options={"class_": RecordingSession, "expire_on_commit": False})


def install(app: Flask) -> None:
    db.init_app(app)
    app.before_request(_announce_writes)
    app.after_request(_end_transaction)
    app.teardown_request(_announce_none)


def _announce_writes() -> None:
    writes.set(request.method not in SAFE_METHODS)


def _announce_none(_error: BaseException | None) -> None:
    # Threads are used again, and what runs in this one next may only read.
    writes.set(False)


def _end_transaction(response: Response) -> Response:
    """Let go of what was not committed, so that sessions and records of access can be written."""
    release()
    return response


def release() -> None:
    """Roll the main session back, if this request has one."""
    if db.session.registry.has():
        db.session.rollback()
