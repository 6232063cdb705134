"""The lists of actions and the page of one: what they show, to whom, and at what cost."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from tests import build
from tests.databases import counted
from tests.serving import AsRole
from tracker.actions.queries import Show, action_list, place_of
from tracker.domain.access import Level
from tracker.domain.actions import ActionState
from tracker.domain.dates import FuzzyDate
from tracker.models.keyset import Cursor

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

YESTERDAY = FuzzyDate.exact(build.TODAY - timedelta(days=1))
TOMORROW = FuzzyDate.exact(build.TODAY + timedelta(days=1))


def shown(session: Session, who: Any, show: Show) -> list[str]:
    lines = action_list(session, who, show, today=build.TODAY)
    return [line.text["en"] for line in lines]


def test_what_is_mine_overdue_open_or_there_at_all(session: Session) -> None:
    staff, colleague = build.account(session), build.account(session)
    ours = build.organisation(session, staff, "Ours", is_ours=True)
    theirs = build.organisation(session, staff, "Theirs")
    mayor = build.post(session, staff, "Mayor", ours)
    build.action(session, staff, "followed by me", theirs, follow_up_user_id=staff.user_id)
    build.action(session, staff, "our body", ours, due=TOMORROW)
    build.action(session, staff, "our post", mayor, due=YESTERDAY)
    build.action(session, staff, "a colleague's", ours, follow_up_user_id=colleague.user_id)
    build.action(session, staff, "somebody's", theirs, due=FuzzyDate(build.REPORTED, None))
    build.action(session, staff, "done", ours, due=YESTERDAY, state=ActionState.DONE)
    assert shown(session, staff, Show.MINE) == ["our post", "our body", "followed by me"]
    assert shown(session, staff, Show.OVERDUE) == ["our post"]
    assert set(shown(session, staff, Show.OPEN)) == {
        "followed by me",
        "our body",
        "our post",
        "a colleague's",
        "somebody's",
    }
    assert len(shown(session, staff, Show.ALL)) == 6


@pytest.mark.parametrize("show", [Show.OPEN, Show.ALL])
def test_pages_of_a_list_meet_each_action_once(session: Session, show: Show) -> None:
    staff = build.account(session)
    days = [None, None, None, 1, 1, 2, 5, -3, -3]
    for number, day in enumerate(days):
        due = FuzzyDate.unknown() if day is None else later(day)
        build.action(session, staff, f"action {number}", due=due)
    met: list[Any] = []
    cursor: Cursor | None = None
    while True:
        rows = action_list(session, staff, show, today=build.TODAY, cursor=cursor, limit=2)
        met += rows[:2]
        if len(rows) <= 2:
            break
        cursor = place_of(show, rows[1])
    assert len(met) == len({row.id for row in met}) == len(days)
    order = [row.due.last or date.max for row in met]
    if show is Show.OPEN:
        assert order == sorted(order)


def later(days: int) -> FuzzyDate:
    return FuzzyDate.exact(build.TODAY + timedelta(days=days))


def test_staff_begin_with_theirs_and_others_with_what_is_open(as_role: AsRole) -> None:
    for role, usual in (("staff", "mine"), ("official", "open"), ("council", "open")):
        page = as_role(role).get("/actions/")
        chosen = [a for a in page.all(".//nav/ul/li/a") if a.get("aria-current")]
        assert [a.get("href") for a in chosen] == [f"/actions/?show={usual}"]
    assert as_role("staff").get("/actions/", show="nonsense").status == 200
    as_role("staff").get("/actions/", after="nonsense", status=400)


def test_only_what_is_late_is_marked_as_late(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        staff = build.account(session)
        build.action(session, staff, {"fa": "دیر"}, due=FuzzyDate.exact(build.REPORTED))
        build.action(session, staff, {"fa": "بی‌مهلت"})
        build.action(session, staff, {"fa": "پس از"}, due=FuzzyDate(build.REPORTED, None))
    page = as_role("official").get("/actions/", show="open")
    late = [tr for tr in page.all(".//tr") if tr.get("class") == "tone-late"]
    assert len(late) == 1
    assert page.shown.count("معوق –") == 1
    assert "نامعلوم" in page.shown


def test_the_page_tells_whose_it_is_and_where_it_comes_from(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        staff = build.account(session)
        tie = build.tie(session, staff, {"fa": "مشهد – استان اوش"})
        meeting = build.meeting(session, staff, {"fa": "دیدار با سفیر"}, tie)
        ministry = build.organisation(session, staff, {"fa": "وزارت امور خارجه"})
        mandate = build.mandate(session, staff, {"fa": "نشست شهرداران"})
        action = build.action(
            session,
            staff,
            {"fa": "برگزاری نشست"},
            build.organisation(session, staff, {"fa": "شهرداری مشهد"}),
            meeting,
            mandate_id=mandate.id,
            depends_on_organisation_id=ministry.id,
            follow_up_user_id=staff.user_id,
        )
        build.filed(session, staff, action, tie)
    page = as_role("official").get(f"/actions/{action.id}")
    for words in ("شهرداری مشهد", "وزارت امور خارجه", "دیدار با سفیر", "نشست شهرداران", "staff"):
        assert words in page.shown
    for path in ("meetings", "mandates", "ties"):
        assert any(link.startswith(f"/{path}/") and len(link) > 20 for link in page.links), path


def test_names_above_the_clearance_are_left_out(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        auditor = build.account(session, "auditor")
        secret = build.organisation(session, auditor, {"fa": "نهاد پنهان"}, level=2)
        tie = build.tie(session, auditor, {"fa": "رابطهٔ پنهان"}, level=Level.CONFIDENTIAL)
        action = build.action(
            session, auditor, {"fa": "کار"}, secret, depends_on_organisation_id=secret.id
        )
        build.filed(session, auditor, action, tie)
        hidden = build.action(session, auditor, {"fa": "کار پنهان"}, level=Level.CONFIDENTIAL)
    staff = as_role("staff")
    for page in (staff.get(f"/actions/{action.id}"), staff.get("/actions/", show="all")):
        assert "پنهان" not in page.text
    for address in (f"/actions/{hidden.id}", f"/actions/{uuid4()}"):
        for end in ("", "/edit"):
            staff.get(address + end, status=404)


@pytest.mark.database("sqlite")
def test_costs_do_not_grow(app: Flask, app_engine: Engine, as_role: AsRole) -> None:
    staff = as_role("staff")
    costs = []
    for many in (2, 12):
        with build.stored(app) as session:
            actor = build.account(session)
            action = build.action(session, actor)
            for _ in range(many):
                owner = build.organisation(session, actor, is_ours=True)
                build.action(session, actor, owner=owner)
                build.filed(session, actor, action, build.tie(session, actor))
        for address, most in (("/actions/", 3), (f"/actions/{action.id}", 6)):
            staff.get(address)
            with counted(app_engine) as statements:
                staff.get(address)
            asked = [each for each in statements if "user_sessions" not in each]
            assert len(asked) <= most, "\n\n".join(asked)
            costs.append(len(asked))
    assert costs[:2] == costs[2:]
