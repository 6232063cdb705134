"""The lock over a page: it covers, keeps what was typed, opens in all tabs, and survives sleep."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.strict import PASSWORD, Site, enrol, site, window

__all__ = ["site", "window"]
TYPED = "گفت‌وگو دربارهٔ کتابخانه"


def press_lock(page: Page) -> None:
    page.locator("details.user summary").click()
    page.locator("form[data-lock] button").click()
    expect(page.locator("dialog.lock #lock-proof")).to_be_focused()


def test_what_was_typed_stays_below_the_lock(window: Page, site: Site) -> None:
    enrol(window, site.newcomer())
    window.goto("/meetings/new")
    window.fill("#title", TYPED)
    press_lock(window)
    expect(window.locator("main")).not_to_be_visible()
    window.keyboard.press("Escape")
    expect(window.locator("dialog.lock")).to_be_visible()
    # Whatever became of the page: the server tells nothing.
    assert "/unlock" in window.evaluate("async () => (await fetch('/ties/')).url")
    window.fill("#lock-proof", "this is not the one")
    window.keyboard.press("Enter")
    expect(window.locator("dialog.lock [role=alert]")).not_to_have_text("")
    window.fill("#lock-proof", PASSWORD)
    window.keyboard.press("Enter")
    expect(window.locator("dialog.lock")).to_have_count(0)
    expect(window.locator("main")).to_be_visible()
    expect(window.locator("#title")).to_have_value(TYPED)
    # The form of the page can still be sent, under the token that it was drawn with.
    window.locator("main form.record [data-primary]").click()
    window.wait_for_url("**/meetings/*-*")
    expect(window.locator("main")).to_contain_text(TYPED)


def test_a_computer_that_slept_is_locked_and_all_tabs_open_together(
    window: Page, site: Site
) -> None:
    window.context.clock.install()
    enrol(window, site.newcomer())
    window.goto("/meetings/new")
    window.fill("#title", TYPED)
    other = window.context.new_page()
    other.goto("/ties/")
    # After its first minute each page has fetched its lock.
    with window.expect_response("**/lock.mjs*"), other.expect_response("**/lock.mjs*"):
        window.clock.fast_forward(61_000)
    window.bring_to_front()
    window.clock.fast_forward("40:00")
    expect(window.locator("dialog.lock")).to_be_visible()
    expect(other.locator("dialog.lock")).to_be_visible()
    window.locator("dialog.lock button", has_text="گذرکلید").click()
    expect(window.locator("dialog.lock")).to_have_count(0)
    expect(other.locator("dialog.lock")).to_have_count(0)
    expect(window.locator("#title")).to_have_value(TYPED)
    other.goto("/ties/")
    assert other.url == site.url + "/ties/"
