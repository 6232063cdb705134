"""What the doctor says of installations that are sound, and of such as are not."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from flask import Flask
from sqlalchemy import select, text

from tests import attaching, build
from tests.databases import Server
from tracker import lang
from tracker.background.heartbeat import beat
from tracker.config import Secrets, Settings
from tracker.doctor import database, documents, installation, machine, one_page, paper
from tracker.doctor.findings import Finding, State
from tracker.domain.access import Actor, Role
from tracker.domain.places import PlaceLevel
from tracker.models import DocumentVersion, Place
from tracker.models.engine import make_engine, writing
from tracker.record import change
from tracker.storage import Storage
from tracker.web.db import db

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with lang.speaking("en"):
        yield


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.for_tests(f"sqlite:///{tmp_path / 'peyvand.db'}", tmp_path, demo=False)


def of_database(url: str, folder: Path, now: datetime = NOW) -> dict[str, Finding]:
    found = database.examine(Settings.for_tests(url, folder), now)
    return {finding.check: finding for finding in found}


def wrong(found: dict[str, Finding]) -> set[str]:
    assert all(finding.remedy for finding in found.values() if finding.state is not State.GOOD)
    return {check for check, finding in found.items() if finding.state is State.WRONG}


def test_a_database_that_is_sound(app: Flask, database_url: str, tmp_path: Path) -> None:
    with app.app_context(), writing():
        session = db.session()
        with change(session, Actor(None, Role.STAFF), NOW):
            session.add(Place(place_level=PlaceLevel.CITY, name={"en": "Osh"}, sort_name="osh"))
        session.commit()
    found = of_database(database_url, tmp_path)
    assert wrong(found) == set()
    assert {"database", "migrations", "audit", "clock"} < set(found)
    assert {"sqlite", "postgresql"} & set(found)

    early = of_database(database_url, tmp_path, NOW - timedelta(hours=1))
    assert wrong(early) == {"clock"}
    (tmp_path / "secrets.toml").unlink()
    assert wrong(of_database(database_url, tmp_path)) == {"audit"}


@pytest.mark.parametrize(("revision", "remedy"), [("0001", "backup"), ("9999", "that version")])
def test_a_schema_of_another_version(
    database_url: str, tmp_path: Path, revision: str, remedy: str
) -> None:
    engine = make_engine(database_url)
    with writing(), engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": revision})
    engine.dispose()
    found = of_database(database_url, tmp_path)
    assert wrong(found) == {"migrations"}
    assert remedy in found["migrations"].remedy
    assert "audit" not in found  # its table may look different there


def test_a_database_without_tables(server: Server, tmp_path: Path) -> None:
    url = server.empty()
    make_engine(url).dispose()
    found = of_database(url, tmp_path)
    server.drop(url)
    assert wrong(found) == {"migrations"}
    assert found["migrations"].remedy == "Run: flask --app wsgi migrate"


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    found = of_database(f"sqlite:///{tmp_path / 'peyvand.db'}", tmp_path)
    assert wrong(found) == {"database"}
    assert not (tmp_path / "peyvand.db").exists()


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg://clerk:lantern-of-brass@127.0.0.1:1/peyvand",
        "sqlite:////nowhere/at/all/peyvand.db",
        "oracle+absent://clerk:lantern-of-brass@127.0.0.1/peyvand",
        "postgresql://clerk:lantern-of-brass@127.0.0.1/peyvand",
    ],
)
def test_a_database_out_of_reach_without_its_password(url: str, tmp_path: Path) -> None:
    found = of_database(url, tmp_path)
    assert wrong(found) == {"database"}
    assert "lantern" not in repr(found)


def test_files_that_others_can_read(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "peyvand.db"
    file.touch(0o600)
    assert installation.files(settings).state is State.GOOD
    file.chmod(0o604)
    assert installation.files(settings).remedy == f"chmod o-rwx {file}"
    file.chmod(0o640)
    tmp_path.chmod(0o755)
    assert installation.files(settings).remedy == f"chmod o-rwx {tmp_path}"


@pytest.mark.parametrize(
    ("days", "state", "said"),
    [
        (31, State.GOOD, "TLS of its own"),
        (29, State.NOTE, "more days"),
        (-1, State.WRONG, "not valid"),
        (None, State.WRONG, "site.crt"),
    ],
)
def test_a_certificate_that_ends(
    settings: Settings, tmp_path: Path, days: int | None, state: State, said: str
) -> None:
    file = tmp_path / "site.crt"
    file.write_bytes(b"" if days is None else certificate_until(days))
    found = installation.reaching(replace(settings, certificate=file))
    assert found.state is state
    assert said in found.found


def certificate_until(days: int) -> bytes:
    now, key = datetime.now(UTC), ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.oid.NameOID.COMMON_NAME, "ties.city.example")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name)
    made = made.public_key(key.public_key()).serial_number(x509.random_serial_number())
    made = made.not_valid_before(now - timedelta(days=400))
    made = made.not_valid_after(now + timedelta(days=days, hours=1))
    return made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


@pytest.mark.parametrize(
    ("changed", "state", "said"),
    [
        ({}, State.GOOD, "this machine only"),
        ({"demo": True}, State.NOTE, "anybody"),
        ({"production": True}, State.NOTE, "no proxy"),
        ({"production": True, "proxies": 1}, State.NOTE, "any name"),
        ({"production": True, "proxies": 1, "trusted_hosts": ("a",)}, State.GOOD, "with TLS"),
    ],
)
def test_how_browsers_come(
    settings: Settings, changed: dict[str, object], state: State, said: str
) -> None:
    found = installation.reaching(replace(settings, **changed))
    assert found.state is state
    assert said in found.found


def test_the_background_process(settings: Settings, tmp_path: Path) -> None:
    def seen(now: datetime) -> State:
        [found] = machine.background(settings, now)
        return found.state

    assert seen(NOW) is State.NOTE
    beat(tmp_path)
    os.utime(tmp_path / "heartbeat", (NOW.timestamp(), NOW.timestamp()))
    assert seen(NOW + timedelta(seconds=10)) is State.GOOD
    assert seen(NOW + timedelta(minutes=1)) is State.WRONG
    assert seen(NOW - timedelta(minutes=1)) is State.WRONG


def test_python_and_the_disk(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    assert machine.python().state is State.GOOD
    assert machine.python((3, 10, 14)).state is State.WRONG
    for free, state in ((2**31, State.GOOD), (2**28, State.NOTE), (2**20, State.WRONG)):
        monkeypatch.setattr(shutil, "disk_usage", lambda _, free=free: SimpleNamespace(free=free))
        assert machine.disk(settings).state is state


def test_the_scripts_and_the_doctor_ask_for_the_same_libraries() -> None:
    asked = re.findall(
        r"has_library (\S+) \|\| printf '%s\\n' (\S+)", (ROOT / "script" / "lib.sh").read_text()
    )
    assert tuple(library for library, _ in asked) == one_page.LIBRARIES
    assert paper.INSTALL.split("--no-install-recommends ")[1].split() == [p for _, p in asked]


def run(folder: Path, program: list[str]) -> subprocess.CompletedProcess[str]:
    env = {"PATH": os.environ["PATH"], "TRACKER_INSTANCE": str(folder)}
    return subprocess.run(
        [sys.executable, *program], cwd=ROOT, env=env, capture_output=True, text=True
    )


def test_said_in_persian_with_no_secret_in_it(settings: Settings, tmp_path: Path) -> None:
    done = run(tmp_path, ["-m", "flask", "--app", "wsgi", "doctor"])
    assert (done.returncode, done.stderr) == (1, "")
    assert "✗ پایگاه داده" in done.stdout
    assert "→ اجرا کنید: flask --app wsgi migrate" in done.stdout
    assert "✓ چاپ" in done.stdout
    secrets = Secrets.read(tmp_path / "secrets.toml")
    for secret in (secrets.secret_key, secrets.audit_key, secrets.password_salt):
        assert secret not in done.stdout


def test_refused_settings_are_a_finding_and_a_sentence(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "secrets.toml").chmod(0o644)
    start = "from tracker.cli import main; main()"
    done = run(tmp_path, ["-c", start, "doctor", "--language", "en"])
    assert (done.returncode, done.stderr) == (1, "")
    assert "✗ Settings" in done.stdout
    assert "can be read by others; chmod 600 it" in done.stdout
    assert "✓ Printing" in done.stdout

    done = run(tmp_path, ["-m", "flask", "--app", "wsgi", "migrate"])
    assert done.returncode == 1
    assert done.stderr == f"Error: {tmp_path}/secrets.toml can be read by others; chmod 600 it\n"


def test_files_of_documents_that_are_not_as_they_were_kept(
    app: Flask, database_url: str, tmp_path: Path
) -> None:
    settings = Settings.for_tests(database_url, tmp_path)
    (nothing,) = documents.examine(settings, NOW)
    assert (nothing.state, nothing.found) == (State.GOOD, "0 files, as they were kept")
    with build.stored(app) as session:
        actor = build.account(session)
        sound, changed, gone = (attaching.document(session, actor) for _ in range(3))
        files = dict(
            map(
                tuple,
                session.execute(select(DocumentVersion.document_id, DocumentVersion.file_id)),
            )
        )
    storage = Storage(settings.documents_folder)
    (good,) = documents.examine(settings, NOW)
    assert good.state is State.GOOD
    storage.path(files[changed.id]).write_bytes(b"A plain text")
    storage.remove(files[gone.id])
    lost = storage.keep(BytesIO(b"x"), 1)
    os.utime(storage.path(lost.file_id), (0, 0))
    broken, belonging_to_nothing = documents.examine(settings, NOW)
    assert broken.state is State.WRONG
    assert "2 files" in broken.found
    assert f"/documents/{changed.id} (damaged)" in broken.found
    assert f"/documents/{gone.id} (missing)" in broken.found
    assert str(sound.id) not in broken.found
    assert belonging_to_nothing.state is State.NOTE
