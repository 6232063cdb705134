"""A running product and a real browser: what a page says to the console fails the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser import examining
from tests.browser.running import Live, become, launch, running

__all__ = ["Live"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # One browser and one running product: spread over workers, each would start its own.
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with running(tmp_path_factory.mktemp("instance")) as product:
        yield product


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = launch(playwright)
        yield launched
        launched.close()


@pytest.fixture
def context(browser: Browser, live: Live) -> Iterator[BrowserContext]:
    """A fresh profile: nothing remembered from another test."""
    opened = browser.new_context(
        base_url=live.url,
        locale="fa-IR",
        viewport={"width": 1280, "height": 900},
        reduced_motion="reduce",
    )
    heard = examining.listen(opened, live.url)
    yield opened
    opened.close()
    assert not heard, "\n".join(heard)


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A window in which nobody has signed in."""
    return context.new_page()


@pytest.fixture
def sign_in(context: BrowserContext, live: Live) -> Callable[[str], str]:
    """`sign_in("staff")`: from here on the browser is a new account of that role, whose token is
    returned."""
    return lambda role: become(context, live, role)
