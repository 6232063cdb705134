"""Every kind of page in a real browser: quiet, in its font, and no wider than the window."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from sqlalchemy.orm import Session

from tests import build
from tests.browser.conftest import Live
from tests.laws.planting import plant
from tracker.app import create_app
from tracker.config import Secrets, Settings
from tracker.domain.access import Level
from tracker.models.engine import make_engine, writing
from tracker.web.addresses import PATHS

WIDTHS = (1280, 390, 320)

TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
FONT = "document.fonts.ready.then(() => document.fonts.check('16px Vazirmatn', 'آ'))"


@pytest.fixture(scope="module")
def addresses(live: Live) -> list[str]:
    """Each address of the product that a member of staff may open, one object for each kind."""
    engine = make_engine(live.database_url)
    with writing(), Session(engine, expire_on_commit=False) as session:
        session.info["audit_key"] = Secrets.read(live.instance / "secrets.toml").audit_key.encode()
        garden = plant(session, build.account(session, "auditor"))
    engine.dispose()
    kinds = {path: kind for kind, path in PATHS.items()}
    app = create_app(Settings.for_tests(live.database_url, live.instance))
    found = []
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
            continue
        if rule.rule.endswith((".json", ".pdf", "z", "/suggest")):
            continue
        if not rule.arguments:
            found.append(rule.rule)
        elif len(rule.arguments) == 1 and rule.rule.split("/")[1] in kinds:
            object_id = garden.ids[kinds[rule.rule.split("/")[1]], Level.INTERNAL]
            found.append(f"{rule.rule.partition('<')[0]}{object_id}{rule.rule.partition('>')[2]}")
    return found


@pytest.mark.parametrize(("language", "scheme"), [("fa", "light"), ("en", "dark")])
def test_every_page(
    page: Page,
    live: Live,
    sign_in: Callable[[str], None],
    addresses: list[str],
    language: str,
    scheme: str,
) -> None:
    sign_in("staff")
    page.emulate_media(color_scheme=scheme)
    wide = []
    for address in addresses:
        answer = page.goto(f"{live.url}{address}?lang={language}")
        assert answer is not None
        assert answer.status < 400, f"{address} answered {answer.status}"
        assert page.evaluate(FONT), f"{address} is not in its font"
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate(TOO_WIDE) > 0:
                wide.append(f"{address} at {width}")
    assert wide == []
