"""Puts the application together: the only module that knows every room."""

from __future__ import annotations

from importlib import import_module

from flask import Blueprint, Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from tracker.config import Settings
from tracker.web import (
    access_log,
    assets,
    csrf,
    db,
    errors,
    guard,
    headers,
    health,
    holdings,
    locale,
    marks,
    plain_http,
    reads,
    session_cookies,
    submissions,
    uploads,
)

# Each is a package whose `blueprint` its module `views` fills.
ROOMS = (
    "accounts",
    "home",
    "ties",
    "memoranda",
    "meetings",
    "actions",
    "people",
    "organisations",
    "places",
    "sources",
    "statements",
    "instruments",
    "documents",
    "obstacles",
    "mandates",
    "review",
    "briefings",
    "releases",
    "search",
    "access",
    "histories",
    "bin",
    "audit",
)


def create_app(settings: Settings) -> Flask:
    """An application over these settings, or a refusal to start."""
    app = Flask(
        "tracker",
        instance_path=str(settings.instance),
        template_folder=str(settings.templates),
    )
    app.config.from_mapping(settings.for_flask())
    if settings.proxies:
        count = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]

    # Before a request in this order; after it in the opposite one, so that the main transaction
    # has ended when the record of access and then the session are written.
    headers.install(app)
    access_log.install(app)
    db.install(app)
    session_cookies.install(app, settings.secrets.secret_key)
    locale.install(app)
    assets.install(app)
    marks.install(app)
    holdings.install(app)
    errors.install(app)
    submissions.install(app)
    plain_http.install(app)
    guard.install(app)
    uploads.install(app)
    csrf.install(app)
    reads.install(app)

    app.register_blueprint(health.blueprint)
    for room in ROOMS:
        app.register_blueprint(_room(room))
    guard.check_stamps(app)
    return app


def _room(name: str) -> Blueprint:
    import_module(f"tracker.{name}.views")
    blueprint: Blueprint = import_module(f"tracker.{name}").blueprint
    return blueprint
