"""The pages of a briefing: on screen, as JSON, its translations; the paper itself needs a browser
test's running product."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from sqlalchemy import select

from tests import build
from tests.page import JudgingClient
from tests.serving import AsRole
from tracker import demo
from tracker.domain.access import Level
from tracker.models import Action, Obstacle, Tie, Translation


@pytest.fixture
def tie_id(app: Flask) -> str:
    with build.stored(app) as session:
        demo.load(session, build.NOW)
        return str(session.scalars(select(Tie.id)).one())


@pytest.mark.parametrize("lang", ["fa", "en"])
@pytest.mark.parametrize("role", ["official", "council", "staff", "approver", "auditor"])
def test_the_preview_prints_the_facts(as_role: AsRole, tie_id: str, role: str, lang: str) -> None:
    page = as_role(role).get(f"/ties/{tie_id}/briefing", lang=lang, as_of="1400-08-19")
    words = {"fa": ("سعید خرازی", "نامعلوم"), "en": ("Saeed Kharrazi", "unknown")}[lang]
    for word in words:
        assert word in page.shown


def test_the_day_of_the_meeting_is_said_to_be_unknown(as_role: AsRole, tie_id: str) -> None:
    page = as_role("official").get(f"/ties/{tie_id}/briefing", lang="fa", as_of="1400-08-19")
    assert "تاریخ دیدار: نامعلوم (۱۶ آبان ۱۴۰۰ یا پیش از آن)" in " ".join(page.shown.split())


def test_the_json_holds_the_facts(as_role: AsRole, tie_id: str) -> None:
    page = as_role("official").get(f"/ties/{tie_id}/briefing.json", as_of="2021-11-10")
    facts = json.loads(page.data)
    assert facts["head"]["as_of"] == "2021-11-10"
    assert facts["withheld"] == 0


def test_both_calendars_name_the_day(as_role: AsRole, tie_id: str) -> None:
    official = as_role("official")
    days = {
        json.loads(official.get(f"/ties/{tie_id}/briefing.json", as_of=day).data)["head"]["as_of"]
        for day in ("1400-08-19", "۱۴۰۰-۰۸-۱۹", "2021-11-10")
    }
    assert days == {"2021-11-10"}


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"as_of": "1400-13-01"}, 400),
        ({"as_of": "0000/01/01"}, 400),
        ({"as_of": "1400-12-30"}, 400),
        ({"as_of": "yesterday's"}, 400),
        ({"as_of": "1200-01-01"}, 422),
        ({"lang": "xx"}, 400),
        ({"as_of": "1400-08-19\0"}, 400),
    ],
)
def test_what_cannot_be_answered_is_refused_in_words(
    as_role: AsRole, tie_id: str, query: dict[str, str], status: int
) -> None:
    for path in ("briefing", "briefing.json", "briefing.pdf"):
        as_role("official").get(f"/ties/{tie_id}/{path}", status=status, **query)


@pytest.mark.parametrize("path", ["briefing", "briefing.json", "briefing.pdf"])
def test_absent_and_forbidden_are_one_answer(
    as_role: AsRole, client: JudgingClient, tie_id: str, path: str
) -> None:
    absent = "01a20c4b-87a3-701f-892e-845eeba1b7a6"
    assert as_role("official").get(f"/ties/{absent}/{path}", status=404).status == 404
    assert as_role("administrator").get(f"/ties/{tie_id}/{path}", status=404).status == 404
    assert client.get(f"/ties/{tie_id}/{path}", status=303).location


def test_only_missing_strings_are_asked_for(app: Flask, as_role: AsRole, tie_id: str) -> None:
    with build.stored(app) as session:
        staff = build.account(session)
        tie = session.scalars(select(Tie)).one()
        obstacle = build.obstacle(session, staff, title={"fa": "نبود مترجم"}, filed_under=tie)
    clerk = as_role("staff")
    page = clerk.get(f"/ties/{tie_id}/translate", to="en", lang="fa")
    assert "نبود مترجم" in page.shown
    assert "سعید خرازی" not in page.main.itertext()
    name = f"{obstacle.id}-title"
    saved = clerk.post_form(page, {name: "No interpreter"}, action="/translate")
    assert "نبود مترجم" not in clerk.follow(saved).shown
    with build.stored(app) as session:
        assert session.get(Obstacle, obstacle.id).title["en"] == "No interpreter"  # type: ignore[union-attr]
        note = session.scalars(select(Translation)).one()
        assert (note.field, note.language, note.source_language) == ("title", "en", "fa")


def test_a_translation_goes_stale_with_its_original(
    app: Flask, as_role: AsRole, tie_id: str
) -> None:
    from tracker import record
    from tracker.record import translations

    with build.stored(app) as session:
        staff = build.account(session)
        tie = session.scalars(select(Tie)).one()
        obstacle = build.obstacle(session, staff, title={"fa": "نبود مترجم"}, filed_under=tie)
        with record.change(session, staff, build.NOW) as change:
            translations.translate(change, obstacle, "title", "en", "No interpreter")
        session.commit()
    clerk = as_role("staff")
    before = clerk.get(f"/ties/{tie_id}/translate", to="en", lang="en")
    assert "No interpreter" not in before.shown
    with build.stored(app) as session:
        obstacle = session.scalars(select(Obstacle).where(Obstacle.id == obstacle.id)).one()
        with record.change(session, staff, build.NOW):
            obstacle.title = {**obstacle.title, "fa": "نبود مترجم رسمی"}
        session.commit()
    after = clerk.get(f"/ties/{tie_id}/translate", to="en", lang="en")
    assert "the original has changed" in after.shown


def test_what_was_read_into_names_above_the_clearance_is_not_shown(
    app: Flask, as_role: AsRole, tie_id: str
) -> None:
    with build.stored(app) as session:
        staff = build.account(session, "auditor")
        tie = session.scalars(select(Tie)).one()
        meeting = build.meeting(session, staff, filed_under=tie)
        for name, level in (("secret", Level.CONFIDENTIAL), ("open", Level.INTERNAL)):
            person = build.person(session, staff, level=level)
            build.attendee(session, staff, meeting, person)
            why = {"inferred": True, "reason": {"en": f"The {name} reason"}}
            build.citation(session, staff, person, field="name", **why)
            body = build.organisation(session, staff, level=level)
            why["reason"] = {"en": f"Another {name} reason"}
            build.involvement(session, staff, tie, body, **why)
    page = as_role("staff").get(f"/ties/{tie_id}/translate", to="fa", show="all", lang="en")
    assert "The open reason" in page.shown
    assert "Another open reason" in page.shown
    assert "secret" not in page.shown


def test_saving_all_leaves_alone_what_others_translated_meanwhile(
    app: Flask, as_role: AsRole, tie_id: str
) -> None:
    with build.stored(app) as session:
        staff = build.account(session)
        tie = session.scalars(select(Tie)).one()
        texts = {"fa": "نبود مترجم", "en": "No translator"}
        first = build.obstacle(session, staff, title=texts, filed_under=tie)
        lines = {"fa": "یک\nدو", "en": "One\ntwo"}
        other = build.action(session, staff, text=lines)
        build.filed(session, staff, other, tie)
    mine, theirs = as_role("staff"), as_role("staff")
    where = f"/ties/{tie_id}/translate?to=en&show=all"
    page = mine.get(where)
    theirs.post_form(where, {f"{first.id}-title": "No interpreter"}, action="/translate")
    # As browsers send the lines of a text area.
    mine.post_form(page, {f"{other.id}-text": "One\r\nand two"}, action="/translate")
    with build.stored(app) as session:
        assert session.get_one(Obstacle, first.id).title["en"] == "No interpreter"
        assert session.get_one(Action, other.id).text["en"] == "One\nand two"


def test_a_text_in_the_wanted_language_alone_has_nothing_to_be_translated_from(
    app: Flask, as_role: AsRole, tie_id: str
) -> None:
    with build.stored(app) as session:
        staff = build.account(session)
        tie = session.scalars(select(Tie)).one()
        build.obstacle(session, staff, title={"en": "No translator"}, filed_under=tie)
    page = as_role("staff").get(f"/ties/{tie_id}/translate", to="en", show="all", lang="en")
    assert "No translator" in page.text


def test_no_translation_into_a_language_the_city_lacks(as_role: AsRole, tie_id: str) -> None:
    refused = as_role("staff").get(f"/ties/{tie_id}/translate", to="zz", status=400)
    assert "zz" in refused.shown


def test_readers_do_not_translate(as_role: AsRole, tie_id: str) -> None:
    as_role("official").get(f"/ties/{tie_id}/translate", status=404)
