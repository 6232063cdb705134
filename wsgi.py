"""The application for a WSGI server, and for `flask --app wsgi`."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from tracker.app import create_app
from tracker.config import Settings


class Commands(AppGroup):
    """The commands, loaded when somebody types one: a server needs nothing of what they need."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(self._commands())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return self._commands().get(cmd_name)

    def _commands(self) -> dict[str, click.Command]:
        from tracker import cli

        return {command.name or "": command for command in cli.COMMANDS}


app = create_app(Settings.from_env())
app.cli = Commands(app.name)
