"""Obstacles: entered, corrected, lifted, shown, to whom, and at what cost."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from tests import build
from tests.databases import counted
from tests.page import filled_in
from tests.serving import AsRole
from tracker.domain.access import GRANTS, Level, Role
from tracker.domain.dates import FuzzyDate
from tracker.domain.errors import NotFound, RuleBroken, Stale
from tracker.domain.follow_up import OBSTACLE_MOVES, ObstacleState
from tracker.models import Citation, Obstacle, ObstacleStep, StateChange
from tracker.obstacles.services import move_obstacle
from tracker.record.states import Step

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

TODAY = FuzzyDate.exact(build.TODAY)
NEW = {
    "title": "نبود پروازهای منظم مشهد به قرقیزستان",
    "title-en": "No regular flights",
    "since": "تا ۱۶ آبان ۱۴۰۰",
    "lifter": "استاندار خراسان رضوی",
    "lifter_inferred": "y",
    "lifter_reason": "گفت‌وگو با او بوده است",
    "steps-0-text": "گفت‌وگو دربارهٔ منظم‌شدن پروازها",
    "steps-0-by": "شهردار مشهد",
    "steps-0-asked": "استاندار خراسان رضوی",
    "source": "",
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("state", ObstacleState)
def test_every_step_from_every_state_by_every_role(
    session: Session, state: ObstacleState, role: Role
) -> None:
    staff, who = build.account(session), build.account(session, role.value)
    refusal = NotFound if who.clearance is None else RuleBroken
    for name in ("lift", "reopen"):
        obstacle = build.obstacle(session, staff, state=state)
        wanted = next((m for m in OBSTACLE_MOVES if m.name == name and m.source is state), None)
        step = Step(name, TODAY, "flights began")
        if wanted is not None and wanted.permission in GRANTS[role]:
            moved = move_obstacle(session, who, obstacle.id, step, 1, build.NOW)
            assert moved.state is wanted.target
            with pytest.raises(Stale):
                move_obstacle(session, who, obstacle.id, step, 1, build.NOW)
        else:
            with pytest.raises(refusal):
                move_obstacle(session, who, obstacle.id, step, 1, build.NOW)


def test_lifting_needs_a_reason(session: Session) -> None:
    staff = build.account(session)
    obstacle = build.obstacle(session, staff)
    with pytest.raises(RuleBroken) as refused:
        move_obstacle(session, staff, obstacle.id, Step("lift", TODAY), 1, build.NOW)
    assert refused.value.field == "reason"


def test_an_obstacle_is_entered_corrected_and_lifted(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        build.tie(session, build.account(session), {"fa": "مشهد – استان اوش"})
    staff = as_role("staff")
    sent = {**NEW, "filed_under-0-under": "مشهد – استان اوش"}
    page = staff.follow(staff.post_form("/obstacles/new", sent))
    assert page.heading == NEW["title"]
    for words in (
        "استاندار خراسان رضوی",
        "نام نامعلوم",
        "مشهد – استان اوش",
        "گفت‌وگو دربارهٔ منظم‌شدن پروازها",
        "برداشت، نه نقل",
        "گفت‌وگو با او بوده است",
        "نامعلوم؛ ۱۶ آبان ۱۴۰۰ یا پیش از آن",
    ):
        assert words in page.shown, words
    form = staff.get(f"{page.url}/edit")
    held = filled_in(form.form())
    assert held["steps-0-asked"] == ["استاندار خراسان رضوی"]
    with build.stored(app) as session:
        part = session.scalars(select(ObstacleStep.id)).one()
        assert session.scalars(select(Citation.field)).all() == ["lifter"]
    staff.post_form(form, {"steps-0-happened_on": "۱۴۰۰/۸/۱", "title-en": "No flights"})
    with build.stored(app) as session:
        step = session.scalars(select(ObstacleStep)).one()
        assert step.id == part
        assert step.happened_on.is_exact
    lifted = staff.post_form(page.url, action="move", status=422)
    assert "دلیل" in lifted.alert
    page = staff.follow(staff.post_form(lifted, {"reason": "پرواز هفتگی آغاز شد"}))
    assert "رفع‌شده" in page.shown
    assert "پرواز هفتگی آغاز شد" in page.shown
    with build.stored(app) as session:
        states = session.scalars(select(StateChange.target).order_by(StateChange.recorded_at))
        assert states.all() == ["open", "lifted"]


def test_a_mistake_loses_nothing(as_role: AsRole) -> None:
    staff = as_role("staff")
    bad = {**NEW, "title": "", "title-en": "", "steps-0-text": "", "steps-0-text-en": ""}
    page = staff.post_form("/obstacles/new", bad, status=422)
    held = filled_in(page.form())
    for name in ("since", "lifter", "steps-0-by", "lifter_reason"):
        assert held[name] == [bad[name]], name
    page = staff.post_form(page, {"title": "مانع"}, status=422)
    assert "سطر را حذف کنید" in page.alert


def test_sent_twice_it_is_made_once_and_a_stale_form_is_answered_409(
    app: Flask, as_role: AsRole
) -> None:
    staff = as_role("staff")
    page = staff.get("/obstacles/new")
    sent = {**NEW, "submission": str(uuid4())}
    made = staff.post_form(page, sent)
    assert made.location == staff.post_form(page, sent).location
    with build.stored(app) as session:
        assert session.scalar(select(func.count(Obstacle.id))) == 1
    form = staff.get(f"{made.location}/edit")
    staff.post_form(form, {"title": "متن همکار"})
    stale = staff.post_form(form, {"title": "متن من"}, status=409)
    assert "متن همکار" in stale.both_texts
    assert "متن من" in stale.both_texts


def test_the_list_is_narrowed_by_state(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        staff = build.account(session)
        build.obstacle(session, staff, {"fa": "مانع باز"})
        build.obstacle(session, staff, {"fa": "مانع رفته"}, state=ObstacleState.LIFTED)
    reader = as_role("official")
    assert "مانع رفته" not in reader.get("/obstacles/", state="open").shown
    assert "مانع باز" not in reader.get("/obstacles/", state="lifted").shown
    both = reader.get("/obstacles/").shown
    assert "مانع باز" in both
    assert "مانع رفته" in both


def test_names_above_the_clearance_are_left_out_and_stay(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        auditor = build.account(session, "auditor")
        secret = build.post(session, auditor, {"fa": "سمت پنهان"}, level=2)
        tie = build.tie(session, auditor, {"fa": "رابطهٔ پنهان"}, level=Level.CONFIDENTIAL)
        obstacle = build.obstacle(session, auditor, {"fa": "مانع"}, lifter_post_id=secret.id)
        hidden = build.obstacle(session, auditor, {"fa": "مانع پنهان"}, tie)
    staff = as_role("staff")
    for address in ("/obstacles/", f"/obstacles/{obstacle.id}", f"/obstacles/{obstacle.id}/edit"):
        assert "پنهان" not in staff.get(address).text
    staff.post_form(f"/obstacles/{obstacle.id}/edit", {"title": "مانع دیگر"})
    with build.stored(app) as session:
        assert session.get_one(Obstacle, obstacle.id).lifter_post_id == secret.id
    for address in (f"/obstacles/{hidden.id}", f"/obstacles/{uuid4()}"):
        for end in ("", "/edit"):
            staff.get(address + end, status=404)


@pytest.mark.database("sqlite")
def test_costs_do_not_grow(app: Flask, app_engine: Engine, as_role: AsRole) -> None:
    staff = as_role("staff")
    costs = []
    for many in (2, 12):
        with build.stored(app) as session:
            actor = build.account(session)
            source = build.source(session, actor)
            obstacle = build.obstacle(session, actor)
            for _ in range(many):
                post = build.post(session, actor)
                tie = build.tie(session, actor)
                build.obstacle(session, actor, filed_under=tie, lifter_post_id=post.id)
                build.filed(session, actor, obstacle, tie)
                build.action(session, actor, obstacle_id=obstacle.id)
                build.citation(session, actor, obstacle, source)
        for address, most in (("/obstacles/", 3), (f"/obstacles/{obstacle.id}", 7)):
            staff.get(address)
            with counted(app_engine) as statements:
                staff.get(address)
            asked = [each for each in statements if "user_sessions" not in each]
            assert len(asked) <= most, "\n\n".join(asked)
            costs.append(len(asked))
    assert costs[:2] == costs[2:]
