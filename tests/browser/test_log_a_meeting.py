"""The seed's meeting is logged in Persian by keyboard only."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hands import fill, go_to, press

pytestmark = pytest.mark.database("sqlite")

TITLE = "دیدار شهردار مشهد با سفیر ایران در قرقیزستان"
OURS = (
    "سیدعبدالله ارجائی، شهردار مشهد",
    "مهدی ناصحی، نایب‌رئیس شورای اسلامی شهر مشهد",
    "جمعی از اعضای شورای اسلامی شهر",
)
THEIRS = "سعید خرازی، سفیر ایران در قرقیزستان"
SAID = (
    "ارجائی: آمادهٔ انعقاد تفاهم‌نامهٔ همکاری مشترک هستیم.",
    "شهردار مشهد: یکی از مشکلات، نبود پروازهای منظم است.",
    "خرازی: سفارت برای ارتباطات بیشتر آماده است.",
)
ACTIONS = (
    ("برگزاری نشست شهرداران در مشهد", "شهرداری مشهد", "نامعلوم"),
    ("همکاری برای منظم‌شدن پروازها", "شهرداری مشهد", "نامعلوم"),
)


def test_the_seed_by_keyboard_only(page: Page, sign_in: Callable[[str], str]) -> None:
    sign_in("staff")
    page.goto("/meetings/new")
    fill(page, "title", TITLE)
    fill(page, "held_on", "تا ۱۶ آبان ۱۴۰۰")
    echo = page.locator("#held_on-echo")
    expect(echo).to_contain_text("۱۶ آبان ۱۴۰۰")
    for at, text in enumerate(OURS):
        if at:
            press(page, "add-row=ours")
        fill(page, f"ours-{at}-who", text)
    fill(page, "theirs-0-who", THEIRS)
    go_to(page, "said")
    for at, line in enumerate(SAID):
        if at:
            page.keyboard.press("Enter")
        page.keyboard.type(line)
    for at, (text, owner, due) in enumerate(ACTIONS):
        if at:
            press(page, "add-row=actions")
        fill(page, f"actions-{at}-text", text)
        fill(page, f"actions-{at}-owner", owner)
        fill(page, f"actions-{at}-due", due)
    page.keyboard.press("Control+Enter")

    expect(page.locator("main[data-kind=meeting]")).to_be_visible()
    expect(page.locator("h1")).to_have_text(TITLE)
    main = page.locator("main")
    expect(main).to_contain_text("تاریخ دیدار: نامعلوم (۱۶ آبان ۱۴۰۰ یا پیش از آن)")
    speakers = page.locator(".speaker h3")
    expect(speakers).to_have_text(["سیدعبدالله ارجائی", "سعید خرازی"])
    statements = page.locator(".statement .quote")
    expect(statements).to_have_count(len(SAID))
    for line in SAID:
        expect(main).to_contain_text(line.partition(": ")[2])
    expect(page.locator("tbody tr")).to_have_count(len(ACTIONS))
    side = page.locator("aside")
    for text in OURS[:2]:
        name, post = text.split("، ")
        expect(side).to_contain_text(name)
        expect(side).to_contain_text(post)
    expect(side).to_contain_text(OURS[2])


def test_the_preview_names_the_speakers_that_will_be_recorded(
    page: Page, sign_in: Callable[[str], str]
) -> None:
    sign_in("staff")
    page.goto("/meetings/new")
    page.fill("[name=theirs-0-who]", THEIRS)
    lines = ("خرازی: یک", "سفیر ایران: دو", "آقای سعید خرازی: سه", "سعید: چهار", "استاندار: پنج")
    page.fill("[name=said]", "\n".join(lines))
    preview = page.locator("[data-said-preview] li")
    expect(preview).to_have_count(len(lines))
    expect(preview.locator("b")).to_have_text([THEIRS] * 3)
    expect(preview.nth(3)).to_contain_text("سعید: چهار")
