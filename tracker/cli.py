"""Commands: `flask --app wsgi …` in a checkout, `peyvand …` once installed.

Exit 0 is good, 1 found something wrong, 2 was used badly.
"""

from __future__ import annotations

import os
import sys

import click
from flask import current_app
from flask.cli import ScriptInfo, with_appcontext

from tracker.accounts import commands as accounts
from tracker.app import create_app
from tracker.audit import commands as audit
from tracker.backup import commands as backup
from tracker.briefings import commands as briefings
from tracker.config import Settings
from tracker.demo import commands as demo
from tracker.doctor.commands import doctor
from tracker.models.migrate import upgrade
from tracker.web.db import db


def main() -> None:
    """`peyvand …`: the commands, for whoever has no checkout to name an application in."""
    group = click.Group("peyvand", commands=COMMANDS, help="City diplomacy of a municipality.")
    group = click.version_option(package_name="peyvand")(group)
    group.main(obj=ScriptInfo(create_app=lambda: create_app(Settings.from_env())))


@click.command("migrate")
@with_appcontext
def migrate() -> None:
    """Bring the database to the present schema."""
    upgrade(db.engine)


@click.command("serve")
@click.pass_context
@with_appcontext
def serve(context: click.Context) -> None:
    """Migrate, then serve pages and work in the background until told to end.

    HOST and PORT say where; with TRACKER_DEMO=1 an empty database gets the demo story.
    """
    context.invoke(migrate)
    if current_app.config["DEMO"]:
        context.invoke(demo.load_demo)
    db.engine.dispose()
    # This process becomes the supervisor, which loads nothing of the application.
    os.execv(sys.executable, [sys.executable, "-m", "tracker.supervisor"])  # noqa: S606


COMMANDS = (
    migrate,
    serve,
    doctor,
    *accounts.COMMANDS,
    *audit.COMMANDS,
    *backup.COMMANDS,
    *demo.COMMANDS,
    *briefings.COMMANDS,
)
