"""Every page in a real browser, as every role: what `script/browser` runs.

Each page is looked at in both languages and themes at three widths. With --all in all these twelve
ways; by default in three, so chosen that over two pages every two of them meet, and by those who
only read in one.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from uuid import UUID

from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.browser import examining
from tests.browser.addresses import addresses_of
from tests.browser.running import Live, become, launch, running
from tests.browser.states import State, states, with_language
from tracker import demo
from tracker.app import create_app
from tracker.config import Secrets, Settings
from tracker.models.engine import make_engine, writing
from tracker.record.kinds import KINDS
from tracker.web import clock

READERS = ("official", "council", "approver", "auditor", "administrator", "guest")
QUERIES = ("/search?q=مشهد", "/search?q=nothing-of-that-name", "/meetings/?kind=joint+committee")


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


class Way(NamedTuple):
    """How a page is looked at."""

    language: str
    theme: str
    width: int


EVERY_WAY = tuple(
    Way(*each) for each in product(("fa", "en"), ("light", "dark"), (1280, 390, 320))
)
IN_TURN = (
    (Way("fa", "light", 1280), Way("fa", "dark", 320), Way("en", "light", 390)),
    (Way("fa", "dark", 390), Way("en", "dark", 1280), Way("en", "light", 320)),
)


@dataclass
class Tally:
    """What was looked at, and what was found; each finding is told where it was met first."""

    everything: bool
    pages: int = 0
    looks: int = 0
    found: Counter[str] = field(default_factory=Counter)
    heaviest: dict[str, tuple[float, str]] = field(default_factory=dict)

    def note(self, where: str, findings: list[str]) -> None:
        for finding in findings:
            self.found[finding] += 1
            if self.found[finding] == 1:
                say(f"{where}\n    {finding}")

    def weigh(self, where: str, load: examining.Load) -> None:
        self.note(where, list(load.findings()))
        for what, size in load.sizes().items():
            self.heaviest[what] = max(self.heaviest.get(what, (0.0, "")), (size, where))

    def ways(self, once: bool) -> tuple[Way, ...]:
        if self.everything:
            return EVERY_WAY
        turn = IN_TURN[self.pages % 2]
        return turn[self.pages // 2 % 3 :][:1] if once else turn

    def look(
        self, page: Page, where: str, show: Callable[[str], object], *, once: bool = False
    ) -> None:
        """See a page in its ways, or in one of them; `show` brings it up in a language."""
        shown = ""
        for language, theme, width in self.ways(once):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
            if language != shown:
                show(language)
                shown = language
            self.note(f"{where} {language} {theme} {width}", examining.findings(page))
            self.note(f"{where} {language} {width}", examining.focus_findings(page))
            self.looks += 1
        self.note(f"{where} on paper", examining.paper_findings(page))
        self.pages += 1


def addresses(live: Live) -> list[str]:
    """The pages of the demo's city, each kind of object by one of them."""
    key = Secrets.read(live.instance / "secrets.toml").audit_key.encode()
    engine = make_engine(live.database_url)
    with writing(), Session(engine) as session:
        session.info["audit_key"] = key
        demo.load(session, clock.now())

        def id_of(kind: str) -> UUID:
            return session.scalars(select(KINDS[kind].id)).first() or UUID(int=0)

        app = create_app(Settings.for_tests(live.database_url, live.instance))
        found = addresses_of(app, id_of)
    engine.dispose()
    return [*found, *QUERIES]


def visit(tally: Tally, page: Page, role: str, address: str) -> None:
    """One address as one role, which does not see every page."""
    answer = page.goto(with_language(address, "fa"))
    if answer is not None and answer.status == 200 and not answer.request.redirected_from:
        tally.look(
            page,
            f"{role} {address}",
            lambda language: page.goto(with_language(address, language)),
            once=role != "staff",
        )


def as_role(
    tally: Tally, browser: Browser, live: Live, role: str, pages: list[str], met: list[State]
) -> None:
    context = browser.new_context(base_url=live.url, locale="fa-IR", reduced_motion="reduce")
    heard = examining.listen(context, live.url)
    if role != "anonymous":
        become(context, live, role)
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    for address in pages:
        if role == "staff":  # whose pages hold the most
            tally.weigh(address, examining.first_load(page, with_language(address, "fa")))
        visit(tally, page, role, address)
        tally.note(f"{role} {address}", heard)
        heard.clear()
    for state in met:
        tally.look(page, f"{role} {state.name}", partial(state.show, page))
        tally.note(f"{role} {state.name}", heard)
        heard.clear()
    context.close()


def main() -> int:
    parser = argparse.ArgumentParser(prog="script/browser", description=__doc__)
    parser.add_argument("--all", action="store_true", help="every page in all twelve ways")
    parser.add_argument("--only", default="", help="only addresses and states that hold this text")
    asked = parser.parse_args()
    tally, began = Tally(asked.all), time.monotonic()
    with (
        TemporaryDirectory(prefix="peyvand-browser-") as folder,
        running(Path(folder)) as live,
        sync_playwright() as playwright,
    ):
        city = addresses(live)
        pages = [each for each in city if asked.only in each]
        tie = next(each for each in city if re.fullmatch(r"/ties/[0-9a-f-]{36}", each))
        met = [s for s in states(tie, f"{folder}/peyvand.db") if asked.only in s.name]
        browser = launch(playwright)
        for role in ("staff", *READERS, "anonymous"):
            own = [state for state in met if state.role == role]
            as_role(tally, browser, live, role, pages if role != "anonymous" else [], own)
        browser.close()
    for what, (size, where) in sorted(tally.heaviest.items()):
        say(f"heaviest {what}: {size / 1024:.1f} KB ({where})")
    say(
        f"{tally.pages} pages, {tally.looks} looks, {tally.found.total()} findings of "
        f"{len(tally.found)} sorts, {time.monotonic() - began:.0f} s"
    )
    return 1 if tally.found else 0


if __name__ == "__main__":
    sys.exit(main())
