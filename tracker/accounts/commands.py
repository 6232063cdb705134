"""Accounts from the command line: for whoever manages the server, and for a town hall without a
mail server or a second administrator."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import UUID

import click
from flask import current_app
from flask.cli import with_appcontext

from tracker.accounts import guessable, links, passwords, services
from tracker.accounts.administration import queries, resets
from tracker.accounts.administration import services as administration
from tracker.accounts.links import Handed
from tracker.accounts.services import COMMAND_LINE, NewAccount
from tracker.domain.access import Role
from tracker.domain.errors import NotFound, RuleBroken
from tracker.lang import gettext
from tracker.models.engine import writing
from tracker.models.keyset import PAGE
from tracker.web.city import profile
from tracker.web.db import db

_EMAIL = click.option("--email", required=True)
_NAME = click.option(
    "--name", default="", help="As it stands on screens; the address if left out."
)
_ROLE = click.option(
    "--role", required=True, type=click.Choice([role.value for role in services.HELD])
)
_PASSWORD = click.option(
    "--password-stdin", is_flag=True, required=True, help="Read it from a pipe."
)


@contextmanager
def _refusals() -> Iterator[None]:
    """What is refused is a sentence on the error stream and exit 1, not a stack trace."""
    try:
        with writing():
            yield
    except RuleBroken as broken:
        click.echo(gettext(broken.message, **broken.values), err=True)
        sys.exit(1)
    except NotFound:
        click.echo(gettext("There is no account with this e-mail address"), err=True)
        sys.exit(1)


@click.command("create-admin")
@_EMAIL
@_NAME
@_PASSWORD
@with_appcontext
def create_admin(email: str, name: str, password_stdin: bool) -> None:
    """Make an account that manages accounts."""
    _create(email, name, Role.ADMINISTRATOR)


@click.command("create-user")
@_EMAIL
@_ROLE
@_NAME
@_PASSWORD
@with_appcontext
def create_user(email: str, role: str, name: str, password_stdin: bool) -> None:
    """Make an account of any role."""
    _create(email, name, Role(role))


@click.command("invite")
@_EMAIL
@_ROLE
@_NAME
@with_appcontext
def invite(email: str, role: str, name: str) -> None:
    """Make an account, and a link with which its owner chooses the password."""
    with _refusals():
        wanted = NewAccount(email, name, Role(role))
        handed = administration.open_account(db.session(), COMMAND_LINE, wanted, _now())
    _hand_over(handed)


@click.command("reset-link")
@_EMAIL
@with_appcontext
def reset_link(email: str) -> None:
    """Make a link with which the owner of an account chooses a new password.

    It also ends what holds the account back after too many attempts to sign in.
    """
    with _refusals():
        handed = links.make_link(db.session(), COMMAND_LINE, _account(email), _now())
    _hand_over(handed)


@click.command("reset-factor")
@_EMAIL
@with_appcontext
def reset_factor(email: str) -> None:
    """Remove the second factor of an account whose owner has lost it.

    The owner signs in with the password and sets up a new one.
    """
    with _refusals():
        resets.remove_alone(db.session(), COMMAND_LINE, _account(email), _now())
    click.echo(f"{email}: no second factor, no open session")


@click.command("end-sessions")
@_EMAIL
@with_appcontext
def end_sessions(email: str) -> None:
    """Sign an account out everywhere, at once."""
    with _refusals():
        session = db.session()
        count = administration.end_sessions(session, COMMAND_LINE, _account(email), _now())
    click.echo(f"{email}: {count} ended")


@click.command("list-accounts")
@with_appcontext
def list_accounts() -> None:
    """Every account: address, role, whether it is active, last sign-in, name; tabs between."""
    cursor = None
    while True:
        rows = queries.account_list(db.session(), "", cursor=cursor)
        for row in rows[:PAGE]:
            seen = row.last_sign_in.isoformat(timespec="seconds") if row.last_sign_in else "-"
            active = "active" if row.active else "inactive"
            click.echo("\t".join((row.email, row.role.value, active, seen, row.name)))
        if len(rows) <= PAGE:
            return
        cursor = rows[PAGE - 1].cursor


def _create(email: str, name: str, role: Role) -> None:
    if sys.stdin.isatty():
        raise click.UsageError("the password comes through a pipe, where nobody can read it")
    password = sys.stdin.readline().rstrip("\r\n")
    with _refusals():
        passwords.check(password, email, name, *guessable.words_of_city(profile()))
        hashed = passwords.keeper().hash(password)
        wanted = NewAccount(email, name, role, hashed)
        account = services.create_account(db.session(), wanted, _now())
    click.echo(f"{account.email} ({account.role.value})")


def _account(email: str) -> UUID:
    return queries.account_id_of(db.session(), services.normal_email(email))


def _hand_over(handed: Handed) -> None:
    address = links.address_of(handed, current_app.config["TRUSTED_HOSTS"] or ())
    click.echo(address)
    about = (
        f"{handed.email}: {handed.purpose.value}, works until {handed.until:%Y-%m-%d %H:%M} UTC"
    )
    click.echo(about, err=True)
    if not address.startswith("https:"):
        click.echo("open it on this site: it follows the site's own address", err=True)


def _now() -> datetime:
    return datetime.now(UTC)


COMMANDS = (
    create_admin,
    create_user,
    invite,
    reset_link,
    reset_factor,
    end_sessions,
    list_accounts,
)
