"""What was typed outlives lines, answers, windows and sessions, and nothing is saved twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.running import Live, become, carry

pytestmark = pytest.mark.database("sqlite")

NEW = "/meetings/new?lang=fa"
TITLE = "[name=title]"
SAVE = "[data-primary]"
KEPT = """Object.keys(localStorage).filter((key) => key.startsWith('draft '))"""


def kept(page: Page) -> list[str]:
    found: list[str] = page.evaluate(KEPT)
    return found


def await_draft(page: Page, text: str) -> None:
    """Until what was typed last is kept: the page waits for a pause in typing."""
    for _ in range(60):
        if any(text in page.evaluate("(key) => localStorage[key]", key) for key in kept(page)):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"no draft holds {text}")


def begin(page: Page, title: str) -> None:
    """A meeting with rows of both sorts, typed and kept, but not sent."""
    page.goto(NEW)
    page.fill(TITLE, title)
    page.fill("[name=ours-0-who]", "بهرام یکتا")
    page.click("button[value=ours]")
    page.fill("[name=ours-1-who]", "پرویز دانا")
    page.click("button[value=actions]")
    page.fill("[name=actions-1-text]", "پیگیری")
    await_draft(page, "پیگیری")


def expect_all(page: Page, title: str) -> None:
    expect(page.locator(TITLE)).to_have_value(title)
    expect(page.locator("[name=ours-1-who]")).to_have_value("پرویز دانا")
    expect(page.locator("[name=actions-1-text]")).to_have_value("پیگیری")


def save(page: Page) -> None:
    with page.expect_navigation():
        page.click(SAVE)


def reopen(page: Page, address: str = NEW) -> Page:
    """The window is closed without a question, and the address opened in another."""
    context = page.context
    page.close(run_before_unload=False)
    opened = context.new_page()
    opened.goto(address)
    return opened


def meetings(live: Live, title: str) -> int:
    with closing(sqlite3.connect(live.instance / "peyvand.db")) as database:
        found = database.execute(
            "SELECT count(*) FROM meetings WHERE title LIKE ?", (f"%{title}%",)
        ).fetchone()
    return int(found[0])


def lose_the_answer(route: Route) -> None:
    """The server takes the form in, and the line breaks before it can say so."""
    route.fetch()
    route.abort()


def test_a_draft_outlives_a_lost_line_and_goes_once_it_is_saved(
    context: BrowserContext, page: Page, sign_in: Callable[[str], str], live: Live
) -> None:
    sign_in("staff")
    begin(page, "دیدار بی‌خط")
    context.set_offline(True)
    page.click(SAVE)
    expect(page.locator("[data-draft-line]")).to_contain_text("اتصال برقرار نیست")
    expect_all(page, "دیدار بی‌خط")
    context.set_offline(False)
    page = reopen(page)
    expect_all(page, "دیدار بی‌خط")

    page.fill("[name=held_on]", "۳۰ اسفند ۱۴۰۰")
    save(page)  # refused: the summary stands on top, and all that was typed below
    expect(page.locator(".summary")).to_be_focused()
    expect_all(page, "دیدار بی‌خط")
    page = reopen(page)
    expect_all(page, "دیدار بی‌خط")

    page.fill("[name=held_on]", "۲۹ اسفند ۱۳۹۹")
    page.route("**/meetings/new**", lambda route: route.fulfill(status=503, body="busy"))
    save(page)
    page.unroute_all()
    page = reopen(page)
    expect_all(page, "دیدار بی‌خط")
    save(page)
    expect(page.locator("h1")).to_have_text("دیدار بی‌خط")
    page.goto(NEW)
    expect(page.locator(TITLE)).to_have_value("")
    assert kept(page) == []
    assert meetings(live, "دیدار بی‌خط") == 1


def test_a_form_whose_answer_was_lost_is_taken_in_once(
    page: Page, sign_in: Callable[[str], str], live: Live
) -> None:
    sign_in("staff")
    begin(page, "دیدار بی‌پاسخ")
    page.route("**/meetings/new**", lose_the_answer, times=1)
    page.click(SAVE)
    page.wait_for_url("chrome-error://**")
    page = reopen(page)
    expect_all(page, "دیدار بی‌پاسخ")
    page.fill(TITLE, "دیدار بی‌پاسخ و دیگر")
    save(page)  # with other words: what was saved is not changed behind anybody's back
    expect(page.locator(".summary")).to_contain_text("یک بار")
    expect_all(page, "دیدار بی‌پاسخ و دیگر")
    page.fill(TITLE, "دیدار بی‌پاسخ")
    save(page)
    expect(page.locator("main[data-kind=meeting] h1")).to_have_text("دیدار بی‌پاسخ")
    assert meetings(live, "دیدار بی‌پاسخ") == 1
    assert kept(page) == []

    # The same on what there is already: sent again it is saved, with more words both are shown.
    edit = f"{page.url}/edit"
    page.goto(edit)
    page.fill(TITLE, "دیدار دوم")
    page.route("**/edit", lose_the_answer, times=1)
    page.click(SAVE)
    page.wait_for_url("chrome-error://**")
    page = reopen(page, edit)
    page.click(".draft-notice button >> nth=0")
    expect(page.locator(TITLE)).to_have_value("دیدار دوم")
    save(page)
    expect(page.locator("main[data-kind=meeting] h1")).to_have_text("دیدار دوم")


def test_two_windows_do_not_overwrite_each_other(
    context: BrowserContext, page: Page, sign_in: Callable[[str], str]
) -> None:
    sign_in("staff")
    page.goto(NEW)
    page.fill(TITLE, "دیدار دوپنجره")
    save(page)
    edit = f"{page.url}/edit"
    other = context.new_page()
    for window in (page, other):
        window.goto(edit)
    page.fill(TITLE, "از پنجرهٔ یکم")
    save(page)
    other.fill(TITLE, "از پنجرهٔ دوم")
    save(other)
    both = other.locator("[role=alert]")
    expect(both.locator(".typed")).to_contain_text(["دوم", "یکم"])
    expect(other.locator(TITLE)).to_have_value("از پنجرهٔ دوم")
    save(other)
    expect(other.locator("h1")).to_have_text("از پنجرهٔ دوم")

    # Two new forms at once keep a draft each.
    begin(page, "پیش‌نویس یکم")
    other.goto(NEW)
    expect_all(other, "پیش‌نویس یکم")
    other.click(".draft-notice button")
    expect(other.locator(TITLE)).to_have_value("")
    other.fill(TITLE, "پیش‌نویس دوم")
    page.fill(TITLE, "پیش‌نویس یکم.")
    other.close(run_before_unload=False)
    page.wait_for_timeout(700)
    assert len(kept(page)) == 2


def test_a_draft_is_its_writers(
    context: BrowserContext, page: Page, sign_in: Callable[[str], str], live: Live
) -> None:
    token = sign_in("staff")
    begin(page, "دیدار نگاشته")

    # The session runs out: sign in again, and go on.
    context.clear_cookies(name="peyvand")
    save(page)
    page.wait_for_url("**/login?**")
    carry(context, live, token)
    page.goto(page.url)
    page.wait_for_url("**/meetings/new")
    expect_all(page, "دیدار نگاشته")

    # After a day one is asked.
    page = reopen(page, "/account")
    page.evaluate("""() => { for (const key of Object.keys(localStorage)) {
      if (!key.startsWith('draft ')) continue;
      const draft = JSON.parse(localStorage[key]);
      localStorage[key] = JSON.stringify({ ...draft, time: draft.time - 25 * 3600 * 1000 });
    } }""")
    page = reopen(page)
    expect(page.locator(TITLE)).to_have_value("")
    page.click(".draft-notice button >> nth=0")
    expect_all(page, "دیدار نگاشته")

    # What is confidential is not kept.
    page.check("[data-no-draft]", force=True)
    page.fill(TITLE, "محرمانه")
    expect(page.locator("[data-draft-line]")).to_contain_text("محرمانه")
    assert kept(page) == []

    # Signing out in one window wipes what any other kept, and keeps it from keeping more.
    begin(page, "دیدار خارج‌شده")
    other = context.new_page()
    other.goto("/?lang=fa")
    assert kept(other)
    other.click("details.user summary")
    with other.expect_navigation():
        other.click("[data-sign-out] button")
    page.fill(TITLE, "پس از خروج")
    page.wait_for_timeout(700)
    page.goto("/login")
    assert kept(page) == []


def test_a_draft_is_not_offered_to_another(
    context: BrowserContext, page: Page, sign_in: Callable[[str], str], live: Live
) -> None:
    sign_in("staff")
    begin(page, "دیدار دیگری")
    become(context, live, "staff")
    page = reopen(page)
    expect(page.locator(TITLE)).to_have_value("")
    expect(page.locator(".draft-notice")).to_have_count(0)
    assert kept(page) == []
