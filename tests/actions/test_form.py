"""Entering and correcting actions through their form."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from tests import build
from tests.page import filled_in
from tests.serving import AsRole
from tracker.domain.actions import ActionState
from tracker.models import Action, ActionOwner, StateChange

if TYPE_CHECKING:
    from flask import Flask

NEW = {
    "text": "همکاری برای منظم‌شدن پروازها",
    "text-en": "Cooperate on regular flights",
    "owners-0-who": "شهرداری مشهد",
    "due": "۱ فروردین ۱۴۱۰",
    "depends_on": "وزارت امور خارجه",
    "note": "یادداشت",
    "state": "in progress",
    "state_on": "تا ۱۶ آبان ۱۴۰۰",
}


def test_an_action_is_entered_whole(app: Flask, as_role: AsRole) -> None:
    staff = as_role("staff")
    page = staff.follow(staff.post_form("/actions/new", NEW))
    assert page.heading == NEW["text"]
    for words in ("شهرداری مشهد", "وزارت امور خارجه", "۱ فروردین ۱۴۱۰", "در دست اقدام"):
        assert words in page.shown
    assert "۱۶ آبان ۱۴۰۰ یا پیش از آن" in page.shown
    assert staff.get(page.url, lang="en").heading == NEW["text-en"]
    with build.stored(app) as session:
        change = session.scalars(
            select(StateChange).where(StateChange.object_kind == "action")
        ).one()
        assert (change.source, change.target) == ("", "in progress")


def test_only_the_text_is_needed_and_nothing_typed_is_lost(as_role: AsRole) -> None:
    staff = as_role("staff")
    bad = {**NEW, "text": "", "text-en": "", "due": "۳۰ اسفند ۱۴۰۰"}
    page = staff.post_form("/actions/new", bad, status=422)
    assert "۲۹ روز دارد" in page.alert
    held = filled_in(page.form())
    for name in ("owners-0-who", "due", "depends_on", "note", "state_on"):
        assert held[name] == [bad[name]], name
    page = staff.follow(staff.post_form("/actions/new", {"text": "تنها متن"}))
    assert "مسئولاقدامنامعلوم" in page.shown.replace(" ", "")


def test_sent_twice_it_is_made_once(app: Flask, as_role: AsRole) -> None:
    staff = as_role("staff")
    page = staff.get("/actions/new")
    sent = {**NEW, "submission": str(uuid4())}
    assert staff.post_form(page, sent).location == staff.post_form(page, sent).location
    with build.stored(app) as session:
        assert session.scalar(select(func.count(Action.id))) == 1


def test_correcting_keeps_owners_that_the_editor_may_not_see(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        auditor = build.account(session, "auditor")
        seen = build.organisation(session, auditor, {"fa": "شهرداری مشهد"})
        hidden = build.person(session, auditor, {"fa": "پنهان"}, level=2)
        action = build.action(session, auditor, {"fa": "کار", "en": "Work"}, seen)
        build.saved(session, auditor, ActionOwner(action_id=action.id, person_id=hidden.id))
    staff = as_role("staff")
    page = staff.get(f"/actions/{action.id}/edit")
    assert "پنهان" not in page.text
    staff.post_form(page, {"text": "کار دیگر", "owners-0-who": "استاندار خراسان رضوی"})
    with build.stored(app) as session:
        owners = session.scalars(
            select(ActionOwner).where(ActionOwner.action_id == action.id)
        ).all()
        assert [bool(o.post_id) for o in owners].count(True) == 1
        assert hidden.id in {o.person_id for o in owners}
        assert seen.id not in {o.organisation_id for o in owners}
        assert session.get_one(Action, action.id).text == {"fa": "کار دیگر", "en": "Work"}


def test_a_stale_form_shows_both_texts(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        action = build.action(session, build.account(session), {"fa": "کار"})
    staff = as_role("staff")
    page = staff.get(f"/actions/{action.id}/edit")
    staff.post_form(page, {"text": "متن همکار"})
    stale = staff.post_form(page, {"text": "متن من"}, status=409)
    assert "متن همکار" in stale.both_texts
    assert "متن من" in stale.both_texts


def test_who_follows_it_up_is_one_of_those_who_record(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        official = build.account(session, "official")
        colleague = build.account(session)
        gone = build.account(session, active=False)
        action = build.action(session, colleague, follow_up_user_id=gone.user_id)
    staff = as_role("staff")
    page = staff.get("/actions/new")
    offered = {option.get("value") for option in page.all(".//select[@name='follow_up']/option")}
    assert str(colleague.user_id) in offered
    assert not {str(official.user_id), str(gone.user_id)} & offered
    for wrong in (str(official.user_id), "nobody", str(uuid4())):
        staff.post_form(page, {"text": "کار", "follow_up": wrong}, status=422)
    # Whoever follows it up already may go on doing so.
    staff.post_form(f"/actions/{action.id}/edit", {"note": "هنوز"})
    with build.stored(app) as session:
        assert session.get_one(Action, action.id).follow_up_user_id == gone.user_id


def test_a_form_opened_from_a_page_knows_which(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        actor = build.account(session)
        tie = build.tie(session, actor, {"fa": "مشهد – استان اوش"})
        mandate = build.mandate(session, actor, {"fa": "نشست شهرداران"})
    staff = as_role("staff")
    page = staff.get("/actions/new", **{"from": f"mandate:{mandate.id}"})
    assert filled_in(page.form())["mandate"] == ["نشست شهرداران"]
    page = staff.follow(staff.post_form(page, {"text": "کار"}))
    assert f"/mandates/{mandate.id}" in page.links
    page = staff.get("/actions/new", **{"from": f"tie:{tie.id}"})
    page = staff.follow(staff.post_form(page, {"text": "کار"}))
    assert f"/ties/{tie.id}" in page.links
    for asked in ("tie:", "person:x", f"user:{uuid4()}", f"tie:{uuid4()}"):
        staff.get("/actions/new", status=404, **{"from": asked})


@pytest.mark.parametrize("tag", ["fa", "en"])
def test_one_entered_as_done_has_the_day(app: Flask, as_role: AsRole, tag: str) -> None:
    staff = as_role("staff")
    page = staff.get("/actions/new", lang=tag)
    staff.post_form(page, {"text": "Done", "state": "done", "state_on": "2021-11-07"})
    with build.stored(app) as session:
        action = session.scalars(select(Action)).one()
        assert action.state is ActionState.DONE
        assert action.done_on.last == build.REPORTED
