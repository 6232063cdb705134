"""The list of sources and the page of one: what rests on it, up to the reader's level."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from tests import build
from tests.databases import counted
from tests.serving import AsRole
from tracker.domain.access import Level
from tracker.domain.dates import FuzzyDate
from tracker.domain.sources import SourceKind

if TYPE_CHECKING:
    from flask import Flask

SECRET = "قناری"


def test_the_newest_stand_first_and_pages_go_on(as_role: AsRole, app: Flask) -> None:
    with build.stored(app) as session:
        actor = build.account(session)
        for number in range(53):
            day = FuzzyDate.exact(build.REPORTED + timedelta(days=number))
            build.source(session, actor, {"fa": f"خبر {number}"}, published_on=day)
        build.source(session, actor, {"fa": SECRET}, level=Level.CONFIDENTIAL)
        build.source(session, actor, {"fa": "نامه"}, SourceKind.LETTER)
    official = as_role("official")
    page = official.get("/sources/")
    assert SECRET not in page.text
    rows = page.all(".//p[@class='row-title']/a")
    assert len(rows) == 50
    (onward,) = page.all(".//a[@rel='next']")
    following = official.get(f"/sources/{onward.get('href')}")
    assert len(following.all(".//p[@class='row-title']/a")) == 4
    letters = official.get("/sources/", kind="letter")
    assert len(letters.all(".//p[@class='row-title']/a")) == 1
    assert "نامه" in letters.shown
    official.get("/sources/?after=nonsense", status=400)


def test_an_empty_list_offers_one_button(as_role: AsRole) -> None:
    assert "/sources/new" in as_role("staff").get("/sources/").links
    assert "/sources/new" not in as_role("official").get("/sources/").links


def test_the_page_shows_what_rests_on_it_in_the_order_of_the_source(
    as_role: AsRole, app: Flask
) -> None:
    with build.stored(app) as session:
        actor = build.account(session, "auditor")
        source = build.source(session, actor, {"fa": "خبر دیدار"}, level=Level.PUBLIC)
        person = build.person(session, actor, {"fa": "سعید خرازی"})
        build.statement(session, actor, {"fa": "سخن بند ده"}, source=source, locator="10")
        build.statement(
            session, actor, {"fa": "سخن بند دو"}, source=source, speaker=person, locator="2"
        )
        build.statement(session, actor, {"fa": "سخن بی‌نشان"}, source=source)
        build.statement(session, actor, {"fa": SECRET}, source=source, level=Level.CONFIDENTIAL)
        meeting = build.meeting(session, actor, {"fa": "دیدار با سفیر"}, source_id=source.id)
        build.mandate(session, actor, {"fa": "تکلیف نشست"}, source_id=source.id)
        tie = build.tie(session, actor, {"fa": "مشهد – اوش"})
        build.citation(session, actor, tie, source, field="since")
        hidden = build.tie(session, actor, {"fa": SECRET}, level=Level.CONFIDENTIAL)
        build.citation(session, actor, hidden, source)
    page = as_role("official").get(f"/sources/{source.id}")
    shown = page.shown
    assert SECRET not in page.text
    assert str(hidden.id) not in page.text
    assert shown.index("سخن بند دو") < shown.index("سخن بند ده") < shown.index("سخن بی‌نشان")
    for words in ("بند ۲", "اظهارشده", "نقل‌شده", "دیدار با سفیر", "تکلیف نشست", "مشهد – اوش"):
        assert words in shown
    assert f"/meetings/{meeting.id}" in page.links
    assert "استنادها به این منبع ۳" in shown
    assert SECRET in as_role("auditor").get(f"/sources/{source.id}").text


def test_few_statements_however_many_rows(as_role: AsRole, app: Flask, app_engine: Engine) -> None:
    with build.stored(app) as session:
        source = build.source(session, build.account(session), {"fa": "خبر"})
    staff = as_role("staff")
    staff.get("/sources/")
    costs = []
    for _ in range(2):
        with build.stored(app) as session:
            actor = build.account(session)
            for _number in range(6):
                build.source(session, actor, {"fa": "خبر"})
                build.statement(session, actor, {"fa": "سخن"}, source=source)
                build.citation(session, actor, build.tie(session, actor), source)
        with counted(app_engine) as for_list:
            staff.get("/sources/")
        with counted(app_engine) as for_page:
            staff.get(f"/sources/{source.id}")
        # The query of the session itself counts too.
        costs.append((len(for_list) - 1, len(for_page) - 1))
    assert costs[0] == costs[1]
    assert costs[0][0] <= 3
    assert costs[0][1] <= 7
