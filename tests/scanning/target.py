"""The demo as a scanner meets it: on loopback, over an instance of its own, with somebody signed
in."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from tests import build
from tests.browser.addresses import addresses_of
from tests.databases import migrate
from tests.ports import free_port
from tests.scanning.scanned_app import FAULTS
from tests.serving import open_session, served
from tracker import demo
from tracker.record.kinds import KINDS

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Target:
    address: str  # with its final slash
    cookie: str  # of somebody signed in
    pages: list[str]  # addresses that answer, one of each kind
    _faults: Path

    def faults(self) -> list[str]:
        """What was answered with a 5xx."""
        return self._faults.read_text().splitlines() if self._faults.exists() else []


@contextmanager
def demo_with(role: str, folder: Path) -> Iterator[Target]:
    url, port, faults = f"sqlite:///{folder / 'peyvand.db'}", free_port(), folder / "faults"
    migrate(url)
    with served(url, folder) as app, build.stored(app) as session:
        demo.load(session, build.NOW)

        def id_of(kind: str) -> UUID:
            return session.scalars(select(KINDS[kind].id)).first() or UUID(int=0)

        pages = addresses_of(app, id_of)
    environment = os.environ | {
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "TRACKER_INSTANCE": str(folder),
        "TRACKER_DATABASE_URL": url,
        "TRACKER_DEMO": "1",
        FAULTS: str(faults),
    }
    serve = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    serve += ["--port", str(port), "--blocking-threads", "8", "tests.scanning.scanned_app:app"]
    process = subprocess.Popen(serve, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}/"
        _wait_for(address + "healthz")
        yield Target(address, f"peyvand={open_session(url, role)}", pages, faults)
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(address: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(address, timeout=5)  # noqa: S310
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"nothing answers at {address}")
