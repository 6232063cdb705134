"""The chain from the command line, and what the background does each day."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import text

from tests import build
from tracker.audit.commands import COMMANDS
from tracker.background.sealing import Sealing
from tracker.models.append_only import allow_changes
from tracker.record import anchors


@pytest.fixture
def commands(app: Flask) -> Flask:
    for command in COMMANDS:
        app.cli.add_command(command)
    with build.stored(app) as session:
        staff = build.account(session)
        for _ in range(4):
            build.place(session, staff)
    return app


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["audit", *arguments])


def tamper(app: Flask, *statements: str) -> None:
    with build.stored(app) as session:
        allowed = allow_changes("audit", session.get_bind().dialect.name)
        for statement in (*allowed, *statements):
            session.execute(text(statement))
        session.commit()


def test_a_whole_chain_is_exit_0_and_an_anchor(commands: Flask) -> None:
    done = run(commands, "verify")
    assert done.exit_code == 0, done.output
    assert "The chain is whole" in done.output
    (anchor,) = anchors.anchors(Path(commands.instance_path), commands.config["AUDIT_KEY"])
    assert anchor.seq == 4
    assert anchor.line in done.output


def test_a_broken_one_is_exit_1_and_names_the_entry(commands: Flask) -> None:
    tamper(commands, "UPDATE audit SET reason = 'x' WHERE seq = 3")
    done = run(commands, "verify")
    assert done.exit_code == 1
    assert "Entry 3: edited" in done.output
    assert "Traceback" not in done.output


def test_a_cut_tail_is_named_by_the_kept_and_by_the_given_anchor(commands: Flask) -> None:
    line = run(commands, "anchor").output.strip()
    tamper(commands, "DELETE FROM audit WHERE seq > 2")
    assert "Entry 3: cut off" in run(commands, "verify").output
    (Path(commands.instance_path) / anchors.NAME).unlink()
    done = run(commands, "verify", "--anchor", line)
    assert (done.exit_code, "Entry 3: cut off" in done.output) == (1, True)


def test_a_changed_file_of_anchors_is_exit_1(commands: Flask) -> None:
    run(commands, "anchor")
    file = Path(commands.instance_path) / anchors.NAME
    file.write_bytes(file.read_bytes().replace(b'"count":4', b'"count":5'))
    assert run(commands, "verify").exit_code == 1
    assert run(commands, "anchor").exit_code == 1


@pytest.mark.parametrize(
    "arguments",
    [("verify", "--anchor", "x"), ("export", "--from", "blah", "-o", "x"), ("export",)],
)
def test_bad_use_is_exit_2(commands: Flask, arguments: tuple[str, ...]) -> None:
    assert run(commands, *arguments).exit_code == 2


def test_an_export_is_written_and_verified(commands: Flask, tmp_path: Path) -> None:
    file, key = tmp_path / "out.zip", tmp_path / "key.pem"
    done = run(commands, "export", "-o", str(file))
    assert (done.exit_code, done.output) == (0, "4 entries\n")
    key.write_text(run(commands, "public-key").output)
    assert run(commands, "verify-export", str(file), "--public-key", str(key)).exit_code == 0
    file.write_bytes(file.read_bytes()[:-30])
    assert run(commands, "verify-export", str(file)).exit_code == 1


def test_each_day_is_sealed_and_anchored_once(commands: Flask, database_url: str) -> None:
    instance, key = Path(commands.instance_path), commands.config["AUDIT_KEY"]
    sealing = Sealing(database_url, instance, key)
    for now in (build.NOW, build.NOW, build.NOW + timedelta(days=1)):
        sealing.keep(now)
    assert [each.why for each in anchors.anchors(instance, key)] == ["daily", "daily"]
    assert run(commands, "verify").exit_code == 0
