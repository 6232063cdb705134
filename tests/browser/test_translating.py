"""Translations that are saved while one types, with somebody else at the same words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from tests import build
from tests.browser.running import Live
from tracker import record
from tracker.config import Secrets
from tracker.models import Obstacle
from tracker.models.engine import make_engine, writing

pytestmark = pytest.mark.database("sqlite")


@contextmanager
def stored(live: Live) -> Iterator[Session]:
    engine = make_engine(live.database_url)
    with writing(), Session(engine, expire_on_commit=False) as session:
        session.info["audit_key"] = Secrets.read(live.instance / "secrets.toml").audit_key.encode()
        yield session
    engine.dispose()


@pytest.fixture
def obstacle(live: Live) -> tuple[UUID, UUID]:
    """A tie, and what stands in its way, in Persian."""
    with stored(live) as session:
        clerk = build.account(session)
        tie = build.tie(session, clerk, {"fa": "مشهد – اوش"})
        made = build.obstacle(session, clerk, {"fa": "نبود مترجم"}, filed_under=tie)
    return tie.id, made.id


def test_the_words_of_whoever_was_first_are_shown_and_not_lost(
    page: Page, live: Live, sign_in: Callable[[str], str], obstacle: tuple[UUID, UUID]
) -> None:
    sign_in("staff")
    tie_id, obstacle_id = obstacle
    page.goto(f"/ties/{tie_id}/translate?to=en&lang=en")
    with stored(live) as session:
        with record.change(session, build.account(session), build.NOW):
            first = session.get_one(Obstacle, obstacle_id)
            first.title = {**first.title, "en": "No interpreter"}
        session.commit()
    area = page.locator(f"[id='{obstacle_id}-title']")
    said = area.locator("xpath=..").locator("[data-saved]")
    area.fill("No translator")
    expect(said).to_contain_text("No interpreter")
    assert title(live, obstacle_id) == "No interpreter"
    area.press("End")
    area.type(" there")
    expect(said).to_have_text("Saved.")
    assert title(live, obstacle_id) == "No translator there"


def title(live: Live, obstacle_id: UUID) -> str:
    with stored(live) as session:
        return str(session.get_one(Obstacle, obstacle_id).title["en"])
