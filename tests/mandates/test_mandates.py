"""Mandates, resolutions, policy frameworks and terms: entered, corrected, shown, and to whom."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from tests import build
from tests.databases import counted
from tests.page import filled_in
from tests.serving import AsRole
from tracker.domain.bodies import BodyRole
from tracker.domain.dates import FuzzyDate
from tracker.domain.follow_up import Completion
from tracker.domain.meetings import MeetingState
from tracker.models import Involvement, Mandate, StateChange
from tracker.record.filings import filed_ids
from tracker.record.reads.mandates import overdue_days

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy import Engine

KINDS = ("mandate", "resolution", "framework", "term")
NEW: dict[str, dict[str, str]] = {
    "mandate": {
        "title": "برگزاری نشست شهرداران",
        "title-en": "A summit of mayors",
        "issuer": "شورای اسلامی شهر مشهد",
        "owner": "شهرداری مشهد",
        "help_from": "وزارت امور خارجه",
        "issued_on": "تا ۱۶ آبان ۱۴۰۰",
    },
    "resolution": {
        "title": "تصویب طرح نشست",
        "title-en": "The plan is approved",
        "issuer": "شورای اسلامی شهر مشهد",
        "number": "۱۲۶/الف",
        "adopted_on": "۱۶ آبان ۱۴۰۰",
    },
    "framework": {
        "title": "چارچوب ارتباطات بین‌المللی",
        "title-en": "Framework of relations",
        "principle": "همکاری دولت",
        "owner": "شورای اسلامی شهر مشهد",
        "bodies-0-who": "وزارت امور خارجه",
        "bodies-0-role": "agent",
    },
    "term": {
        "name": "دورهٔ ششم",
        "name-en": "The sixth term",
        "organisation": "شورای اسلامی شهر مشهد",
        "number": "۶",
        "since": "۱۴۰۰",
    },
}


def main_text(kind: str) -> str:
    return "name" if kind == "term" else "title"


@pytest.mark.parametrize("kind", KINDS)
def test_one_is_entered_listed_and_corrected(as_role: AsRole, kind: str) -> None:
    staff, new, name = as_role("staff"), NEW[kind], main_text(kind)
    page = staff.follow(staff.post_form(f"/{kind}s/new", new))
    assert page.heading == new[name]
    assert page.main.get("data-kind") == kind
    for field in ("issuer", "owner", "help_from", "principle", "number", "organisation"):
        if field in new:
            assert new[field] in page.shown, field
    assert new[name] in as_role("council").get(f"/{kind}s/").shown
    assert staff.get(page.url, lang="en").heading == new[f"{name}-en"]
    form = staff.get(f"{page.url}/edit", lang="fa")
    held = filled_in(form.form())
    for field, value in new.items():
        if field not in ("number", "since"):
            assert held[field] == [value], field
    again = staff.follow(staff.post_form(form, {name: "عنوان تازه"}))
    assert again.heading == "عنوان تازه"
    stale = staff.post_form(form, {name: "عنوان من"}, status=409)
    assert "عنوان تازه" in stale.both_texts


@pytest.mark.parametrize("kind", KINDS)
def test_a_mistake_loses_nothing(as_role: AsRole, kind: str) -> None:
    staff, new, name = as_role("staff"), NEW[kind], main_text(kind)
    bad = {**new, name: "", f"{name}-en": ""}
    page = staff.post_form(f"/{kind}s/new", bad, status=422)
    assert page.alert
    held = filled_in(page.form())
    for field, value in bad.items():
        assert held[field] == [value], field


@pytest.mark.parametrize("kind", KINDS)
def test_sent_twice_it_is_made_once(as_role: AsRole, kind: str) -> None:
    staff = as_role("staff")
    page = staff.get(f"/{kind}s/new")
    sent = {**NEW[kind], "submission": str(uuid4())}
    assert staff.post_form(page, sent).location == staff.post_form(page, sent).location


@pytest.mark.parametrize("kind", KINDS)
def test_absent_and_forbidden_look_alike(app: Flask, as_role: AsRole, kind: str) -> None:
    with build.stored(app) as session:
        auditor = build.account(session, "auditor")
        hidden = getattr(build, kind)(session, auditor, {"fa": "پنهان"}, level=2)
    staff = as_role("staff")
    for address in (f"/{kind}s/{hidden.id}", f"/{kind}s/{uuid4()}"):
        for end in ("", "/edit"):
            staff.get(address + end, status=404)
    assert "پنهان" not in staff.get(f"/{kind}s/").text


def test_what_is_not_known_of_a_mandate_is_said_in_words(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        staff = build.account(session)
        event = build.meeting(
            session,
            staff,
            {"fa": "نشست شهرداران"},
            held_on=FuzzyDate.unknown(),
            state=MeetingState.SCHEDULED,
        )
        act = build.resolution(session, staff, {"fa": "تصویب طرح"})
        mandate = build.mandate(
            session, staff, {"fa": "برگزاری"}, event_id=event.id, resolution_id=act.id
        )
        build.action(session, staff, {"fa": "کار"}, mandate_id=mandate.id)
    page = as_role("council").get(f"/mandates/{mandate.id}")
    assert "پیشرفت: نامعلوم" in page.shown
    assert "تاریخ: نامعلوم؛ هنوز تعیین نشده" in page.shown
    assert "شماره: نامعلوم" in page.shown
    assert "معوق" not in page.shown
    assert f"/meetings/{event.id}" in page.links
    assert f"/resolutions/{act.id}" in page.links
    listed = as_role("council").get("/mandates/").shown
    assert "شمارهٔ نامعلوم" in listed
    assert f"/mandates/{mandate.id}" in as_role("staff").get(f"/resolutions/{act.id}").links


def test_it_is_filed_under_ties_and_memoranda(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        actor = build.account(session)
        tie = build.tie(session, actor, {"fa": "مشهد – اوش"})
        paper = build.memorandum(session, actor, {"fa": "تفاهم‌نامهٔ همکاری"})
    staff = as_role("staff")
    filed = {"filed_under-0-under": "مشهد – اوش"}
    page = staff.follow(staff.post_form("/mandates/new", {**NEW["mandate"], **filed}))
    assert f"/ties/{tie.id}" in page.links
    form = staff.get(f"{page.url}/edit")
    assert filled_in(form.form())["filed_under-0-under"] == ["مشهد – اوش"]
    page = staff.follow(
        staff.post_form(
            form,
            {"filed_under-0-under": "تفاهم‌نامهٔ همکاری", "filed_under-0-under-id": ""},
        )
    )
    assert f"/memoranda/{paper.id}" in page.links
    assert f"/ties/{tie.id}" not in page.links
    unheard = {**NEW["mandate"], "filed_under-0-under": "رابطه‌ای که نیست"}
    page = staff.post_form("/mandates/new", unheard, status=422)
    assert filled_in(page.form())["filed_under-0-under"] == ["رابطه‌ای که نیست"]


def test_unknown_progress_and_the_missing_report_stand_apart(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        mandate = build.mandate(session, build.account(session))
    for address in ("/mandates/", f"/mandates/{mandate.id}"):
        shown = as_role("staff").get(address, lang="en").shown
        assert "Completion: unknown · No report is recorded." in shown, address


def test_completion_is_five_stars(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        mandate = build.mandate(session, build.account(session), {"fa": "برگزاری"})
    staff = as_role("staff")
    staff.post_form(f"/mandates/{mandate.id}/edit", {"completion": "nearly done"})
    page = staff.get(f"/mandates/{mandate.id}")
    stars = [
        (use.get("href") or "").rpartition("#")[2] for use in page.all(".//*[@class='stars']//*")
    ]
    assert [each for each in stars if each.startswith("star")] == ["star-full"] * 4 + [
        "star-dashed"
    ]
    assert "۴ از ۵" in page.shown
    staff.post_form(f"/mandates/{mandate.id}/edit", {"completion": ""})
    with build.stored(app) as session:
        assert session.get_one(Mandate, mandate.id).completion is None


@pytest.mark.parametrize(
    ("completion", "due", "days"),
    [
        (None, FuzzyDate.unknown(), None),
        (None, FuzzyDate(build.REPORTED, None), None),
        (None, FuzzyDate.exact(build.TODAY), None),
        (None, FuzzyDate.exact(build.TODAY - timedelta(days=23)), 23),
        (Completion.STARTED, FuzzyDate.on_or_before(build.TODAY - timedelta(days=1)), 1),
        (Completion.DONE, FuzzyDate.exact(build.REPORTED), None),
    ],
)
def test_a_mandate_is_late_only_after_its_last_possible_day(
    completion: Completion | None, due: FuzzyDate, days: int | None
) -> None:
    assert overdue_days(completion, due, build.TODAY) == days


def test_each_state_of_a_framework_is_noted_once(app: Flask, as_role: AsRole) -> None:
    staff = as_role("staff")
    page = staff.follow(staff.post_form("/frameworks/new", NEW["framework"]))
    staff.post_form(f"{page.url}/edit", {"principle": "عاملیت وزارت"})
    staff.post_form(f"{page.url}/edit", {"state": "adopted", "state_on": "۱ آذر ۱۴۰۰"})
    page = staff.get(page.url)
    assert "۱ آذر ۱۴۰۰" in page.shown
    with build.stored(app) as session:
        changes = session.scalars(select(StateChange).order_by(StateChange.recorded_at)).all()
        assert [(c.source, c.target) for c in changes] == [
            ("", "drafting"),
            ("drafting", "adopted"),
        ]
        assert session.scalars(select(Involvement)).one().body_role is BodyRole.AGENT


def test_a_term_does_not_end_before_it_begins(as_role: AsRole) -> None:
    staff = as_role("staff")
    bad = {**NEW["term"], "since": "۱۴۰۰/۵/۱۴", "until": "۱۳۹۹/۵/۱۴"}
    assert staff.post_form("/terms/new", bad, status=422).alert


def test_names_above_the_clearance_are_left_out_and_stay(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        auditor = build.account(session, "auditor")
        body = build.organisation(session, auditor, {"fa": "نهاد پنهان"}, level=2)
        event = build.meeting(session, auditor, {"fa": "نشست پنهان"}, level=2)
        act = build.resolution(session, auditor, {"fa": "مصوبهٔ پنهان"}, level=2)
        term = build.term(session, auditor, {"fa": "دورهٔ پنهان"}, level=2)
        values: dict[str, Any] = {
            "owner_id": body.id,
            "help_from_id": body.id,
            "issuer_id": body.id,
            "event_id": event.id,
            "resolution_id": act.id,
            "term_id": term.id,
        }
        mandate = build.mandate(session, auditor, {"fa": "تکلیف"}, **values)
        tie = build.tie(session, auditor, {"fa": "رابطهٔ پنهان"}, level=2)
        build.filed(session, auditor, mandate, tie)
    assert "رابطهٔ پنهان" in as_role("auditor").get(f"/mandates/{mandate.id}").shown
    staff = as_role("staff")
    for address in ("/mandates/", f"/mandates/{mandate.id}", f"/mandates/{mandate.id}/edit"):
        assert "پنهان" not in staff.get(address).text, address
    staff.post_form(f"/mandates/{mandate.id}/edit", {"title": "تکلیف دیگر"})
    with build.stored(app) as session:
        kept = session.get_one(Mandate, mandate.id)
        assert {name: getattr(kept, name) for name in values} == values
        assert filed_ids(session, [mandate.id]) == {mandate.id: [tie.id]}


@pytest.mark.database("sqlite")
def test_costs_do_not_grow(app: Flask, app_engine: Engine, as_role: AsRole) -> None:
    staff = as_role("staff")
    costs = []
    for many in (2, 12):
        with build.stored(app) as session:
            actor = build.account(session)
            term = build.term(session, actor)
            act = build.resolution(session, actor, term_id=term.id)
            policy = build.framework(session, actor, term_id=term.id)
            for _ in range(many):
                build.resolution(session, actor)
                build.framework(session, actor)
                build.term(session, actor)
                body = build.organisation(session, actor)
                build.involvement(session, actor, policy, body)
                mandate = build.mandate(
                    session, actor, owner_id=body.id, resolution_id=act.id, term_id=term.id
                )
                build.filed(session, actor, mandate, build.tie(session, actor))
            for _ in range(many):
                build.action(session, actor, mandate_id=mandate.id)
        for obj in (mandate, act, policy, term):
            for address, most in ((f"/{obj.kind}s/", 3), (f"/{obj.kind}s/{obj.id}", 6)):
                staff.get(address)
                with counted(app_engine) as statements:
                    staff.get(address)
                asked = [each for each in statements if "user_sessions" not in each]
                assert len(asked) <= most, "\n\n".join(asked)
                costs.append(len(asked))
    assert costs[:8] == costs[8:]
