"""What the doctor says of backups, of the database file, and of the disk under it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.backup.city import NOW, City
from tracker import lang
from tracker.background import backups, soundness
from tracker.doctor import keeping
from tracker.doctor.findings import State
from tracker.doctor.mounts import NETWORKED, file_system
from tracker.models.engine import opened

MOUNTS = """\
20 1 0:1 / / rw - ext4 /dev/vda rw
30 20 0:30 / /srv/share\\040one rw shared:1 - nfs4 files:/one rw
31 20 0:31 / /srv/ours rw - nfs4 files:/two rw
32 31 0:32 / /srv/ours rw - xfs /dev/vdb rw
"""


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with lang.speaking("en"):
        yield


@pytest.fixture
def city(database_url: str, tmp_path: Path) -> City:
    return City.at(database_url, tmp_path / "city")


@pytest.mark.parametrize(
    ("age", "state"),
    [
        (timedelta(minutes=5), State.GOOD),
        (timedelta(days=2), State.NOTE),
        (timedelta(days=8), State.WRONG),
    ],
)
@pytest.mark.database("sqlite")
def test_the_age_of_the_last_backup(city: City, age: timedelta, state: State) -> None:
    assert keeping.last_backup(city.settings, NOW).state is State.NOTE
    backups.note(city.settings.instance, backups.Made(NOW - age, "/var/backups/one", 3, "abc"))
    found = keeping.last_backup(city.settings, NOW)
    assert found.state is state
    assert "/var/backups/one" in found.found


@pytest.mark.database("sqlite")
def test_a_damaged_page(city: City) -> None:
    city.grow()

    def found() -> State:
        with opened(city.settings.database_url) as engine:
            [one] = keeping.sound(city.settings, engine)
        return one.state

    assert found() is State.GOOD
    file = Path(city.settings.database_url.removeprefix("sqlite:///"))
    whole = file.read_bytes()
    middle = len(whole) // 2
    file.write_bytes(whole[:middle] + os.urandom(9000) + whole[middle + 9000 :])
    assert found() is State.WRONG
    assert soundness.damage(city.settings.instance)
    file.write_bytes(whole)
    assert found() is State.GOOD
    assert soundness.damage(city.settings.instance) == ""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/lib/peyvand", "ext4"),
        ("/srv/share one/db", "nfs4"),
        ("/srv/ours/db", "xfs"),
        ("/srv/sharex", "ext4"),
    ],
)
def test_the_kind_of_disk(folder: str, kind: str) -> None:
    assert file_system(Path(folder), MOUNTS) == kind
    assert (kind in NETWORKED) == kind.startswith("nfs")
    assert file_system(Path("/")) != ""
