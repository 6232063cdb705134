"""The form of a tie in a browser: entered, corrected, refused, stale; and its steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests import build
from tests.serving import AsRole
from tests.ties.story import told
from tracker.domain.ties import TieState

if TYPE_CHECKING:
    from flask import Flask


def test_tie_is_entered_in_an_empty_city(as_role: AsRole) -> None:
    staff = as_role("staff")
    form = staff.get("/ties/new")
    saved = staff.post_form(
        form,
        {
            "parties-1-who": "استان اوش",
            "state": "active",
            "since": "تا ۱۶ آبان ۱۴۰۰",
            "agreement_copy": "not held",
            "bodies-0-who": "سفارت ایران در قرقیزستان",
            "bodies-0-inferred": "y",
            "bodies-0-reason": "از معنای سخن",
            "level": "confidential",
        },
    )
    page = staff.follow(saved)
    assert page.heading == "مشهد – استان اوش"
    for words in ("فعال", "نامعلوم؛ ۱۶ آبان ۱۴۰۰ یا پیش از آن", "برداشت، نه نقل", "محرمانه"):
        assert words in page.shown
    edit = staff.get(f"{saved.location}/edit")
    assert "استان اوش" in edit.text
    again = staff.post_form(edit, {"purpose": "همکاری ورزشی"})
    shown = staff.follow(again).shown
    assert "همکاری ورزشی" in shown
    assert "سفارت ایران در قرقیزستان" in shown


def test_refusal_keeps_what_was_typed(as_role: AsRole) -> None:
    staff = as_role("staff")
    page = staff.post_form(
        staff.get("/ties/new"),
        {"purpose": "A purpose worth keeping", "parties-0-who": "مشهد"},
        status=422,
    )
    assert "دست‌کم دو طرف" in page.alert
    assert "A purpose worth keeping" in page.text
    wrong = staff.post_form(
        staff.get("/ties/new"), {"since": "30 Esfand 1400", "parties-1-who": "Osh"}, status=422
    )
    assert wrong.alert


def test_legal_basis_must_be_on_record(as_role: AsRole) -> None:
    staff = as_role("staff")
    page = staff.post_form(
        staff.get("/ties/new"),
        {"parties-1-who": "Osh", "basis": "a clause that nobody entered"},
        status=422,
    )
    assert page.alert


def test_rows_grow_without_script(as_role: AsRole) -> None:
    staff = as_role("staff")
    page = staff.post_form(
        staff.get("/ties/new"), {"parties-1-who": "Osh"}, press="add-row=parties", status=200
    )
    assert "parties-2-who" in page.text
    assert 'value="Osh"' in page.text


def test_stale_form_shows_both(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        story = told(session, build.account(session))
    one, other = as_role("staff"), as_role("approver")
    first = one.get(f"/ties/{story.tie.id}/edit", lang="en")
    second = other.get(f"/ties/{story.tie.id}/edit", lang="en")
    one.post_form(first, {"purpose": "Mine"})
    page = other.post_form(second, {"purpose": "Theirs"}, status=409)
    assert "Mine" in page.text
    assert "Theirs" in page.text
    other.post_form(page, {"purpose": "Both"})
    assert "Both" in other.get(f"/ties/{story.tie.id}", lang="en").shown


def test_steps_are_taken_and_refused_with_reasons(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        staff_actor = build.account(session)
        story = told(session, staff_actor)
        planned = build.tie(session, staff_actor, "Planned", state=TieState.EXPLORING)
    staff, approver = as_role("staff"), as_role("approver")
    address = f"/ties/{story.tie.id}"
    page = staff.get(address, lang="en")
    assert "This step is for whoever approves." in page.shown
    send = {
        "csrf_token": page.token,
        "version": str(story.tie.version),
        "move": "suspend",
        "reason": "Talks have stopped",
    }
    refused = staff.post(f"{address}/move", send, status=422)
    assert "Your role does not take this step." in refused.alert
    assert "Talks have stopped" in refused.text
    page = approver.get(address, lang="en")
    send |= {"csrf_token": page.token}
    unreasoned = approver.post(f"{address}/move", send | {"reason": ""}, status=422)
    assert "Say why" in unreasoned.alert
    moved = approver.post_form(unreasoned, {"reason": "Talks have stopped"})
    shown = approver.follow(moved).shown
    assert "suspended" in shown
    assert "Talks have stopped" in shown
    stale = {"csrf_token": page.token, "move": "end", "reason": "Over", "version": "1"}
    assert "A colleague changed this" in approver.post(f"{address}/move", stale, status=409).shown
    nonsense = send | {"version": str(story.tie.version + 1), "move": "fly"}
    approver.post(f"{address}/move", nonsense, status=422)
    staff.post_form(f"/ties/{planned.id}", action="/move")
    assert "proposed" in staff.get(f"/ties/{planned.id}").shown
