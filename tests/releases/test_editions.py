"""A partner's edition: what was released to the partner, and nothing else in any of its forms."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from reports.html import briefing_html
from tests import build
from tests.releases.story import Story, hand, plant, said
from tests.serving import AsRole
from tracker import record
from tracker.background.queue import make_huey
from tracker.briefings import printing
from tracker.briefings.facts import Partner, tie_briefing
from tracker.domain.access import Actor, Level, Role
from tracker.domain.briefings import Briefing, canonical
from tracker.domain.errors import NotFound, RuleBroken
from tracker.models import Release, Statement
from tracker.releases.services import withdraw_release

LANGUAGES = ("fa", "en")
OFFICIAL = Actor(user_id=None, role=Role.OFFICIAL)


@pytest.fixture
def story(session: Session) -> Story:
    session.info["audit_key"] = b"the key of tests"
    return plant(session, build.account(session, "auditor"))


def edition(
    session: Session, story: Story, language: str = "en", actor: Actor = OFFICIAL
) -> Briefing:
    partner = Partner(story.partner.id, dict(story.partner.name), language)
    city = {"fa": "شهرداری", "en": "The city"}
    return tie_briefing(session, actor, story.tie.id, build.TODAY, city, {}, partner)


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_what_was_released_is_in_the_facts(
    session: Session, story: Story, language: str
) -> None:
    facts = canonical(edition(session, story, language)).decode()
    assert "canary" not in facts
    for name in ("partner", "home", "abroad", "person", "decision", *story.given):
        assert f"given-{name}" in facts, name
    assert ("متن" in facts) == (language == "fa")
    assert ("text given" in facts) == (language == "en")


def test_nothing_points_at_what_is_kept_back(session: Session, story: Story) -> None:
    """Neither an id, nor a mark that there is another account, nor a count."""
    facts = edition(session, story)
    ids = {str(obj.id) for obj in story.kept.values()}
    ids |= {str(each) for each in session.scalars(select(Statement.id))}
    ids -= {str(story.given["statement"].id)}
    assert not [each for each in ids if each in canonical(facts).decode()]
    assert facts.withheld is None
    assert facts.inferences == ()
    assert len(facts.body.meetings[0].attendees) == 1
    assert facts.body.memoranda[0].commitments[0].in_exchange_for == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paper_names_the_partner_and_speaks_of_neither_side_as_we(
    session: Session, story: Story, language: str
) -> None:
    paper = briefing_html(edition(session, story, language), language)
    assert "canary" not in paper
    words = {
        "fa": ("نسخهٔ ویژهٔ متن given-partner", ("ما می‌خواهیم", "نامعلوم", "درج‌نشده")),
        "en": ("Edition for text given-partner", ("We want", "unknown", "withheld")),
    }[language]
    assert paper.count(words[0]) == 2  # in the head of page one and of those that follow
    assert [word for word in words[1] if word in paper] == []


def test_the_internal_edition_holds_both(session: Session, story: Story) -> None:
    auditor = Actor(None, Role.AUDITOR)
    own = tie_briefing(session, auditor, story.tie.id, build.TODAY, {"en": "The city"}, {})
    facts = canonical(own).decode()
    for name in ("meeting", "account", "commitment", "obstacle", "action", "assessment", "secret"):
        assert f"canary-{name}" in facts, name
    assert "Internal edition" in briefing_html(own, "en")


def test_nobody_hands_on_what_they_may_not_see(session: Session, story: Story) -> None:
    staff = build.account(session)
    with record.change(session, staff, build.NOW):
        story.tie.level = Level.CONFIDENTIAL
    session.commit()
    with pytest.raises(NotFound):
        edition(session, story)
    with pytest.raises(RuleBroken):  # confidential by now, whoever may see it
        edition(session, story, actor=Actor(None, Role.AUDITOR))


def test_a_release_is_of_one_version(session: Session, story: Story) -> None:
    meeting = story.given["meeting"]
    with record.change(session, build.account(session), build.NOW):
        meeting.title = said("canary", "changed")
    session.commit()
    assert "meeting" not in canonical(edition(session, story)).decode().replace("meetings", "")
    hand(session, meeting, story.partner)
    assert "canary-changed" in canonical(edition(session, story)).decode()


def test_a_release_in_one_language_is_of_no_other(session: Session, story: Story) -> None:
    staff = build.account(session)
    later = build.statement(session, staff, said("later", "words"), story.given["meeting"])
    hand(session, later, story.partner, language="fa")
    found = {
        tag: "later-words" in canonical(edition(session, story, tag)).decode() for tag in LANGUAGES
    }
    assert found == {"fa": True, "en": False}


def test_another_organisation_is_given_nothing_of_it(session: Session, story: Story) -> None:
    story.partner = build.organisation(session, build.account(session), "Elsewhere")
    with pytest.raises(RuleBroken):
        edition(session, story)


def test_what_is_withdrawn_is_gone_at_once(session: Session, story: Story) -> None:
    statement = story.given["statement"]
    release = session.scalars(select(Release).where(Release.object_id == statement.id)).one()
    approver = build.account(session, "approver")
    assert "given-statement" in canonical(edition(session, story)).decode()
    withdraw_release(
        session, approver, "statement", statement.id, release.id, "a mistake", build.NOW
    )
    assert "given-statement" not in canonical(edition(session, story)).decode()


@pytest.fixture
def printer(app: Flask, tmp_path: Path) -> Iterator[None]:
    """Papers are made in this process's own renderer."""
    huey = make_huey(tmp_path, immediate=True)
    app.extensions["printer"] = printing.Printer(tmp_path, huey)
    yield
    huey._shutdown["close renderer"]()


@pytest.mark.database("sqlite")
@pytest.mark.usefixtures("printer")
def test_every_form_is_cut_and_the_paper_on_the_shelf_gives_way(
    app: Flask, as_role: AsRole
) -> None:
    with build.stored(app) as session:
        story = plant(session, build.account(session, "auditor"))
        tie, partner = story.tie.id, story.partner.id
        statement = story.given["statement"].id
        release = session.scalars(select(Release).where(Release.object_id == statement)).one().id
    official, address = as_role("official"), f"/ties/{tie}/briefing"
    asked = {"for": str(partner), "lang": "en"}
    preview = official.get(address, **asked)
    assert "Edition for text given-partner" in preview.shown
    assert "given-statement" in preview.text
    facts = official.get(f"{address}.json", **asked).data
    first = official.http.get(f"{address}.pdf", query_string=asked).data
    own = official.http.get(f"{address}.pdf", query_string={"lang": "en"}).data
    for each in (preview.data, facts, *inside(first)):
        assert b"canary" not in each
    assert any(b"canary" in each for each in inside(own))
    assert json.loads(facts)["withheld"] is None
    assert any(b"given-statement" in each for each in inside(first))

    approver = as_role("approver")
    page = approver.get(f"/releases/statement/{statement}")
    approver.post(
        f"/releases/statement/{statement}/withdraw",
        {"csrf_token": page.token, "release": str(release), "reason": "a mistake"},
        status=303,
    )
    again = official.http.get(f"{address}.pdf", query_string=asked).data
    assert not any(b"given-statement" in each for each in inside(again))
    assert "given-statement" not in official.get(address, **asked).text


def inside(paper: bytes) -> list[bytes]:
    """The words of each page, and the attached facts."""
    read = pypdf.PdfReader(io.BytesIO(paper))
    pages = [page.extract_text().encode() for page in read.pages]
    return pages + [content for held in read.attachments.values() for content in held]


@pytest.mark.database("sqlite")
@pytest.mark.parametrize("form", ["", ".json", ".pdf"])
def test_an_edition_that_cannot_be_is_refused_in_words(
    app: Flask, as_role: AsRole, form: str
) -> None:
    with build.stored(app) as session:
        staff = build.account(session)
        tie = build.tie(session, staff)
        partner = build.organisation(session, staff, "Osh")
        hidden = build.organisation(session, staff, "Hidden", level=Level.CONFIDENTIAL)
    official = as_role("official")
    address = f"/ties/{tie.id}/briefing{form}"
    assert official.http.get(address, query_string={"for": str(partner.id)}).status_code == 422
    for nobody in (hidden.id, "x"):
        assert official.http.get(address, query_string={"for": str(nobody)}).status_code == 404
