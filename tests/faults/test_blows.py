"""One web server on each database goes through what machines do to it: kill -9 in the middle of
writing, a lock that is not let go, a database that goes away, a disk that is full.

Nothing that was acknowledged is lost, nothing is half there, readers are told in their language,
and no restart is needed. `script/soak` does the same for as long as wanted.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.background.running import eventually
from tests.faults.books import clean, faults
from tests.faults.clerk import Answer, Clerk, busy
from tests.faults.product import RECOVERY_SECONDS, Serving, serving, start_again, strike
from tests.faults.servers import Disk, Postgres, can_mount, disk, postgres
from tracker.models.engine import opened, writing

# One server of each kind for the module: its tests stay together on one worker.
pytestmark = pytest.mark.xdist_group("blows")

ROOM_MEGABYTES = 96


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Disk | None]:
    """The disk on which the SQLite file lies; none where disks cannot be made."""
    folder = tmp_path_factory.mktemp("small") / "disk"
    if not can_mount():
        folder.mkdir()
        yield None
        return
    with disk(folder, ROOM_MEGABYTES) as mounted:
        yield mounted


@pytest.fixture(scope="module")
def file(small: Disk | None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return (small.folder if small else tmp_path_factory.mktemp("file")) / "peyvand.db"


@pytest.fixture(scope="module")
def on_sqlite(file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with serving(tmp_path_factory.mktemp("sqlite"), f"sqlite:///{file}") as started:
        yield started


@pytest.fixture(scope="module")
def strikable() -> Iterator[Postgres]:
    with postgres() as started:
        yield started


@pytest.fixture(scope="module")
def on_postgresql(
    strikable: Postgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Serving]:
    with serving(tmp_path_factory.mktemp("postgresql"), strikable.url) as started:
        yield started


def clerks(struck: Serving, count: int = 3) -> list[Clerk]:
    return [Clerk.of(struck.url, struck.port) for _ in range(count)]


def books(struck: Serving, *at_work: Clerk) -> dict[str, int]:
    acknowledged = [each for clerk in at_work for each in clerk.acknowledged]
    assert acknowledged
    return faults(struck.url, struck.instance, acknowledged)


def is_put_off(answer: Answer, words: str) -> bool:
    """Told to come back, in the reader's language, on a page that shows no innards."""
    return (
        answer.status == 503
        and int(answer.headers["retry-after"]) > 0
        and words in answer.text
        and "Traceback" not in answer.text
        and "OperationalError" not in answer.text
    )


def recovers(clerk: Clerk) -> None:
    eventually(lambda: clerk.log_meeting().made is not None, RECOVERY_SECONDS)


def killed_while_writing(struck: Serving) -> None:
    at_work = clerks(struck)
    with busy(at_work) as work:
        eventually(lambda: work.acknowledged >= 8)
        strike(struck)
    start_again(struck)
    assert books(struck, *at_work) == clean()
    at_work[0].log_meeting()
    assert books(struck, *at_work) == clean()


def test_killed_while_writing_on_sqlite(on_sqlite: Serving) -> None:
    killed_while_writing(on_sqlite)


def test_killed_while_writing_on_postgresql(on_postgresql: Serving) -> None:
    killed_while_writing(on_postgresql)


def test_a_lock_that_is_not_let_go(on_sqlite: Serving) -> None:
    clerk = Clerk.of(on_sqlite.url, on_sqlite.port)
    recovers(clerk)
    with opened(on_sqlite.url) as engine, writing(), engine.begin() as other:
        other.execute(text("SELECT 1"))
        answer = clerk.log_meeting()
        assert is_put_off(answer, "کس دیگری")
        assert clerk.get("/meetings/").status == 200
    recovers(clerk)
    assert books(on_sqlite, clerk) == clean()


def test_a_file_that_was_moved_away(on_sqlite: Serving, file: Path) -> None:
    clerk = Clerk.of(on_sqlite.url, on_sqlite.port)
    recovers(clerk)
    away = file.with_name("away.db")
    file.rename(away)
    for answer in (clerk.get("/meetings/"), clerk.log_meeting()):
        assert is_put_off(answer, "در دسترس نیست")
    assert "database" in on_sqlite.failing()
    assert not file.exists()  # nobody has put an empty one there
    away.rename(file)
    recovers(clerk)
    assert on_sqlite.failing() == set()
    assert books(on_sqlite, clerk) == clean()


def test_a_server_that_was_struck_down(on_postgresql: Serving, strikable: Postgres) -> None:
    at_work = clerks(on_postgresql)
    with busy(at_work) as work:
        eventually(lambda: work.acknowledged >= 5)
        strikable.strike()
        assert is_put_off(Clerk.of_nobody(on_postgresql.port).get("/meetings/"), "در دسترس نیست")
        assert "database" in on_postgresql.failing()
        strikable.start()
        before = work.acknowledged
        eventually(lambda: work.acknowledged > before, RECOVERY_SECONDS)
    assert on_postgresql.failing() == set()
    assert books(on_postgresql, *at_work) == clean()


def test_a_full_disk(on_sqlite: Serving, small: Disk | None) -> None:
    if small is None:
        pytest.skip("only root can make a small disk to fill")
    fa, en = (Clerk.of(on_sqlite.url, on_sqlite.port, tag) for tag in ("fa", "en"))
    recovers(fa)
    recovers(en)
    small.fill()
    assert is_put_off(fa.log_meeting(), "دیسک پر است")
    assert is_put_off(en.log_meeting(), "The disk is full")
    for path in ("/", "/meetings/", f"/meetings/{fa.acknowledged[0]}"):
        assert fa.get(path).status == 200
    assert on_sqlite.failing() == {"disk"}
    assert books(on_sqlite, fa, en) == clean()
    small.make_room()
    begun = time.monotonic()
    recovers(fa)
    eventually(lambda: on_sqlite.failing() == set(), RECOVERY_SECONDS)
    assert time.monotonic() - begun < RECOVERY_SECONDS
    assert books(on_sqlite, fa, en) == clean()
