"""A backup holds everything, is put back as it was, and a bad one is refused."""

from __future__ import annotations

import json
import os
import shutil
import stat
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from tests import build
from tests.backup.city import NOW, City, silent
from tests.databases import Server
from tracker import lang
from tracker.background import backups
from tracker.background.heartbeat import beat
from tracker.backup import manifest
from tracker.backup.examining import examine
from tracker.backup.restoring import restore
from tracker.domain.errors import RuleBroken
from tracker.models.engine import make_engine, opened, writing
from tracker.models.migrate import upgrade
from tracker.models.schema import current, head
from tracker.record.audit_check import broken_entries


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with lang.speaking("en"):
        yield


@pytest.fixture
def city(database_url: str, tmp_path: Path) -> City:
    return City.at(database_url, tmp_path / "city")


@pytest.fixture
def elsewhere(server: Server, city: City, tmp_path: Path) -> Iterator[City]:
    """Another machine, on which nothing stands but the secrets."""
    url = server.empty()
    yield City.at(url, tmp_path / "elsewhere").take_secrets_of(city)
    server.drop(url)


def key_of(city: City) -> bytes:
    return city.settings.secrets.audit_key.encode()


def put_back(city: City, backup: Path, *, over: bool = False) -> None:
    restore(city.settings, backup, NOW, replace=over, progress=silent)


def refused(of: Callable[[], object]) -> str:
    with pytest.raises(RuleBroken) as broken:
        of()
    return lang.gettext(broken.value.message, **broken.value.values)


def test_what_is_put_back_is_what_was_there(city: City, elsewhere: City, tmp_path: Path) -> None:
    files = city.grow()
    made = city.back_up(tmp_path / "backup")
    assert made.contents.head.seq == 7
    assert made.faults == ()
    assert len([file for file in made.files if file.path.startswith("documents/")]) == 2

    assert examine(tmp_path / "backup", key_of(city), silent) == made
    put_back(elsewhere, tmp_path / "backup")
    again = elsewhere.back_up(tmp_path / "again")
    assert again.contents == made.contents
    for file in files:
        kept, restored = (each.storage.path(file) for each in (city, elsewhere))
        assert restored.read_bytes() == kept.read_bytes()
        assert stat.S_IMODE(restored.stat().st_mode) == 0o600
    with elsewhere.session() as session:
        assert list(broken_entries(session, key_of(city))) == []
    elsewhere.grow()  # it can be worked on


def test_nobody_else_reads_a_backup(city: City, tmp_path: Path) -> None:
    city.grow()
    city.back_up(tmp_path / "backup", with_secrets=True)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "backup").rglob("*")}
    assert modes == {0o600, 0o700}


def test_secrets_come_along_only_when_asked_for(
    city: City, server: Server, tmp_path: Path
) -> None:
    city.grow()
    city.back_up(tmp_path / "without")
    city.back_up(tmp_path / "with", with_secrets=True)
    url = server.empty()
    stranger = City.at(url, tmp_path / "stranger")
    said = refused(lambda: put_back(stranger, tmp_path / "without"))
    assert "secrets.toml" in said
    put_back(stranger, tmp_path / "with")
    server.drop(url)
    assert City.at(url, tmp_path / "stranger").settings.secrets == city.settings.secrets
    # The ones that it had made for itself are not lost either.
    assert len(list((tmp_path / "stranger").glob("secrets.toml.before-*"))) == 1


def test_a_forged_backup_is_refused_whatever_secrets_it_brings(
    city: City, server: Server, tmp_path: Path
) -> None:
    city.grow()
    url = server.copy()
    forger = City.at(url, tmp_path / "forger")
    forger.grow(places=1)
    forger.back_up(tmp_path / "forged", with_secrets=True)
    server.drop(url)
    said = refused(lambda: put_back(city, tmp_path / "forged", over=True))
    assert "another audit key" in said


def test_no_file_is_written_outside(city: City, tmp_path: Path) -> None:
    city.grow()
    made = city.back_up(tmp_path / "backup")
    (tmp_path / "backup" / "manifest.json").unlink()
    outside = replace(made.files[0], path="documents/../../../elsewhere")
    manifest.write(replace(made, files=(outside,)), tmp_path / "backup", key_of(city))
    assert "damaged" in refused(lambda: examine(tmp_path / "backup", key_of(city), silent))


def spoil(backup: Path, how: str) -> None:
    listed = backup / "manifest.json"
    said = listed.read_text()
    document = next(path for path in (backup / "documents").rglob("*") if path.is_file())
    records = max(
        (path for path in backup.rglob("*") if path.suffix in (".db", ".copy")),
        key=lambda path: path.stat().st_size,
    )
    if how == "no manifest":
        listed.unlink()
    elif how == "cut manifest":
        listed.write_text(said[: len(said) // 2])
    elif how == "changed manifest":
        listed.write_text(said.replace('"rows": 5', '"rows": 4'))
    elif how == "of a newer version":
        listed.write_text(json.dumps(json.loads(said) | {"format": 2}))
    elif how == "no document":
        document.unlink()
    elif how == "no records":
        records.unlink()
    else:
        changed = document if how == "changed document" else records
        held = bytearray(changed.read_bytes())
        held[len(held) // 2] ^= 1
        changed.write_bytes(held)


BAD = {
    "no manifest": "no manifest",
    "cut manifest": "cut off",
    "changed manifest": "manifest was changed",
    "of a newer version": "newer version",
    "no document": "missing: documents/",
    "no records": "missing: records",
    "changed document": "changed after the backup was made: documents/",
    "changed records": "changed after the backup was made: records",
}


def test_a_bad_backup_is_refused_and_nothing_touched(
    city: City, elsewhere: City, tmp_path: Path
) -> None:
    city.grow(documents=1)
    city.back_up(tmp_path / "good")
    for how, said in BAD.items():
        bad = shutil.copytree(tmp_path / "good", tmp_path / how)
        spoil(bad, how)
        assert said in refused(lambda bad=bad: examine(bad, key_of(city), silent)), how
        assert said in refused(lambda bad=bad: put_back(elsewhere, bad)), how
    assert not elsewhere.settings.documents_folder.exists()
    with opened(elsewhere.settings.database_url) as engine:
        assert current(engine) == ""


def test_a_chain_that_was_tampered_with_is_found(city: City, tmp_path: Path) -> None:
    city.grow()
    with opened(city.settings.database_url) as engine, writing(), engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER audit_no_update"))
        else:
            connection.execute(text("ALTER TABLE audit DISABLE TRIGGER audit_append_only"))
        connection.execute(text("UPDATE audit SET reason = 'never' WHERE seq = 3"))
    city.back_up(tmp_path / "backup")
    said = refused(lambda: examine(tmp_path / "backup", key_of(city), silent))
    assert said == "The audit chain is broken at entry 3."


def test_records_are_set_aside_never_written_over(city: City, tmp_path: Path) -> None:
    [early] = city.grow(documents=1)
    made = city.back_up(tmp_path / "backup")
    [late] = city.grow(documents=1)
    later = city.back_up(tmp_path / "later")
    assert "--replace" in refused(lambda: put_back(city, tmp_path / "backup"))

    put_back(city, tmp_path / "backup", over=True)
    assert city.back_up(tmp_path / "again").contents == made.contents
    assert set(city.storage.ids()) == {early}
    [aside] = city.settings.documents_folder.parent.glob("documents.before-*")
    assert {path.name for path in aside.rglob("*") if path.is_file()} == {early.hex, late.hex}
    assert old_entries(city) == later.contents.head.seq


def old_entries(city: City) -> int:
    """How many audit entries stand in what was set aside."""
    url, aside = city.settings.database_url, "before_20261124t093000z.audit"
    if url.startswith("sqlite"):
        url, aside = f"{url}.before-20261124T093000Z", "audit"
    with opened(url) as engine, engine.connect() as connection:
        count = text(f"SELECT count(*) FROM {aside}")  # noqa: S608  no name of anybody else's
        return int(connection.execute(count).scalar_one())


def test_a_running_service_is_not_replaced(city: City, tmp_path: Path) -> None:
    city.back_up(tmp_path / "backup")
    beat(city.settings.instance)
    assert "Stop it" in refused(lambda: put_back(city, tmp_path / "backup", over=True))


def test_a_backup_is_one_moment_while_others_write(city: City, tmp_path: Path) -> None:
    city.grow()
    over = threading.Event()
    written = []

    def keep_writing() -> None:
        with city.session() as session:
            actor = build.account(session)
            while not over.is_set():
                written.append(build.place(session, actor).id)

    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        made = [city.back_up(tmp_path / str(number)) for number in range(3)]
    finally:
        over.set()
        writer.join()
    assert written
    for number, each in enumerate(made):
        assert examine(tmp_path / str(number), key_of(city), silent) == each
        rows = {table.name: table.rows for table in each.contents.tables}
        # One place, one entry of the chain, one of the search: none without the others.
        assert rows["places"] + rows["documents"] == rows["audit"] == rows["search_entries"]
        assert rows["audit"] == each.contents.head.seq


def test_documents_of_an_earlier_backup_are_linked(city: City, tmp_path: Path) -> None:
    [old] = city.grow(documents=1)
    city.back_up(tmp_path / "first")
    [new] = city.grow(documents=1)
    city.back_up(tmp_path / "second")
    first, second = (tmp_path / name / "documents" for name in ("first", "second"))
    assert os.path.samefile(first / old.hex[:2] / old.hex, second / old.hex[:2] / old.hex)
    shutil.rmtree(tmp_path / "first")
    examine(tmp_path / "second", key_of(city), silent)
    assert not os.path.samefile(second / new.hex[:2] / new.hex, city.storage.path(new))


def test_damaged_documents_do_not_stop_the_rest(
    city: City, elsewhere: City, tmp_path: Path
) -> None:
    missing, damaged = city.grow()
    city.storage.remove(missing)
    city.storage.path(damaged).write_bytes(b"%PDF-else")
    made = city.back_up(tmp_path / "backup")
    assert made.faults == tuple(
        sorted(
            [
                f"The file of document {missing} is missing.",
                f"The file of document {damaged} is damaged.",
            ],
            key=lambda said: said.split()[4],
        )
    )
    put_back(elsewhere, tmp_path / "backup")
    assert set(elsewhere.storage.ids()) == {damaged}


def test_records_of_an_older_schema_go_back_and_forward(
    server: Server, elsewhere: City, tmp_path: Path
) -> None:
    url = server.empty()
    engine = make_engine(url)
    upgrade(engine, "0010")
    engine.dispose()
    City.at(url, elsewhere.settings.instance).back_up(tmp_path / "backup")
    server.drop(url)
    put_back(elsewhere, tmp_path / "backup")
    with opened(elsewhere.settings.database_url) as engine:
        assert current(engine) == "0010"
        upgrade(engine)
        assert current(engine) == head()


def test_a_folder_that_is_taken_stays_as_it_is(city: City, tmp_path: Path) -> None:
    taken, empty = tmp_path / "taken", tmp_path / "empty"
    taken.mkdir()
    (taken / "letter").touch()
    empty.mkdir()
    assert "name a new folder" in refused(lambda: city.back_up(taken))
    assert [path.name for path in taken.iterdir()] == ["letter"]
    city.back_up(empty)
    assert (empty / "manifest.json").is_file()


def test_a_failed_backup_leaves_nothing(
    city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    city.grow()
    monkeypatch.setattr("tracker.storage.Storage.path", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        city.back_up(tmp_path / "backups" / "one")
    assert list((tmp_path / "backups").iterdir()) == []
    assert backups.last(city.settings.instance) is None


def test_what_was_left_by_one_that_was_killed_is_cleared_away(city: City, tmp_path: Path) -> None:
    left, fresh = (tmp_path / f".{name}.0.under-way" for name in ("left", "fresh"))
    for folder in (left, fresh):
        folder.mkdir()
        (folder / "records.db").touch()
    for path in (left, left / "records.db"):
        os.utime(path, (1, 1))
    city.back_up(tmp_path / "backup")
    assert (left.exists(), fresh.exists()) == (False, True)
    assert "no manifest" in refused(lambda: examine(fresh, key_of(city), silent))


@pytest.mark.database("postgresql")
def test_no_key_is_drawn_from_a_sequence(city: City) -> None:
    """Putting back tables would not put it back."""
    with opened(city.settings.database_url) as engine, engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM pg_sequences")).scalar() == 0


@pytest.mark.database("sqlite")
def test_the_last_backup_is_noted(city: City, tmp_path: Path) -> None:
    assert backups.last(city.settings.instance) is None
    made = city.back_up(tmp_path / "backup")
    noted = backups.last(city.settings.instance)
    assert noted == backups.Made(
        NOW, str(tmp_path / "backup"), made.contents.head.seq, made.contents.head.hash
    )


@pytest.mark.database("sqlite")
def test_a_damaged_database_makes_no_backup(city: City, tmp_path: Path) -> None:
    city.grow()
    file = Path(city.settings.database_url.removeprefix("sqlite:///"))
    held = bytearray(file.read_bytes())
    held[len(held) // 2 : len(held) // 2 + 9000] = os.urandom(9000)
    file.write_bytes(held)
    assert "damaged" in refused(lambda: city.back_up(tmp_path / "backup"))
    assert not (tmp_path / "backup").exists()


@pytest.mark.database("sqlite")
def test_a_damaged_database_is_replaced_and_kept(city: City, tmp_path: Path) -> None:
    city.grow()
    made = city.back_up(tmp_path / "backup")
    file = Path(city.settings.database_url.removeprefix("sqlite:///"))
    damaged = os.urandom(20_000)
    file.write_bytes(damaged)
    assert "--replace" in refused(lambda: put_back(city, tmp_path / "backup"))
    put_back(city, tmp_path / "backup", over=True)
    [aside] = [path for path in file.parent.glob(f"{file.name}.before-*") if path.suffix != ".db"]
    assert aside.read_bytes() == damaged
    assert city.back_up(tmp_path / "again").contents == made.contents
