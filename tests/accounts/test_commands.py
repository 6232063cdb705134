"""Accounts from the command line."""

from __future__ import annotations

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from tests.accounts.conftest import attempt
from tests.page import JudgingClient
from tracker.cli import COMMANDS
from tracker.domain.access import Role
from tracker.models.accounts import User
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


@pytest.mark.parametrize(
    "arguments",
    [
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
