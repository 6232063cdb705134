"""Commands: `flask --app wsgi …` in a checkout, `peyvand …` once installed.

Exit 0 is good, 1 found something wrong, 2 was used badly.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import ScriptInfo, with_appcontext

from tracker.accounts import passwords, services
from tracker.app import create_app
from tracker.briefings import commands as briefings
from tracker.config import Settings
from tracker.demo import commands as demo
from tracker.doctor.commands import doctor
from tracker.domain.access import Role
from tracker.domain.errors import RuleBroken
from tracker.lang import gettext
from tracker.models.engine import writing
from tracker.models.migrate import upgrade
from tracker.web.db import db


def main() -> None:
    """`peyvand …`: the commands, for whoever has no checkout to name an application in."""
    group = click.Group("peyvand", commands=COMMANDS, help="City diplomacy of a municipality.")
    group = click.version_option(package_name="peyvand")(group)
    group.main(obj=ScriptInfo(create_app=lambda: create_app(Settings.from_env())))


@contextmanager
def refusals() -> Iterator[None]:
    """A broken rule is a sentence on the error stream and exit 1, not a stack trace."""
    try:
        yield
    except RuleBroken as broken:
        click.echo(gettext(broken.message, **broken.values), err=True)
        sys.exit(1)


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


@click.command("create-admin")
@click.option("--email", required=True)
@click.option("--name", default="", help="As it stands on screens; the address if left out.")
@click.option("--password-stdin", is_flag=True, required=True, help="Read it from a pipe.")
@with_appcontext
def create_admin(email: str, name: str, password_stdin: bool) -> None:
    """Make an account that manages accounts."""
    _create(email, name, Role.ADMINISTRATOR)


@click.command("create-user")
@click.option("--email", required=True)
@click.option("--role", required=True, type=click.Choice([role.value for role in services.HELD]))
@click.option("--name", default="", help="As it stands on screens; the address if left out.")
@click.option("--password-stdin", is_flag=True, required=True, help="Read it from a pipe.")
@with_appcontext
def create_user(email: str, role: str, name: str, password_stdin: bool) -> None:
    """Make an account of any role."""
    _create(email, name, Role(role))


def _create(email: str, name: str, role: Role) -> None:
    if sys.stdin.isatty():
        raise click.UsageError("the password comes through a pipe, where nobody can read it")
    password = sys.stdin.readline().rstrip("\r\n")
    with refusals(), writing():
        passwords.check(password, email, name)
        hashed = current_app.extensions["passwords"].hash(password)
        account = services.create_account(
            db.session(),
            email=email,
            name=name,
            role=role,
            password=hashed,
            now=datetime.now(UTC),
        )
    click.echo(f"{account.email} ({account.role.value})")


COMMANDS = (
    migrate,
    serve,
    doctor,
    create_admin,
    create_user,
    *demo.COMMANDS,
    *briefings.COMMANDS,
)
