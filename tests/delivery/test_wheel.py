"""What is delivered: built, installed where no checkout is, and used like the real thing."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest

from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
# The parts follow one another on one installation: together, and in this order.
pytestmark = pytest.mark.xdist_group("delivery")

EMAIL, PASSWORD = "clerk@example.org", "ابر نردبان کاشی هویج"
LEFT_OUT = {"tests", "script", ".ci", "instance", ".venv", "__pycache__"}


@dataclass
class Installed:
    """An environment that holds the wheel, and a folder in which its commands are run."""

    python: Path
    folder: Path
    port: int

    def start(self, *command: str, **env: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [self.python.with_name(command[0]), *command[1:]],
            cwd=self.folder,
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(self.folder),
                "PORT": str(self.port),
                **env,
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *command: str, said: str = "", **env: str) -> subprocess.CompletedProcess[str]:
        with self.start(*command, **env) as process:
            out, err = process.communicate(said, timeout=60)
        return subprocess.CompletedProcess(command, process.returncode, out, err)

    def doctor(self, **env: str) -> tuple[int, dict[str, dict[str, Any]]]:
        done = self.run("peyvand", "doctor", "--language", "en", "--json", **env)
        assert done.stderr == ""
        return done.returncode, {each["check"]: each for each in json.loads(done.stdout)["checks"]}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    run = [sys.executable, "-m", "hatchling", "build", "-d", folder]
    subprocess.run(run, cwd=ROOT, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel in an environment of its own; the libraries it needs are borrowed from ours."""
    folder = tmp_path_factory.mktemp("elsewhere")
    uv = [Path(sys.executable).with_name("uv"), "--offline", "--no-cache", "--quiet"]
    subprocess.run([*uv, "venv", "--python", sys.executable, folder / "venv"], check=True)
    python = folder / "venv" / "bin" / "python"
    [wheel] = built.glob("*.whl")
    subprocess.run([*uv, "pip", "install", "--python", python, "--no-deps", wheel], check=True)
    [packages] = (folder / "venv" / "lib").glob("python*/site-packages")
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib"))
    (folder / "run").mkdir(mode=0o700)
    return Installed(python, folder / "run", free_port())


def test_the_wheel_holds_every_file_of_the_product(built: Path) -> None:
    [wheel] = built.glob("*.whl")
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    places = {"tracker": "tracker", "reports": "reports"}
    places |= {"templates": "tracker/_templates", "migrations": "tracker/_migrations"}
    wanted = {
        f"{inside}/{path.relative_to(ROOT / outside)}"
        for outside, inside in places.items()
        for path in (ROOT / outside).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert held == wanted | {"tracker/_wsgi.py"}


def test_the_source_holds_what_builds_it_and_no_more(built: Path) -> None:
    [source] = built.glob("*.tar.gz")
    with tarfile.open(source) as archive:
        names = [Path(*Path(name).parts[1:]) for name in archive.getnames()]
    assert [str(name) for name in names if LEFT_OUT & set(name.parts)] == []
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["readme"] in map(str, names)
    assert {"pyproject.toml", "wsgi.py", "requirements.lock"} <= set(map(str, names))


@pytest.fixture(scope="module")
def serving(installed: Installed) -> Iterator[Installed]:
    """From an empty folder to a service, as docs/operations.md tells it."""
    probe = "import tracker, reports; print(tracker.__file__, reports.__file__)"
    for place in installed.run("python", "-c", probe).stdout.split():
        assert Path(place).is_relative_to(installed.python.parents[1])

    migrated = installed.run("peyvand", "migrate")
    assert (migrated.returncode, migrated.stderr) == (0, "")
    create = ("peyvand", "create-user", "--email", EMAIL, "--role", "staff", "--password-stdin")
    created = installed.run(*create, said=PASSWORD + "\n")
    assert (created.returncode, created.stdout) == (0, f"{EMAIL} (staff)\n")

    service = installed.start("peyvand", "serve", TRACKER_DEMO="1")
    assert service.stdout is not None
    said = []
    try:
        for line in service.stdout:  # a busy machine is told meanwhile what is not ready yet
            said.append(line)
            if line.startswith("ready "):
                break
        assert said[0] == "loaded\n"
        assert said[-1] == f"ready http://127.0.0.1:{installed.port}\n"
        yield installed
    finally:
        service.send_signal(signal.SIGTERM)
        _, complaints = service.communicate(timeout=15)
    assert (service.returncode, complaints) == (0, "")


def test_it_serves_signs_in_and_prints(serving: Installed) -> None:
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    login = read(serving, browser, "/login")
    [token] = set(re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', login.decode()))
    sheets = re.findall(r'href="(/static/[^"]+\.css[^"]*)"', login.decode())
    assert sheets
    assert all(b"{" in read(serving, browser, sheet) for sheet in sheets)

    filled = {"email": EMAIL, "password": PASSWORD, "csrf_token": token}
    assert "clerk" in read(serving, browser, "/login", filled).decode()
    ties = read(serving, browser, "/ties/?lang=fa").decode()
    assert 'lang="fa"' in ties
    [tie] = set(re.findall(r'href="(/ties/[0-9a-f-]{36})"', ties))
    paper = read(serving, browser, f"{tie}/briefing.pdf?lang=fa&as_of=1400-08-19")
    assert paper.startswith(b"%PDF-")

    code, checks = serving.doctor()
    assert code == 0, checks
    # Nobody can have backed up what is a minute old, and the doctor says so.
    assert {name for name, check in checks.items() if check["state"] != "good"} == {"backup"}


def read(
    serving: Installed, browser: OpenerDirector, path: str, filled: dict[str, str] | None = None
) -> bytes:
    address = f"http://127.0.0.1:{serving.port}{path}"
    sent = urlencode(filled).encode() if filled else None
    with browser.open(address, sent, timeout=20) as answer:
        content: bytes = answer.read()
    return content


def test_the_doctor_finds_what_is_broken(serving: Installed) -> None:
    """A library that cannot be loaded, a font that is not ours, a schema that is behind."""
    fakes = serving.folder / "fakes"
    fakes.mkdir()
    (fakes / "libharfbuzz-subset.so.0").touch()
    with next(serving.python.parents[1].rglob("reports/fonts/NotoSans-Bold.ttf")).open("ab") as f:
        f.write(b"\0")
    with closing(sqlite3.connect(serving.folder / "instance" / "peyvand.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = '0001'")
        database.commit()

    code, checks = serving.doctor(LD_LIBRARY_PATH=str(fakes))
    assert code == 1
    wrong = {name: check for name, check in checks.items() if check["state"] == "wrong"}
    assert set(wrong) == {"engine", "fonts", "migrations"}
    assert wrong["engine"]["found"] == "missing: libharfbuzz-subset.so.0"
    assert "apt-get install -y --no-install-recommends libpango" in wrong["engine"]["remedy"]
    assert wrong["fonts"]["found"] == "missing or changed: NotoSans-Bold.ttf"
    assert wrong["migrations"]["remedy"].endswith("peyvand migrate")
