"""What is looked at on a page in a real browser, and what is wrong with it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page

# A browser reports these answers of ours to the console too, and they are meant.
MEANT = re.compile(
    r"responded with a status of (401|403|404|409|422|503)\b|^Clear-Site-Data header"
)

REPORT_VIOLATIONS = """
document.addEventListener('securitypolicyviolation', (event) =>
  console.error(`policy violated: ${event.violatedDirective} ${event.blockedURI}`));
"""

SORTS = {"HTML": "Document", "CSS, packed": "Stylesheet", "JS, packed": "Script"}
MOST = {
    "first load": 250 * 1024,
    "HTML": 60 * 1024,
    "CSS, packed": 13 * 1024,
    "JS, packed": 20 * 1024,
}


def listen(context: BrowserContext, origin: str) -> list[str]:
    """Whatever the pages of a context say, break or ask of somebody else, as it happens."""
    heard: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if not MEANT.search(message.text):
            heard.append(f"console {message.type}: {message.text} ({message.location.get('url')})")

    def see(address: str) -> None:
        # The browser shows a paper by a part of itself, which has an address of its own.
        parts = urlsplit(address)
        if parts.scheme in ("http", "https") and parts.netloc != urlsplit(origin).netloc:
            heard.append(f"asked elsewhere: {address}")

    context.add_init_script(REPORT_VIOLATIONS)
    context.on("console", hear)
    context.on("weberror", lambda error: heard.append(f"error: {error.error}"))
    context.on("request", lambda request: see(request.url))
    return heard


@cache
def _script(package: str, name: str) -> str:
    return files(package).joinpath(name).read_text(encoding="utf-8")


def _ask(page: Page, question: str) -> list[str]:
    # By way of the debugger, because the page's own policy lets nothing in.
    ours = _script("tests.browser", "examining.js")
    found: list[str] = page.evaluate(f"{ours}\n;examining.{question}()")
    return found


def findings(page: Page) -> list[str]:
    """What is wrong with the page as it now stands in its window."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(f"{_script('axe_playwright_python', 'axe.min.js')}\n;undefined")
    return _ask(page, "still")


def shape_findings(page: Page) -> list[str]:
    """Of these only what costs next to nothing: the width, and the font."""
    return _ask(page, "shape")


def focus_findings(page: Page) -> list[str]:
    """What is wrong with the way of the Tab key through the page."""
    page.keyboard.press("Tab")  # rings are drawn for whoever uses the keyboard
    return _ask(page, "focus")


def paper_findings(page: Page) -> list[str]:
    """What is wrong with the page in print."""
    page.emulate_media(media="print")
    found = _ask(page, "paper")
    page.emulate_media(media="screen")
    return found


@dataclass
class Load:
    """What a first visit fetches, in bytes on the line: in all, and the bodies of each sort."""

    line: float = 0.0
    bodies: Counter[str] = field(default_factory=Counter)

    def sizes(self) -> dict[str, float]:
        return {"first load": self.line} | {
            name: float(self.bodies[sort]) for name, sort in SORTS.items()
        }

    def findings(self) -> list[str]:
        return [
            f"{what} is over {MOST[what] // 1024} KB"
            for what, size in self.sizes().items()
            if size > MOST[what]
        ]


def first_load(page: Page, address: str) -> Load:
    """Open an address as somebody who was never here."""
    load, sorts = Load(), dict[str, str]()
    if page.url.startswith("http"):
        # A draft that an examined page left behind would be restored, and fetch what it needs.
        page.evaluate("localStorage.clear()")
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.clearBrowserCache")

    def name(event: dict[str, Any]) -> None:
        sorts[event["requestId"]] = event["type"]

    def count(event: dict[str, Any]) -> None:
        sort = sorts[event["requestId"]]
        load.bodies[sort] += event["dataLength" if sort == "Document" else "encodedDataLength"]

    def close(event: dict[str, Any]) -> None:
        load.line += event["encodedDataLength"]

    wire.on("Network.responseReceived", name)
    wire.on("Network.dataReceived", count)
    wire.on("Network.loadingFinished", close)
    page.goto(address, wait_until="networkidle")
    wire.detach()
    return load
