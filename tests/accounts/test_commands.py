"""Accounts from the command line."""

from __future__ import annotations

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select, update

from tests import build
from tests.accounts.conftest import attempt, use
from tests.page import JudgingClient
from tracker.cli import COMMANDS
from tracker.domain.access import Role
from tracker.models import AuditEntry
from tracker.models.accounts import User
from tracker.models.engine import writing
from tracker.web.db import db

# Nothing here depends on the kind of database.
pytestmark = pytest.mark.database("sqlite")

GOOD = "ابر نردبان کاشی هویج"


def run(app: Flask, *arguments: str, password: str = GOOD) -> Result:
    return app.test_cli_runner().invoke(args=arguments, input=password + "\n")


@pytest.fixture
def commands(app: Flask) -> Flask:
    for command in COMMANDS:
        app.cli.add_command(command)
    return app


def test_the_first_administrator(commands: Flask) -> None:
    done = run(commands, "create-admin", "--email", "Boss@Example.org", "--password-stdin")
    assert done.exit_code == 0, done.output
    with commands.app_context():
        user = db.session.scalars(select(User)).one()
    assert (user.email, user.role, user.name) == ("boss@example.org", Role.ADMINISTRATOR, "boss")
    client = JudgingClient(commands)
    attempt(client, password=GOOD, email="boss@example.org")


@pytest.mark.parametrize("role", ["official", "council", "staff", "approver", "auditor"])
def test_accounts_of_any_role(commands: Flask, role: str) -> None:
    done = run(
        commands, "create-user", "--email", "a@example.org", "--role", role, "--name", "زهرا",
        "--password-stdin",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    with commands.app_context():
        user = db.session.scalars(select(User)).one()
    assert (user.role.value, user.name) == (role, "زهرا")


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("a@example.org", "short"),
        ("a@example.org", ""),
        ("a@example.org", "x" * 129),
        ("a@example.org", "password1234"),
        ("a@example.org", "Mashhad Shahrdari 1404"),
        ("no address", GOOD),
        ("@example.org", GOOD),
        (f"{'a' * 250}@example.org", GOOD),
    ],
)
def test_what_is_wrong_is_said_with_exit_1(commands: Flask, email: str, password: str) -> None:
    done = run(commands, "create-admin", "--email", email, "--password-stdin", password=password)
    assert done.exit_code == 1
    assert done.stderr.strip()
    with commands.app_context():
        assert db.session.scalars(select(User)).all() == []


def test_an_address_has_one_account(commands: Flask) -> None:
    arguments = ("create-admin", "--email", "a@example.org", "--password-stdin")
    assert run(commands, *arguments).exit_code == 0
    assert run(commands, *arguments).exit_code == 1


def actions(app: Flask) -> list[tuple[str, str]]:
    with app.app_context():
        entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.seq))
        return [(entry.action, entry.role) for entry in entries]


def test_an_invitation_and_a_reset_from_the_command_line(commands: Flask) -> None:
    mine = ("--email", "A@example.org")
    invited = run(commands, "invite", *mine, "--role", "staff", "--name", "زهرا")
    assert invited.exit_code == 0, invited.output
    client = JudgingClient(commands)
    use(client, invited.stdout.strip(), GOOD)
    attempt(client, password=GOOD, email="a@example.org")
    reset = run(commands, "reset-link", *mine)
    assert reset.stdout.startswith("/link/")
    assert "a@example.org" in reset.stderr
    use(JudgingClient(commands), reset.stdout.strip(), "پنجره باران سماور قطار")
    client.get("/account", status=303)
    assert actions(commands) == [
        ("created", "administrator"),
        ("link made", "administrator"),
        ("password set", "anonymous"),
        ("link made", "administrator"),
        ("password set", "anonymous"),
    ]


def test_sessions_end_and_a_factor_is_removed(commands: Flask) -> None:
    mine = ("--email", "a@example.org")
    run(commands, "create-user", *mine, "--role", "staff", "--password-stdin")
    client = JudgingClient(commands)
    attempt(client, password=GOOD, email="a@example.org")
    ended = run(commands, "end-sessions", *mine)
    assert (ended.exit_code, ended.stdout) == (0, "a@example.org: 1 ended\n")
    client.get("/account", status=303)
    assert run(commands, "reset-factor", *mine).exit_code == 1
    with commands.app_context(), writing():
        db.session.execute(update(User).values(factor_since=build.NOW, tf_totp_secret="sealed"))
        db.session.commit()
    assert run(commands, "reset-factor", *mine).exit_code == 0
    with commands.app_context():
        found = db.session.scalars(select(User)).one()
        assert (found.factor_since, found.tf_totp_secret) == (None, None)
    assert actions(commands)[-1] == ("factor removed", "administrator")


def test_every_account_is_listed(commands: Flask) -> None:
    with build.stored(commands) as session:
        for _ in range(51):
            build.account(session)
    lines = run(commands, "list-accounts").stdout.splitlines()
    assert len(lines) == 51
    assert all(len(line.split("\t")) == 5 for line in lines)


@pytest.mark.parametrize("command", ["reset-link", "reset-factor", "end-sessions"])
def test_nobody_s_address_is_exit_1(commands: Flask, command: str) -> None:
    done = run(commands, command, "--email", "nobody@example.org")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.strip()


@pytest.mark.parametrize(
    "arguments",
    [
        ("reset-link",),
        ("invite", "--email", "a@example.org"),
        ("invite", "--email", "a@example.org", "--role", "king"),
        ("create-user", "--email", "a@example.org", "--password-stdin"),
        ("create-user", "--email", "a@example.org", "--role", "king", "--password-stdin"),
        ("create-user", "--email", "a@example.org", "--role", "guest", "--password-stdin"),
        ("create-admin", "--password-stdin"),
        ("create-admin", "--email", "a@example.org"),
        ("create-nobody",),
    ],
)
def test_bad_use_is_exit_2(commands: Flask, arguments: tuple[str, ...]) -> None:
    assert run(commands, *arguments).exit_code == 2
