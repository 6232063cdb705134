"""The calendar beside a date field of the running product: fetched late, worked by hand or key."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import examining
from tests.browser.running import Live, become

pytestmark = pytest.mark.database("sqlite")


@pytest.mark.parametrize(
    ("language", "scheme", "width", "months", "taken"),
    [
        ("fa", "dark", 320, ("آبان ۱۴۰۰", "مهر ۱۴۰۱"), "۱۶ مهر ۱۴۰۱"),
        ("en", "light", 1280, ("November 2021", "October 2022"), "7 October 2022"),
    ],
)
def test_the_calendar(
    page: Page,
    sign_in: Callable[[str], str],
    language: str,
    scheme: str,
    width: int,
    months: tuple[str, str],
    taken: str,
) -> None:
    sign_in("staff")
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 900})
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url.rpartition("/")[2]))
    page.goto(f"/meetings/new?lang={language}")
    held, dialog = page.locator("#held_on"), page.locator("dialog.picker")
    before = [name for name in fetched if name.startswith("dates")]
    held.fill("16 Aban 1400")
    expect(page.locator("#held_on-echo")).not_to_be_empty()
    assert before == []
    assert ("dates.mjs" in fetched, "dates.picker.mjs" in fetched) == (True, False)

    opener = page.locator(".date-field", has=held).locator("[data-date-open]")
    opener.click()
    expect(dialog).to_be_visible()
    expect(dialog.locator("h2")).to_have_text(months[0])
    assert examining.findings(page) == []
    page.keyboard.press("Shift+PageDown")
    dialog.locator(".picker-before").click()
    expect(dialog.locator("h2")).to_have_text(months[1])
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()

    opener.click()
    year, month = dialog.locator("select").last, dialog.locator("select").first
    year.select_option(str(int(year.input_value()) + 1))
    month.select_option(str(int(month.input_value()) - 1))
    expect(dialog.locator("h2")).to_have_text(months[1])
    dialog.locator("tbody [tabindex='0']").click()
    expect(held).to_have_value(taken)
    expect(held).to_be_focused()

    opener.click()
    dialog.locator(".picker-foot button").first.click()
    expect(held).not_to_have_value(taken)
    opener.click()
    expect(dialog).to_be_visible()
    page.mouse.click(5, 5)
    expect(dialog).to_have_count(0)


def test_a_neighbour_is_taken_without_scripts(browser: Browser, live: Live) -> None:
    context = browser.new_context(base_url=live.url, java_script_enabled=False)
    become(context, live, "staff")
    page = context.new_page()
    page.goto("/meetings/new?lang=fa")
    expect(page.locator("[data-date-open]").first).to_be_hidden()
    page.fill("[name=title]", "دیدار")
    page.fill("[name=held_on]", "۳۰ اسفند ۱۴۰۰")
    page.press("[name=held_on]", "Enter")
    expect(page.locator(".date-field button:visible")).to_have_text(
        ["۲۹ اسفند ۱۴۰۰", "۱ فروردین ۱۴۰۱"]
    )
    page.get_by_role("button", name="۲۹ اسفند ۱۴۰۰").click()
    expect(page.locator("main")).to_contain_text("۲۹ اسفند ۱۴۰۰")
    assert page.url.rpartition("/")[2] != "new"
    context.close()
