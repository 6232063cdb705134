"""People and posts: who held what when, names as printed, and what a reader may see."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import Engine, select

from tests import build
from tests.databases import counted
from tests.page import filled_in
from tests.serving import AsRole
from tracker.domain.access import Level
from tracker.domain.dates import FuzzyDate
from tracker.models import AuditEntry, Organisation, Person, Post, Tenure

if TYPE_CHECKING:
    from flask import Flask

SECRET = "قناری"
ARJAEI = {
    "name": "سیدعبدالله ارجائی",
    "name-en": "Seyed Abdollah Arjaei",
    "printed_names": "سیدعبدا... ارجائی\nارجائی",
    "tenures-0-post": "شهردار مشهد",
    "tenures-0-attested_on": "۱۶ آبان ۱۴۰۰",
    "inferred": "y",
    "reason": "خبر نام را کوتاه چاپ کرده است",
}


def tenures(app: Flask) -> list[Tenure]:
    with build.stored(app) as session:
        return list(session.scalars(select(Tenure).order_by(Tenure.position)))


def test_a_person_is_entered_with_a_post_made_in_place(as_role: AsRole, app: Flask) -> None:
    staff = as_role("staff")
    page = staff.follow(staff.post_form("/people/new", ARJAEI))
    assert page.heading == "سیدعبدالله ارجائی"
    for shown in (
        "سیدعبدا... ارجائی",
        "برداشت، نه نقل",
        "خبر نام را کوتاه چاپ کرده است",
        "شهردار مشهد",
        "۱۶ آبان ۱۴۰۰",
    ):
        assert shown in page.shown
    (tenure,) = tenures(app)
    assert tenure.attested_on.last == build.REPORTED
    assert tenure.since.is_unknown
    listed = staff.get("/people/")
    assert "شهردار مشهد" in listed.shown


def test_rows_grow_without_scripts_and_keep_their_identity(as_role: AsRole, app: Flask) -> None:
    staff = as_role("staff")
    person = staff.follow(staff.post_form("/people/new", ARJAEI)).url
    (first,) = tenures(app)
    page = staff.post_form(f"{person}/edit", press="add-row=tenures", status=200)
    staff.post_form(
        page,
        {"tenures-1-post": "شهردار نیشابور", "tenures-1-until": "۱۳۹۹", "tenures-0-since": "۱۴۰۰"},
    )
    now, before = tenures(app)
    assert (now.id, now.post_id) == (first.id, first.post_id)
    assert now.since.first is not None
    shown = staff.get(person).shown
    assert shown.index("شهردار مشهد") < shown.index("شهردار نیشابور")
    assert "شهردار نیشابور" not in staff.get("/people/").shown
    page = staff.post_form(f"{person}/edit", press="remove-row=tenures-0", status=200)
    staff.post_form(page)
    assert [tenure.id for tenure in tenures(app)] == [before.id]


def test_saving_without_a_change_changes_no_tenure(as_role: AsRole, app: Flask) -> None:
    staff = as_role("staff")
    person = staff.follow(staff.post_form("/people/new", ARJAEI)).url
    staff.post_form(f"{person}/edit")
    with build.stored(app) as session:
        actions = session.scalars(
            select(AuditEntry.action).where(AuditEntry.object_kind == "person")
        ).all()
    assert actions == ["created"]


def test_what_is_wrong_is_said_at_its_row(as_role: AsRole) -> None:
    staff = as_role("staff")
    wrong = {**ARJAEI, "tenures-0-since": "۱۴۰۰", "tenures-0-until": "۱۳۹۹"}
    page = staff.post_form("/people/new", wrong, status=422)
    (control,) = [e for e in page.main.iter() if e.get("id") == "tenures-0-until"]
    assert control.get("aria-invalid") == "true"
    assert filled_in(page.form())["tenures-0-attested_on"] == ["۱۶ آبان ۱۴۰۰"]
    page = staff.post_form("/people/new", {**ARJAEI, "tenures-0-post": ""}, status=422)
    assert page.alert
    no_such_day = {**ARJAEI, "tenures-0-since": "۳۰ اسفند ۱۴۰۰"}
    page = staff.post_form("/people/new", no_such_day, status=422)
    assert "۳۰ اسفند ۱۴۰۰" in page.alert


def test_a_post_that_the_editor_may_not_see_stays(as_role: AsRole, app: Flask) -> None:
    with build.stored(app) as session:
        actor = build.account(session, "auditor")
        person = build.person(session, actor, {"fa": "سعید خرازی"})
        hidden = build.post(session, actor, {"fa": SECRET}, level=Level.CONFIDENTIAL)
        build.tenure(session, actor, person, hidden)
    staff = as_role("staff")
    page = staff.get(f"/people/{person.id}/edit")
    assert SECRET not in page.text
    staff.post_form(page, {"tenures-0-post": "سفیر ایران در قرقیزستان"})
    assert len(tenures(app)) == 2
    assert SECRET not in staff.get(f"/people/{person.id}").text
    assert SECRET not in staff.get("/people/").text
    assert SECRET in as_role("auditor").get(f"/people/{person.id}").shown


def test_two_savers_of_one_person(as_role: AsRole) -> None:
    staff = as_role("staff")
    person = staff.follow(staff.post_form("/people/new", ARJAEI)).url
    old = staff.get(f"{person}/edit")
    staff.post_form(f"{person}/edit", {"aliases": "ارجایی"})
    page = staff.post_form(old, {"aliases": "ارجائي"}, status=409)
    assert "ارجایی" in page.shown
    staff.post_form(page)


def test_the_page_of_a_person_up_to_the_readers_level(as_role: AsRole, app: Flask) -> None:
    with build.stored(app) as session:
        actor = build.account(session)
        person = build.person(session, actor, {"fa": "سعید خرازی"})
        meeting = build.meeting(session, actor, {"fa": "دیدار شهردار با سفیر"})
        build.attendee(session, actor, meeting, person=person)
        build.statement(session, actor, {"fa": "آماده‌ایم."}, meeting=meeting, speaker=person)
        build.action(session, actor, {"fa": "پیگیری پرواز"}, owner=person)
        closed = build.meeting(session, actor, {"fa": SECRET}, level=Level.CONFIDENTIAL)
        build.attendee(session, actor, closed, person=person)
        build.statement(session, actor, {"fa": SECRET}, meeting=closed, speaker=person)
        build.action(session, actor, {"fa": SECRET}, owner=person, level=Level.CONFIDENTIAL)
    page = as_role("official").get(f"/people/{person.id}")
    for shown in ("دیدار شهردار با سفیر", "آماده‌ایم.", "پیگیری پرواز", "اظهارات این شخص ۱"):
        assert shown in page.shown
    assert SECRET not in page.text
    assert SECRET in as_role("auditor").get(f"/people/{person.id}").shown


def test_a_post_without_a_known_person_says_so(as_role: AsRole, app: Flask) -> None:
    staff = as_role("staff")
    page = staff.follow(
        staff.post_form(
            "/posts/new", {"title": "استاندار خراسان رضوی", "organisation": "استانداری"}
        )
    )
    assert page.main.get("data-kind") == "post"
    assert "نام نامعلوم" in page.shown
    assert "نام نامعلوم" in staff.get("/posts/").shown
    with build.stored(app) as session:
        (body,) = session.scalars(select(Organisation))
        (post,) = session.scalars(select(Post))
    assert body.name == {"fa": "استانداری"}
    assert post.organisation_id == body.id
    staff.post_form(f"/posts/{post.id}/edit", {"title": "استاندار"})
    assert staff.get(f"/posts/{post.id}").heading == "استاندار"


def test_a_post_names_its_present_and_its_former_holders(as_role: AsRole, app: Flask) -> None:
    with build.stored(app) as session:
        actor = build.account(session)
        post = build.post(session, actor, {"fa": "شهردار مشهد"})
        now, before, hidden = (
            build.person(session, actor, {"fa": name}, level=level)
            for name, level in (
                ("شهردار کنونی", Level.INTERNAL),
                ("شهردار پیشین", Level.INTERNAL),
                (SECRET, Level.CONFIDENTIAL),
            )
        )
        build.tenure(session, actor, now, post)
        build.tenure(session, actor, before, post, until=FuzzyDate.exact(build.REPORTED))
        build.tenure(session, actor, hidden, post)
    official = as_role("official")
    page = official.get(f"/posts/{post.id}")
    assert "دارندهٔ کنونیشهردار کنونی" in page.shown
    assert "شهردار پیشین" in page.shown
    assert SECRET not in page.text
    listed = official.get("/posts/")
    assert "شهردار کنونی" in listed.shown
    assert "شهردار پیشین" not in listed.shown
    assert SECRET not in listed.text


def test_absent_and_forbidden_ones_and_counts(
    as_role: AsRole, app: Flask, app_engine: Engine
) -> None:
    with build.stored(app) as session:
        actor = build.account(session)
        people: list[Person] = []
        for number in range(6):
            person = build.person(session, actor, f"Person {number}")
            build.tenure(session, actor, person, build.post(session, actor, f"Post {number}"))
            people.append(person)
        secret = build.person(session, actor, SECRET, level=Level.CONFIDENTIAL)
        hidden = build.post(session, actor, SECRET, level=Level.CONFIDENTIAL)
    official = as_role("official")
    for address in (f"/people/{secret.id}", f"/posts/{hidden.id}"):
        official.get(address, status=404)
    for address in (f"/people/{uuid4()}", f"/posts/{uuid4()}"):
        official.get(address, status=404)
    for address, most in (
        ("/people/", 3),
        ("/posts/", 3),
        (f"/people/{people[0].id}", 8),
        (f"/posts/{uuid4()}", 7),
    ):
        with counted(app_engine) as statements:
            official.get(address, status=None)
        assert len(statements) <= most, address
