"""A certificate authority for a town hall, and a server that speaks TLS with what it made."""

from __future__ import annotations

import json
import os
import signal
import ssl
import stat
import subprocess
import sys
from http.client import HTTPSConnection
from pathlib import Path

import pytest

from tests.ports import free_port
from tracker.config import Settings, SettingsRefused

# Nothing here depends on the kind of database.
pytestmark = pytest.mark.database("sqlite")

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tls") / "certificates"
    make(folder, "localhost", "127.0.0.1")
    return folder


def make(folder: Path, *names: str) -> str:
    command = [sys.executable, ROOT / "script" / "certificates", "--folder", folder, *names]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_nobody_else_reads_the_files(certificates: Path) -> None:
    files = sorted(certificates.iterdir())
    assert [file.name for file in files] == [
        "authority.crt", "authority.key", "site.crt", "site.key",
    ]  # fmt: skip
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE(certificates.stat().st_mode) == 0o700


def test_a_second_run_keeps_the_authority_that_is_trusted(tmp_path: Path) -> None:
    first = make(tmp_path, "one.example")
    kept = {name: (tmp_path / name).read_bytes() for name in ("authority.crt", "site.crt")}
    second = make(tmp_path, "one.example")
    assert (tmp_path / "authority.crt").read_bytes() == kept["authority.crt"]
    assert (tmp_path / "site.crt").read_bytes() != kept["site.crt"]
    assert first.splitlines()[-1] == second.splitlines()[-1]
    assert first.splitlines()[-1].count(":") == 31


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"TRACKER_CERTIFICATE": "/nowhere"}, "no such file"),
        ({"TRACKER_CERTIFICATE": "site.crt"}, "go together"),
        ({"TRACKER_CERTIFICATE_KEY": "site.key"}, "go together"),
    ],
)
def test_half_a_certificate_is_refused(
    certificates: Path, tmp_path: Path, environment: dict[str, str], said: str
) -> None:
    given = {name: str(certificates / value) for name, value in environment.items()}
    with pytest.raises(SettingsRefused, match=said):
        Settings.from_env({"TRACKER_INSTANCE": str(tmp_path), **given})


def test_a_key_that_everybody_reads_is_refused(certificates: Path, tmp_path: Path) -> None:
    key = tmp_path / "site.key"
    key.write_bytes((certificates / "site.key").read_bytes())
    environment = {
        "TRACKER_INSTANCE": str(tmp_path),
        "TRACKER_CERTIFICATE": str(certificates / "site.crt"),
        "TRACKER_CERTIFICATE_KEY": str(key),
    }
    key.chmod(0o640)
    assert not Settings.from_env(environment).plain_http
    key.chmod(0o644)
    with pytest.raises(SettingsRefused, match="chmod 600"):
        Settings.from_env(environment)


def test_it_serves_over_tls(certificates: Path, database_url: str, tmp_path: Path) -> None:
    port = free_port()
    environment = {
        **os.environ,
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "TRACKER_INSTANCE": str(tmp_path),
        "TRACKER_DATABASE_URL": database_url,
        "TRACKER_DEMO": "0",
        "TRACKER_CERTIFICATE": str(certificates / "site.crt"),
        "TRACKER_CERTIFICATE_KEY": str(certificates / "site.key"),
    }
    command = [sys.executable, "-m", "tracker.supervisor"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stdout is not None
            assert server.stdout.readline() == f"ready https://127.0.0.1:{port}\n"
            trusting = ssl.create_default_context(cafile=str(certificates / "authority.crt"))
            connection = HTTPSConnection("localhost", port, timeout=10, context=trusting)
            connection.request("GET", "/login")
            answer = connection.getresponse()
            page = answer.read().decode()
            cookies = answer.headers.get_all("Set-Cookie") or []
            connection.request("GET", "/readyz")
            ready = json.loads(connection.getresponse().read())
            connection.close()
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=20)
    assert answer.status == 200
    assert 'data-kind="sign-in"' in page
    assert any(cookie.startswith("__Host-peyvand=") and "Secure" in cookie for cookie in cookies)
    assert ready["status"] == "ready"
