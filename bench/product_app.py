"""The product for a WSGI server, with two empty pages more, to tell the price of being signed in.

Both return the same bytes through the same machinery; one is public, the other is for readers.
"""

from __future__ import annotations

from flask import Flask

from tracker.app import create_app
from tracker.config import Settings
from tracker.domain.access import Permission
from tracker.web import guard


def with_empty_pages(app: Flask) -> Flask:
    @app.get("/empty")
    @guard.public
    def empty() -> str:
        return "empty"

    @app.get("/empty-for-readers")
    @guard.requires(Permission.READ)
    def empty_for_readers() -> str:
        return "empty"

    guard.check_stamps(app)
    return app


app = with_empty_pages(create_app(Settings.from_env()))
