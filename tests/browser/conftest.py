"""A running product and a real browser: what a page says to the console fails the test."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

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

# A browser reports these answers of ours to the console too, and they are meant.
MEANT = re.compile(r"responded with a status of (404|409|422)\b")

REPORT_VIOLATIONS = """
document.addEventListener('securitypolicyviolation', (event) =>
  console.error(`policy violated: ${event.violatedDirective} ${event.blockedURI}`));
"""


@dataclass(frozen=True)
class Live:
    """The product as a user's browser meets it."""

    url: str
    database_url: str
    instance: Path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # One browser and one running product: spread over workers, each would start its own.
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """Web server and background process under their supervisor, over an empty database."""
    instance = tmp_path_factory.mktemp("instance")
    database_url = f"sqlite:///{instance / 'peyvand.db'}"
    migrate(database_url)
    port = free_port()
    environment = os.environ | {
        "HOST": "127.0.0.1",
        "PORT": str(port),
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
            assert said.startswith("ready "), (
                said + process.stdout.read() + (instance / "log").read_text()
            )
            yield Live(said.split()[1], database_url, instance)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=12)
            process.stdout.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_FLAGS))
        yield launched
        launched.close()


@pytest.fixture
def context(browser: Browser, live: Live) -> Iterator[BrowserContext]:
    """A fresh profile: nothing remembered from another test."""
    opened = browser.new_context(
        base_url=live.url, locale="fa-IR", viewport={"width": 1280, "height": 900}
    )
    opened.add_init_script(REPORT_VIOLATIONS)
    heard: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if not MEANT.search(message.text):
            heard.append(f"console {message.type}: {message.text} ({message.location.get('url')})")

    def see(address: str) -> None:
        if urlsplit(address).netloc != urlsplit(live.url).netloc and not address.startswith(
            "blob:"
        ):
            heard.append(f"asked elsewhere: {address}")

    opened.on("console", hear)
    opened.on("weberror", lambda error: heard.append(f"error: {error.error}"))
    opened.on("request", lambda request: see(request.url))
    yield opened
    opened.close()
    assert not heard, "\n".join(heard)


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A window in which nobody has signed in."""
    return context.new_page()


@pytest.fixture
def sign_in(context: BrowserContext, live: Live) -> Callable[[str], None]:
    """`sign_in("staff")`: from here on the browser is a new account of that role."""

    def become(role: str) -> None:
        token = open_session(live.database_url, role)
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

    return become
