"""The paper of the first real case: two pages in either language, and nothing withheld inside."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date

import pypdf
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from reports.pool import Renderer
from tests import build
from tracker import demo
from tracker.briefings.facts import tie_briefing
from tracker.domain.access import Actor, Level, Role
from tracker.domain.briefings import Briefing, canonical
from tracker.models import Tie

OFFICIAL = Actor(user_id=None, role=Role.OFFICIAL)
pytestmark = pytest.mark.database("sqlite")


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    with Renderer() as started:
        yield started


def facts(session: Session, actor: Actor = OFFICIAL) -> Briefing:
    tie = session.scalars(select(Tie)).one()
    city = {"fa": "شهرداری مشهد", "en": "Municipality of Mashhad"}
    return tie_briefing(session, actor, tie.id, date(2021, 11, 10), city, {"fa": "باسمه تعالی"})


def printed(renderer: Renderer, briefing: Briefing, language: str) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(renderer.render(canonical(briefing), language, 60)))


@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_story_takes_two_pages(session: Session, renderer: Renderer, language: str) -> None:
    session.info["audit_key"] = b"the key of tests"
    demo.load(session, build.NOW)
    assert len(printed(renderer, facts(session), language).pages) == 2


def test_nothing_withheld_stands_in_the_attachment(session: Session, renderer: Renderer) -> None:
    session.info["audit_key"] = b"the key of tests"
    demo.load(session, build.NOW)
    staff = build.account(session)
    tie = session.scalars(select(Tie)).one()
    meeting = build.meeting(
        session, staff, title="CANARY talks", filed_under=tie, level=Level.CONFIDENTIAL
    )
    build.statement(session, staff, text="CANARY words", meeting=meeting)
    paper = printed(renderer, facts(session), "en")
    (attached,) = paper.attachments.values()
    assert attached[0] == canonical(facts(session))
    assert b"CANARY" not in attached[0]
    assert all("CANARY" not in page.extract_text() for page in paper.pages)
    everything = printed(renderer, facts(session, Actor(None, Role.AUDITOR)), "en")
    assert b"CANARY" in next(iter(everything.attachments.values()))[0]
