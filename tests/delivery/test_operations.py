"""The handbook says of the settings what the program does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from tracker.config import Secrets, Settings

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"^\| `([A-Z_]+)` \| (.+?) \| .+ \|$", re.MULTILINE)


class Asked(Mapping[str, str]):
    """An environment that remembers what was asked of it."""

    def __init__(self, **given: str) -> None:
        self.given = given
        self.names: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.names.add(name)
        return self.given[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.given)

    def __len__(self) -> int:
        return len(self.given)


def test_every_setting_is_in_the_table(tmp_path: Path) -> None:
    Secrets.make(tmp_path / "secrets.toml")
    asked = Asked(
        TRACKER_INSTANCE=str(tmp_path), TRACKER_ENV="production", TRACKER_TRUSTED_HOSTS="a.example"
    )
    Settings.from_env(asked)
    handbook = (ROOT / "docs" / "operations.md").read_text()
    defaults = dict(ROW.findall(handbook.partition("## Settings")[2].partition("\n## ")[0]))
    assert set(defaults) == asked.names

    plain = Settings.from_env({"TRACKER_INSTANCE": str(tmp_path)})
    for name, value in (
        ("HOST", plain.host),
        ("PORT", plain.port),
        ("TRACKER_PROFILE", plain.profile.key),
        ("TRACKER_PROXIES", plain.proxies),
        ("TRACKER_DEMO", int(plain.demo)),
    ):
        assert defaults[name].startswith(f"`{value}`"), name
