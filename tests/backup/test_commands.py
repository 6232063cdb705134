"""The commands: what they say, in the language of the city, and how they exit."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.backup.city import City
from tracker.backup import commands

pytestmark = pytest.mark.database("sqlite")

COMMANDS = {command.name: command for command in commands.COMMANDS}


@pytest.fixture
def city(database_url: str, tmp_path: Path) -> City:
    return City.at(database_url, tmp_path / "city")


def run(city: City, name: str, *arguments: str) -> Result:
    env = {
        "TRACKER_INSTANCE": str(city.settings.instance),
        "TRACKER_DATABASE_URL": city.settings.database_url,
    }
    return CliRunner().invoke(COMMANDS[name], arguments, env=env)


def test_there_and_back(city: City, tmp_path: Path) -> None:
    city.grow()
    folder = str(tmp_path / "backup")
    done = run(city, "backup", folder, "--language", "en")
    assert done.exit_code == 0
    assert f"Backed up into {folder}." in done.stdout
    assert "audit entry 7" in done.stdout
    assert "Copying the documents" in done.stderr
    checked = run(city, "verify-backup", folder)
    assert (checked.exit_code, "پشتیبان کامل و سالم است." in checked.stdout) == (0, True)
    refused = run(city, "restore", folder)
    assert (refused.exit_code, "از پیش داده هست" in refused.stderr) == (1, True)
    restored = run(city, "restore", folder, "--replace", "--language", "en")
    assert (restored.exit_code, "Put back." in restored.stdout) == (0, True)


def test_what_was_wrong_when_it_was_made_is_said_each_time(city: City, tmp_path: Path) -> None:
    file, _ = city.grow()
    city.storage.remove(file)
    for name in ("backup", "verify-backup"):
        done = run(city, name, str(tmp_path / "backup"), "--language", "en")
        assert done.exit_code == 1
        assert f"The file of document {file} is missing." in done.stderr


def test_a_database_that_is_not_there(city: City, tmp_path: Path) -> None:
    Path(city.settings.database_url.removeprefix("sqlite:///")).unlink()
    done = run(city, "backup", str(tmp_path / "backup"))
    assert (done.exit_code, done.stderr) == (1, "unable to open database file\n")
    assert not (tmp_path / "backup").exists()


@pytest.mark.parametrize("name", COMMANDS)
def test_used_badly(city: City, name: str) -> None:
    assert run(city, name).exit_code == 2
    assert run(city, name, "somewhere", "--fast").exit_code == 2
