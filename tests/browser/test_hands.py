"""Logging a call takes few keystrokes, and the three journeys need no mouse and no scripts."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy.orm import Session

from tests import build
from tests.browser import examining
from tests.browser.hands import count_keystrokes, fill, follow, go_to, keystrokes, press, take
from tests.browser.running import Live, become
from tracker.config import Secrets
from tracker.models.engine import make_engine, writing

pytestmark = pytest.mark.database("sqlite")

# A clerk of 40 words a minute, who thinks for a moment before each field (Card, Moran, Newell).
SECONDS_A_KEY = 0.28
SECONDS_A_THOUGHT = 1.35
FIELDS = 8

TIE = {"fa": "مشهد – تاشکند", "en": "Mashhad – Tashkent"}
WORDS = {
    "fa": ("دیدار کوتاه", "صبا رضایی", "سارا کیان", "آماده‌ایم.", " و مفید"),
    "en": ("A short call", "Saba Rezaei", "Sara Kian", "We are ready.", ", and a good one"),
}
SAVE = {"fa": "ثبت", "en": "Save"}
BRIEFING = {"fa": "گزارش مدیریتی", "en": "Briefing"}


@pytest.fixture(scope="module")
def tie(live: Live) -> UUID:
    """A tie, a place and four people to log a call with."""
    engine = make_engine(live.database_url)
    with writing(), Session(engine, expire_on_commit=False) as session:
        session.info["audit_key"] = Secrets.read(live.instance / "secrets.toml").audit_key.encode()
        clerk = build.account(session)
        for name in ("بهرام یکتا", "پرویز دانا", "تیمور عثمان", "جمشید نظر"):
            build.person(session, clerk, {"fa": name})
        build.place(session, clerk, {"fa": "تاشکند", "en": "Tashkent"})
        made = build.tie(session, clerk, TIE)
    engine.dispose()
    return made.id


def test_a_courtesy_call_takes_at_most_sixty_keystrokes(
    context: BrowserContext, page: Page, sign_in: Callable[[str], str], tie: UUID
) -> None:
    sign_in("staff")
    count_keystrokes(context)
    page.goto("/?lang=fa")
    page.keyboard.press("n")
    page.wait_for_url("/meetings/new")
    typed = ["دیدار با استاندار", "دیروز", "تاشکند", "تاشک", "یکتا", "دانا", "عثمان", "نظر"]
    title, day, place, under, *people = typed
    fill(page, "title", title)
    fill(page, "held_on", day)
    take(page, "place", place)
    take(page, "filed_under", under)
    for side, at in (("ours", 0), ("ours", 1), ("theirs", 0), ("theirs", 1)):
        if at:
            press(page, f"add-row={side}")
        take(page, f"{side}-{at}-who", people.pop(0))
    page.keyboard.press("Control+Enter")
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator("main")).to_contain_text(TIE["fa"])
    expect(page.locator("aside .row, aside li")).not_to_have_count(0)
    pressed = keystrokes(page)
    assert pressed <= 60
    letters = sum(map(len, typed))
    assert (pressed + letters) * SECONDS_A_KEY + FIELDS * SECONDS_A_THOUGHT <= 90


@pytest.mark.parametrize(("language", "scripts"), [("fa", True), ("fa", False), ("en", True)])
def test_three_journeys_by_keyboard(
    browser: Browser, live: Live, tie: UUID, language: str, scripts: bool
) -> None:
    title, who, other, line, more = WORDS[language]
    add = press if scripts else follow
    context = browser.new_context(base_url=live.url, java_script_enabled=scripts)
    heard = examining.listen(context, live.url)
    become(context, live, "staff")
    page = context.new_page()

    # log
    page.goto(f"/meetings/?lang={language}")
    follow(page, "/meetings/new")
    fill(page, "title", title)
    fill(page, "theirs-0-who", who)
    add(page, "add-row=theirs")
    fill(page, "theirs-1-who", other)
    go_to(page, "said")
    page.keyboard.type(f"{who}: {line}")
    follow(page, SAVE[language])
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator(".speaker h3")).to_have_text(who)
    expect(page.locator(".statement .quote")).to_have_text(line)
    expect(page.locator("aside")).to_contain_text(other)
    meeting = page.url.removeprefix(live.url)

    # find and correct
    fill(page, "q", title)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    follow(page, meeting)
    follow(page, f"{meeting}/edit")
    go_to(page, "title")
    page.keyboard.press("End")
    page.keyboard.type(more)
    follow(page, SAVE[language])
    expect(page.locator("h1")).to_have_text(title + more)

    # download
    follow(page, "/ties/")
    follow(page, f"/ties/{tie}")
    go_to(page, BRIEFING[language])
    with page.expect_response("**/briefing.pdf?**") as answer:
        page.keyboard.press("Enter")
    assert answer.value.status == 200
    assert context.request.get(answer.value.url).body().startswith(b"%PDF-")

    context.close()
    assert heard == []
