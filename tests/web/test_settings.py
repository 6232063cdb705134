"""Starting: what the environment may ask for, and what must not start."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest

from tracker import profiles
from tracker.config import Secrets, Settings, SettingsRefused
from tracker.profiles import ProfileRefused


def settings(folder: Path, **env: str) -> Settings:
    return Settings.from_env({"TRACKER_INSTANCE": str(folder), **env})


def test_an_empty_environment_is_a_working_one(tmp_path: Path) -> None:
    made = settings(tmp_path)
    assert made.database_url == f"sqlite:///{tmp_path}/peyvand.db"
    assert (made.host, made.port, made.demo, made.production) == ("127.0.0.1", 8000, False, False)
    assert made.profile.key == "ir"
    assert made.plain_http
    assert made.for_flask()["SESSION_COOKIE_NAME"] == "peyvand"


def test_secrets_are_made_once_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    first = settings(tmp_path).secrets
    path = tmp_path / "secrets.toml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert settings(tmp_path).secrets == first
    assert len({first.secret_key, first.password_salt, first.audit_key, first.totp_secret}) == 4
    assert first.secret_key not in repr(first)
    assert Secrets.make(path) == first  # the other of two processes that start at once


def test_a_demo_stands_on_loopback_only(tmp_path: Path) -> None:
    assert settings(tmp_path, TRACKER_DEMO="1").for_flask()["DEMO"]
    assert settings(tmp_path, TRACKER_DEMO="1", HOST="::1").demo


def test_only_a_demo_goes_without_a_second_factor(tmp_path: Path) -> None:
    assert settings(tmp_path).for_flask()["SECOND_FACTOR"]
    assert not settings(tmp_path, TRACKER_DEMO="1").for_flask()["SECOND_FACTOR"]


SAFE = {"TRACKER_ENV": "production", "TRACKER_TRUSTED_HOSTS": "city.example"}


def test_production_starts_when_all_is_well(tmp_path: Path) -> None:
    Secrets.make(tmp_path / "secrets.toml")
    made = settings(tmp_path, **SAFE)
    assert made.for_flask()["TRUSTED_HOSTS"] == ["city.example"]
    assert made.for_flask()["SESSION_COOKIE_NAME"] == "__Host-peyvand"
    assert made.for_flask()["SESSION_COOKIE_SECURE"]


@pytest.mark.parametrize(
    "env",
    [
        {"TRACKER_DEMO": "1", "HOST": "0.0.0.0"},  # noqa: S104
        {"TRACKER_DEMO": "yes"},
        {"PORT": "eighty"},
        {"PORT": "70000"},
        {"TRACKER_PROXIES": "-1"},
        {"TRACKER_PROFILE": "atlantis"},
        {"TRACKER_ENV": "staging"},
        {"TRACKER_DATABASE_URL": "nothing"},
        {**SAFE, "TRACKER_DEMO": "1"},
        {**SAFE, "FLASK_DEBUG": "1"},
        {"TRACKER_ENV": "production"},
        {"HOST": "0.0.0.0"},  # noqa: S104
    ],
)
def test_what_must_not_start(tmp_path: Path, env: dict[str, str]) -> None:
    Secrets.make(tmp_path / "secrets.toml")
    with pytest.raises(SettingsRefused):
        settings(tmp_path, **env)


def test_production_makes_no_secrets_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(SettingsRefused, match="missing"):
        settings(tmp_path, **SAFE)


@pytest.mark.parametrize(
    "text", ["", "secret_key = 'short'", "secret_key = '" + "a" * 64 + "'", "not toml", "\xff"]
)
def test_weak_secrets_are_refused_everywhere(tmp_path: Path, text: str) -> None:
    path = tmp_path / "secrets.toml"
    path.write_text(text, encoding="latin-1")
    path.chmod(0o600)
    with pytest.raises(SettingsRefused):
        settings(tmp_path)


def test_secrets_and_databases_that_others_can_read_are_refused(tmp_path: Path) -> None:
    Secrets.make(tmp_path / "secrets.toml")
    database = tmp_path / "peyvand.db"
    database.touch(0o644)
    database.chmod(0o644)
    with pytest.raises(SettingsRefused, match="chmod 640"):
        settings(tmp_path, **SAFE)
    (tmp_path / "secrets.toml").chmod(0o640)
    with pytest.raises(SettingsRefused, match="chmod 600"):
        settings(tmp_path)


@pytest.mark.parametrize("key", ["ir", "plain"])
def test_profiles_are_whole(key: str) -> None:
    profile = profiles.load(key)
    assert profile.tags
    assert profile.language(profile.tags[0]) is profile.languages[0]
    assert profile.language("xx") is None


def table(**changed: Any) -> dict[str, Any]:
    whole: dict[str, Any] = {
        "name": {"en": "A"},
        "municipality": {"en": "A"},
        "country": {"en": "A"},
        "timezone": "Etc/UTC",
        "calendar": "gregorian",
        "languages": [
            {"tag": "en", "name": "English", "direction": "ltr", "calendar": "gregorian"}
        ],
        "week": {"starts": "monday", "days_off": ["sunday"]},
        "money": {"currency": "EUR", "unit": {"en": "euro"}, "factor": 1},
        "letterhead": {"invocation": {}, "fields": [{"en": "Number"}]},
    }
    return {k: v for k, v in {**whole, **changed}.items() if v is not None}


@pytest.mark.parametrize(
    "changed",
    [
        {"name": {"fa": "آ"}},
        {"name": "A"},
        {"name": None},
        {"timezone": "Mars/Olympus"},
        {"timezone": "../etc/passwd"},
        {"calendar": "lunar"},
        {"languages": []},
        {"languages": [{"tag": "en"}]},
        {"week": {"starts": "someday", "days_off": []}},
        {"week": {"starts": "monday", "days_off": list(profiles.WEEKDAYS)}},
        {"money": {"currency": "euro", "unit": {"en": "euro"}, "factor": 1}},
        {"money": {"currency": "EUR", "unit": {"en": "euro"}, "factor": True}},
        {"letterhead": {"invocation": {}, "fields": ["Number"]}},
        {"unheard_of": 1},
    ],
)
def test_a_profile_says_what_is_wrong_with_it(changed: dict[str, Any]) -> None:
    with pytest.raises(ProfileRefused, match=next(iter(changed))):
        profiles.read("x", table(**changed))
    assert profiles.read("x", table()).week_start == 0
