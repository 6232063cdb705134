"""The list of statements and the page of one, up to the reader's level."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import Engine

from tests import build
from tests.databases import counted
from tests.page import Page
from tests.serving import AsRole
from tracker.domain.access import Level
from tracker.domain.meetings import MeetingState
from tracker.domain.statements import LinkKind, StatementKind
from tracker.models import StatementLink, StatementPlace

if TYPE_CHECKING:
    from flask import Flask

SECRET = "قناری"


def said(page: Page) -> list[str]:
    return ["".join(a.itertext()) for a in page.all(".//p[@class='quote']/a")]


def test_a_list_goes_on_where_its_last_page_ended(as_role: AsRole, app: Flask) -> None:
    with build.stored(app) as session:
        actor = build.account(session)
        for number in range(53):
            build.statement(session, actor, {"fa": f"سخن {number}"}, happened_on=build.BY_THEN)
        build.statement(session, actor, {"fa": SECRET}, level=Level.CONFIDENTIAL)
    official = as_role("official")
    first = official.get("/statements/")
    (onward,) = first.all(".//a[@rel='next']")
    second = official.get(f"/statements/{onward.get('href')}")
    assert len(set(said(first) + said(second))) == len(said(first) + said(second)) == 53
    assert SECRET not in first.text + second.text
    official.get("/statements/?after=nonsense", status=400)


def test_the_list_is_narrowed_by_kind_speaker_and_place(as_role: AsRole, app: Flask) -> None:
    with build.stored(app) as session:
        actor = build.account(session, "auditor")
        person = build.person(session, actor, {"fa": "سعید خرازی"})
        place = build.place(session, actor, {"fa": "اوش"})
        offer = build.statement(
            session, actor, {"fa": "پیشنهاد"}, speaker=person, statement_kind=StatementKind.OFFER
        )
        build.statement(session, actor, {"fa": "نیاز"}, holder_place_id=place.id)
        build.statement(session, actor, {"fa": "دیگر"})
        build.saved(session, actor, StatementPlace(statement_id=offer.id, place_id=place.id))
        hidden = build.person(session, actor, {"fa": SECRET}, level=Level.CONFIDENTIAL)
        build.statement(session, actor, {"fa": "سخن کسی"}, speaker=hidden)
    official = as_role("official")
    assert said(official.get("/statements/", kind="offer")) == ["پیشنهاد"]
    by_person = official.get("/statements/", speaker=str(person.id))
    assert said(by_person) == ["پیشنهاد"]
    assert "گوینده: سعید خرازی" in by_person.shown
    assert set(said(official.get("/statements/", place=str(place.id)))) == {"پیشنهاد", "نیاز"}
    both = official.get("/statements/", place=str(place.id), kind="offer")
    assert said(both) == ["پیشنهاد"]
    assert "/statements/?kind=offer" in both.links
    # Whom one may not see, one may not ask after either.
    for nobody in (hidden.id, uuid4(), "nonsense"):
        official.get("/statements/", speaker=str(nobody), status=404)
    every = official.get("/statements/")
    assert "سخن کسی" in every.shown
    assert SECRET not in every.text


def test_an_empty_list_says_so(as_role: AsRole) -> None:
    official = as_role("official")
    assert "هنوز اظهاری ثبت نشده است" in official.get("/statements/").shown
    assert "هنوز چنین اظهاری" in official.get("/statements/", kind="need").shown


def test_two_that_contradict_stand_side_by_side_on_both_pages(as_role: AsRole, app: Flask) -> None:
    with build.stored(app) as session:
        actor = build.account(session, "auditor")
        wide = build.statement(session, actor, {"fa": "مردم کشور علاقه دارند."})
        narrow = build.statement(session, actor, {"fa": "مردم استان علاقه دارند."})
        secret = build.statement(session, actor, {"fa": SECRET}, level=Level.CONFIDENTIAL)
        for other in (narrow, secret):
            link = StatementLink(
                statement_id=wide.id, other_id=other.id, link_kind=LinkKind.CONTRADICTS
            )
            build.saved(session, actor, link)
    official = as_role("official")
    for here in (wide, narrow):
        page = official.get(f"/statements/{here.id}")
        pairs = page.all(".//div[@class='conflict']")
        assert len(pairs) == 1
        shown = "".join(pairs[0].itertext())
        assert "مردم کشور علاقه دارند." in shown
        assert "مردم استان علاقه دارند." in shown
        assert SECRET not in page.text


def test_strength_is_said_with_its_reason(as_role: AsRole, app: Flask) -> None:
    with build.stored(app) as session:
        actor = build.account(session)
        approved = build.meeting(session, actor, state=MeetingState.MINUTES_APPROVED)
        minuted = build.statement(session, actor, {"fa": "در صورت‌جلسه"}, meeting=approved)
        source = build.source(session, actor)
        reported = build.statement(session, actor, {"fa": "در خبر"}, source=source)
        action = build.action(session, actor, {"fa": "پیگیری"}, statement_id=reported.id)
    official = as_role("official")
    assert "صورت‌جلسه، که تأیید شده" not in official.get(f"/statements/{reported.id}").shown
    assert "در صورت‌جلسهٔ تأییدشده آمده است." in official.get(f"/statements/{minuted.id}").shown
    page = official.get(f"/statements/{reported.id}")
    assert "منبع آن را بدون گوینده آورده است." in page.shown
    assert f"/actions/{action.id}" in page.links


def test_few_statements_however_many_rows(as_role: AsRole, app: Flask, app_engine: Engine) -> None:
    with build.stored(app) as session:
        actor = build.account(session)
        person = build.person(session, actor)
        statement = build.statement(session, actor, {"fa": "سخن"}, speaker=person)
    staff = as_role("staff")
    staff.get("/statements/")
    costs = []
    for _ in range(2):
        with build.stored(app) as session:
            actor = build.account(session)
            for _number in range(6):
                place = build.place(session, actor)
                other = build.statement(
                    session, actor, {"fa": "دیگر"}, source=build.source(session, actor),
                    speaker=person,
                )  # fmt: skip
                build.saved(
                    session, actor, StatementPlace(statement_id=statement.id, place_id=place.id)
                )
                build.saved(
                    session,
                    actor,
                    StatementLink(
                        statement_id=statement.id,
                        other_id=other.id,
                        link_kind=LinkKind.BECAUSE_OF,
                    ),
                )
                build.filed(session, actor, statement, build.tie(session, actor))
        with counted(app_engine) as for_list:
            staff.get("/statements/", speaker=str(person.id))
        with counted(app_engine) as for_page:
            staff.get(f"/statements/{statement.id}")
        # The query of the session itself counts too.
        costs.append((len(for_list) - 1, len(for_page) - 1))
    assert costs[0] == costs[1]
    assert costs[0][0] <= 3
    assert costs[0][1] <= 7
