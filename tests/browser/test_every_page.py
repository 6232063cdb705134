"""Every kind of page in a real browser: quiet, in its font, no wider than the window; and a choice
of them as closely as `script/browser` looks at all."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from playwright.sync_api import Page
from sqlalchemy.orm import Session

from tests import build
from tests.browser import examining
from tests.browser.addresses import addresses_of
from tests.browser.running import Live
from tests.browser.states import with_language
from tests.laws.planting import plant
from tracker.app import create_app
from tracker.config import Secrets, Settings
from tracker.domain.access import Level
from tracker.models.engine import make_engine, writing

WIDTHS = (1280, 390, 320)
# Whom a page is for that staff do not see, by how its address begins.
READERS = {"/accounts/": "administrator", "/audit/accounts": "administrator", "/audit": "auditor"}
# Those with the most on them, each in another way; the others are made of the same parts.
CLOSELY = (
    ("/login", "en", "dark", 320),
    ("/", "fa", "light", 390),
    ("/search?q=کبوتر", "fa", "light", 320),
    ("/ties/{tie}", "en", "dark", 390),
    ("/ties/{tie}/briefing", "fa", "light", 1280),
    ("/memoranda/{memorandum}", "fa", "dark", 1280),
    ("/statements/{statement}/edit", "en", "light", 320),
    ("/meetings/new", "fa", "dark", 320),
    ("/meetings/{meeting}/edit", "en", "light", 1280),
    ("/histories/tie/{tie}", "fa", "light", 390),
    ("/bin/", "en", "dark", 320),
)


@pytest.fixture(scope="module")
def ids(live: Live) -> dict[str, UUID]:
    """One object of each kind that a member of staff may open."""
    engine = make_engine(live.database_url)
    with writing(), Session(engine, expire_on_commit=False) as session:
        session.info["audit_key"] = Secrets.read(live.instance / "secrets.toml").audit_key.encode()
        garden = plant(session, build.account(session, "auditor"))
    engine.dispose()
    return {kind: made for (kind, level), made in garden.ids.items() if level == Level.INTERNAL}


def reader_of(address: str) -> str:
    """Somebody whom this page is for."""
    found = (role for begun, role in READERS.items() if address.startswith(begun))
    return next(found, "staff")


@pytest.mark.parametrize(("language", "scheme"), [("fa", "light"), ("en", "dark")])
def test_every_page(
    page: Page,
    live: Live,
    sign_in: Callable[[str], str],
    ids: dict[str, UUID],
    language: str,
    scheme: str,
) -> None:
    app = create_app(Settings.for_tests(live.database_url, live.instance))
    page.emulate_media(color_scheme=scheme)
    found, reader = [], ""
    for address in sorted(addresses_of(app, ids.__getitem__), key=reader_of):
        if reader_of(address) != reader:
            reader = reader_of(address)
            sign_in(reader)
        answer = page.goto(with_language(address, language))
        assert answer is not None
        assert answer.status < 400, f"{address} answered {answer.status}"
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            found += [f"{address} at {width}: {each}" for each in examining.shape_findings(page)]
    assert found == []


def test_a_choice_of_pages_closely(
    page: Page, sign_in: Callable[[str], str], ids: dict[str, UUID]
) -> None:
    found = []
    for address, language, scheme, width in CLOSELY:
        if address == "/":
            sign_in("staff")
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        here = with_language(address.format_map(ids), language)
        load = examining.first_load(page, here)
        wrong = [
            *load.findings(), *examining.findings(page), *examining.focus_findings(page)
        ]  # fmt: skip
        found += [f"{here}: {each}" for each in wrong]
    assert found == []
