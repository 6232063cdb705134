"""Every step of an action, by every role; undoing, putting off, and being late."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from tests import build
from tests.serving import AsRole
from tracker.actions.given import Postponement
from tracker.actions.moves import move_action, postpone_action, take_back
from tracker.domain.access import GRANTS, Permission, Role
from tracker.domain.actions import LIVE, MOVES, ActionState, overdue
from tracker.domain.dates import FuzzyDate
from tracker.domain.errors import NotFound, RuleBroken, Stale
from tracker.models import Action, StateChange
from tracker.record.states import Step

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy.orm import Session

TODAY = FuzzyDate.exact(build.TODAY)
NAMES = sorted({move.name for move in MOVES})


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("state", ActionState)
def test_every_step_from_every_state_by_every_role(
    session: Session, state: ActionState, role: Role
) -> None:
    staff, who = build.account(session), build.account(session, role.value)
    refusal = NotFound if who.clearance is None else RuleBroken
    for name in NAMES:
        action = build.action(session, staff, state=state)
        step = Step(name, TODAY, "as agreed")
        wanted = next((m for m in MOVES if m.name == name and m.source is state), None)
        if wanted is not None and wanted.permission in GRANTS[role]:
            moved = move_action(session, who, action.id, step, 1, build.NOW, language="en")
            assert moved.state is wanted.target
            change = session.scalars(
                select(StateChange).where(StateChange.object_id == action.id)
            ).one()
            assert (change.source, change.target, change.reason) == (
                state.value,
                wanted.target.value,
                "as agreed",
            )
            done = moved.state is ActionState.DONE
            assert moved.done_on == (TODAY if done else FuzzyDate.unknown())
        else:
            with pytest.raises(refusal):
                move_action(session, who, action.id, step, 1, build.NOW, language="en")
            session.refresh(action)
            assert action.state is state


@pytest.mark.parametrize("name", ["block", "cancel"])
def test_some_steps_need_a_reason(session: Session, name: str) -> None:
    staff = build.account(session)
    action = build.action(session, staff)
    with pytest.raises(RuleBroken) as refused:
        move_action(session, staff, action.id, Step(name, TODAY), 1, build.NOW, language="en")
    assert refused.value.field == "reason"


def test_a_stale_step_is_not_taken(session: Session) -> None:
    staff = build.account(session)
    action = build.action(session, staff)
    move_action(session, staff, action.id, Step("start", TODAY), 1, build.NOW, language="en")
    with pytest.raises(Stale):
        move_action(session, staff, action.id, Step("finish", TODAY), 1, build.NOW, language="en")


@pytest.mark.parametrize("state", sorted(LIVE))
def test_undoing_goes_back_to_the_state_before(session: Session, state: ActionState) -> None:
    staff = build.account(session)
    action = build.action(session, staff, state=state)
    done = move_action(
        session, staff, action.id, Step("finish", TODAY), 1, build.NOW, language="en"
    )
    back = take_back(session, staff, action.id, done.version, build.NOW)
    assert back.state is state
    assert back.done_on.is_unknown
    assert not session.scalars(select(StateChange).where(StateChange.object_id == action.id)).all()


def test_only_ones_own_last_step_is_undone(session: Session) -> None:
    staff, colleague = build.account(session), build.account(session)
    action = build.action(session, staff)
    done = move_action(
        session, staff, action.id, Step("finish", TODAY), 1, build.NOW, language="en"
    )
    with pytest.raises(RuleBroken):
        take_back(session, colleague, action.id, done.version, build.NOW)
    with pytest.raises(Stale):
        take_back(session, staff, action.id, done.version - 1, build.NOW)
    untouched = build.action(session, staff)
    with pytest.raises(RuleBroken):
        take_back(session, staff, untouched.id, 1, build.NOW)


def later(days: int) -> FuzzyDate:
    return FuzzyDate.exact(build.TODAY + timedelta(days=days))


@pytest.mark.parametrize(
    ("state", "due", "new", "field"),
    [
        (ActionState.OPEN, later(3), later(10), ""),
        (ActionState.BLOCKED, FuzzyDate.unknown(), later(0), ""),
        (ActionState.OPEN, later(-23), later(1), ""),
        (ActionState.OPEN, later(3), later(3), "due"),
        (ActionState.OPEN, later(-9), later(-1), "due"),
        (ActionState.OPEN, later(3), FuzzyDate.unknown(), "due"),
        (ActionState.OPEN, later(3), FuzzyDate(later(9).first, None), "due"),
        (ActionState.DONE, later(3), later(10), None),
    ],
)
def test_an_action_is_put_off_to_a_later_day(
    session: Session, state: ActionState, due: FuzzyDate, new: FuzzyDate, field: str | None
) -> None:
    staff = build.account(session)
    action = build.action(session, staff, state=state, due=due)
    put_off: Any = Postponement(new, "the minister travels")
    arguments = (session, staff, action.id, put_off, 1, build.NOW)
    if field == "":
        assert postpone_action(*arguments, today=build.TODAY).due == new
    else:
        with pytest.raises(RuleBroken) as refused:
            postpone_action(*arguments, today=build.TODAY)
        assert refused.value.field == field


@given(
    state=st.sampled_from(ActionState),
    first=st.none() | st.dates(),
    last=st.none() | st.dates(),
    day=st.dates(),
)
def test_nothing_is_late_without_a_last_possible_day(
    state: ActionState, first: Any, last: Any, day: Any
) -> None:
    if first is not None and last is not None and first > last:
        first, last = last, first
    due = FuzzyDate(first, last)
    late = overdue(state, due.last, day)
    assert (late is not None) == (state in LIVE and due.last is not None and due.last < day)
    if late is not None:
        assert late.days >= 1


def stored_action(app: Flask, **values: Any) -> Action:
    with build.stored(app) as session:
        return build.action(
            session, build.account(session), {"fa": "ارسال پیوست", "en": "Send it"}, **values
        )


def test_done_with_one_button_and_undone_from_the_next_page(app: Flask, as_role: AsRole) -> None:
    action = stored_action(app, state=ActionState.IN_PROGRESS)
    staff = as_role("staff")
    page = staff.get("/actions/", show="open")
    sent = staff.post_form(page, action=f"{action.id}/move", press="move=finish")
    assert sent.location == "/actions/?show=open"
    after = staff.follow(sent)
    assert "اقدام انجام شد" in after.shown
    assert not [row for row in after.all(".//tr") if row.get("data-id") == str(action.id)]
    undone = staff.follow(staff.post_form(after, action=f"{action.id}/undo"))
    assert undone.url == "/actions/"
    assert "در دست اقدام" in staff.get(f"/actions/{action.id}").shown


@pytest.mark.parametrize("target", ["//evil.example/", "https://evil.example/", "", "/\\evil"])
def test_a_step_leads_nowhere_else(app: Flask, as_role: AsRole, target: str) -> None:
    action = stored_action(app)
    staff = as_role("staff")
    token = staff.get(f"/actions/{action.id}").token
    fields = {"csrf_token": token, "move": "finish", "version": "1", "next": target}
    sent = staff.post(f"/actions/{action.id}/move", fields)
    assert sent.location == f"/actions/{action.id}"


def test_the_page_draws_the_steps_and_refuses_what_is_not_for_the_role(
    app: Flask, as_role: AsRole
) -> None:
    action = stored_action(app, state=ActionState.DONE)
    page = as_role("staff").get(f"/actions/{action.id}", lang="en")
    disabled = [b for b in page.all(".//button") if "disabled" in b.attrib]
    assert len(disabled) == 1
    assert "This step is for whoever approves." in page.shown
    assert "disabled" not in as_role("approver").get(f"/actions/{action.id}").text
    assert not as_role("official").get(f"/actions/{action.id}").all(".//form")


def test_a_refused_step_says_why_and_keeps_what_was_typed(app: Flask, as_role: AsRole) -> None:
    action = stored_action(app)
    with build.stored(app) as session:
        obstacle = build.obstacle(session, build.account(session), {"fa": "نبود پرواز"})
    staff = as_role("staff")
    token = staff.get(f"/actions/{action.id}").token
    fields = {
        "csrf_token": token,
        "move": "block",
        "version": "1",
        "obstacle": "نبود پرواز",
        "obstacle-id": f"obstacle:{obstacle.id}",
    }
    page = staff.post(f"/actions/{action.id}/move", fields, status=422)
    assert "دلیل" in page.alert
    page = staff.follow(staff.post_form(page, {"reason": "پروازی نیست"}))
    assert "نبود پرواز" in page.shown
    assert "پروازی نیست" in page.shown
    assert f"/obstacles/{obstacle.id}" in page.links


def test_a_stale_step_is_answered_409_in_both_places(app: Flask, as_role: AsRole) -> None:
    action = stored_action(app)
    staff = as_role("staff")
    token = staff.get(f"/actions/{action.id}").token
    for end, more in (
        ("move", {"move": "finish"}),
        ("undo", {"move": "undo"}),
        ("postpone", {"due": "۱ فروردین ۱۴۱۰", "reason": "سفر"}),
    ):
        fields = {"csrf_token": token, "version": "7", **more}
        staff.post(f"/actions/{action.id}/{end}", fields, status=409)


def test_a_postponement_is_told_in_the_history(app: Flask, as_role: AsRole) -> None:
    action = stored_action(app, due=FuzzyDate.exact(build.REPORTED))
    staff = as_role("staff")
    page = staff.get(f"/actions/{action.id}")
    assert "معوق" in page.shown
    wrong = staff.post_form(page, {"due": "", "reason": ""}, action="postpone", status=422)
    assert wrong.alert
    page = staff.follow(staff.post_form(wrong, {"due": "۱ فروردین ۱۴۱۰", "reason": "سفر وزیر"}))
    assert "معوق" not in page.shown
    assert "تغییر مهلت از ۱۶ آبان ۱۴۰۰ به ۱ فروردین ۱۴۱۰" in page.shown
    assert "سفر وزیر" in page.shown


def test_whoever_only_reads_takes_no_step(app: Flask, as_role: AsRole) -> None:
    action = stored_action(app)
    for role in (r for r in Role if Permission.READ in GRANTS[r]):
        if Permission.RECORD in GRANTS[role]:
            continue
        reader = as_role(role.value)
        token = reader.get("/account").token
        for end in ("move", "undo", "postpone"):
            fields = {"csrf_token": token, "move": "finish", "version": "1"}
            reader.post(f"/actions/{action.id}/{end}", fields, status=404)
