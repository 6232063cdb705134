"""The application for a WSGI server, and for `flask --app wsgi`."""

from __future__ import annotations

from tracker.app import create_app
from tracker.cli import with_commands
from tracker.config import Settings

app = with_commands(create_app(Settings.from_env()))
