"""Hands on a keyboard: Tab to what has a name, type, press; and how often a key was pressed."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page

MOST_TABS = 90

# What is typed into a field is the text itself; everything else is a keystroke.
COUNT = """document.addEventListener('keydown', ({ key, ctrlKey, target }) => {
  const types = key.length === 1 && !ctrlKey && target.closest('input, textarea');
  if (!types) sessionStorage.pressed = Number(sessionStorage.pressed ?? 0) + 1;
}, true);"""

HELD = """() => {
  const e = document.activeElement;
  return [e.name, e.tagName === 'BUTTON' ? `${e.name}=${e.value}` : '', e.textContent.trim(),
    e.getAttribute('aria-label'), new URL(e.href ?? 'x:', location.href).pathname];
}"""


def count_keystrokes(context: BrowserContext) -> None:
    context.add_init_script(COUNT)


def keystrokes(page: Page) -> int:
    return int(page.evaluate("sessionStorage.pressed ?? 0"))


def go_to(page: Page, name: str) -> None:
    """Press Tab until a control has the focus whose name, words or address these are."""
    for _ in range(MOST_TABS):
        if name in page.evaluate(HELD):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not come to {name}; it is at {page.evaluate(HELD)}")


def fill(page: Page, name: str, text: str) -> None:
    go_to(page, name)
    page.keyboard.type(text)


def press(page: Page, name: str) -> None:
    go_to(page, name)
    page.keyboard.press("Enter")


def follow(page: Page, name: str) -> None:
    """Press what leads to another page."""
    go_to(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def take(page: Page, name: str, text: str) -> None:
    """Type the beginning of what is on record and take the first suggestion."""
    fill(page, name, text)
    page.wait_for_selector(".suggestions")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
