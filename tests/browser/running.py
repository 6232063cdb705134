"""The product as a user's browser meets it: its two processes, and the browser."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Playwright

from tests.databases import migrate
from tests.ports import free_port
from tests.serving import open_session

ROOT = Path(__file__).resolve().parents[2]

CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass(frozen=True)
class Live:
    """Where it runs and what it keeps."""

    url: str
    database_url: str
    instance: Path


@contextmanager
def running(instance: Path, port: int | None = None) -> Iterator[Live]:
    """Web server and background process under their supervisor, over an empty database."""
    database_url = f"sqlite:///{instance / 'peyvand.db'}"
    migrate(database_url)
    environment = os.environ | {
        "HOST": "127.0.0.1",
        "PORT": str(port or free_port()),
        "TRACKER_INSTANCE": str(instance),
        "TRACKER_DATABASE_URL": database_url,
        "TRACKER_DEMO": "1",
    }
    with (instance / "log").open("w+") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tracker.supervisor"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        assert process.stdout is not None
        try:
            said = process.stdout.readline()
            assert said.startswith("ready "), said + (instance / "log").read_text()
            yield Live(said.split()[1], database_url, instance)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=12)
            process.stdout.close()


def launch(playwright: Playwright) -> Browser:
    """Debian's chromium."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    return playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_FLAGS))


def become(context: BrowserContext, live: Live, role: str) -> str:
    """From here on the browser is a new account of that role; its token is returned."""
    token = open_session(live.database_url, role)
    carry(context, live, token)
    return token


def carry(context: BrowserContext, live: Live, token: str) -> None:
    """From here on the browser holds this session."""
    context.add_cookies(
        [
            {
                "name": "peyvand",
                "value": token,
                "url": live.url,
                "httpOnly": True,
                "sameSite": "Lax",
            }
        ]
    )
