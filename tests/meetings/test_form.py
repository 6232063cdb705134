"""Logging and correcting a meeting through its form, in a browser without scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from tests import build
from tests.page import JudgingClient, Page
from tests.serving import AsRole
from tracker.models import Action, AuditEntry, Meeting, Statement

if TYPE_CHECKING:
    from flask import Flask

TITLE = "دیدار شهردار مشهد با سفیر ایران در قرقیزستان"
SAID = (
    "ارجائی: آمادهٔ انعقاد تفاهم‌نامهٔ همکاری مشترک هستیم.\n"
    "شهردار مشهد: یکی از مشکلات، نبود پروازهای منظم است.\n"
    "خرازی: سفارت برای ارتباطات بیشتر آماده است."
)
SEED = {
    "title": TITLE,
    "held_on": "تا ۱۶ آبان ۱۴۰۰",
    "kind": "courtesy call",
    "ours-0-who": "سیدعبدالله ارجائی، شهردار مشهد",
    "ours-1-who": "مهدی ناصحی، نایب‌رئیس شورای اسلامی شهر مشهد",
    "ours-2-who": "جمعی از اعضای شورای اسلامی شهر",
    "theirs-0-who": "سعید خرازی، سفیر ایران در قرقیزستان",
    "said": SAID,
    "actions-0-text": "برگزاری نشست شهرداران در مشهد",
    "actions-0-owner": "شهرداری مشهد",
    "actions-0-due": "نامعلوم",
    "actions-1-text": "همکاری برای منظم‌شدن پروازها",
    "actions-1-owner": "شهرداری مشهد",
    "actions-1-due": "۱۴۰۰/۱۲/۱",
}


def with_rows(staff: JudgingClient) -> Page:
    """The empty form with the rows that the seed needs, added by the buttons of the form."""
    page = staff.get("/meetings/new")
    for press in ("add-row=ours", "add-row=ours", "add-row=actions"):
        page = staff.post_form(page, press=press, status=200)
    return page


def test_the_seed_is_logged_without_scripts(as_role: AsRole) -> None:
    staff = as_role("staff")
    page = staff.follow(staff.post_form(with_rows(staff), SEED))
    assert page.heading == TITLE
    shown = page.shown
    assert "تاریخ دیدار: نامعلوم (۱۶ آبان ۱۴۰۰ یا پیش از آن)" in shown
    assert "محل: نامعلوم" in shown
    assert "اظهارات ۳" in shown
    # Grouped by speaker, whose name was told by family name, by post, and by family name.
    said = shown.partition("اظهارات ۳")[2]
    assert said.count("سیدعبدالله ارجائی") == 2  # the group of his two sayings, and who attended
    assert "ارجائی:" not in said
    assert said.index("آمادهٔ انعقاد") < said.index("یکی از مشکلات") < said.index("سفارت برای")
    assert "نام‌ها و شمار: نامعلوم" in shown
    assert "تصمیمی برای این جلسه ثبت نشده است" in shown
    assert "معوق" in shown  # the second action was due on 1 Esfand 1400
    assert len(page.all(".//tbody/tr")) == 2


def test_rows_are_added_and_removed_by_the_server(as_role: AsRole) -> None:
    staff = as_role("staff")
    page = staff.post_form(
        "/meetings/new",
        {"title": TITLE, "actions-0-text": "نخست"},
        press="add-row=actions",
        status=200,
    )
    page = staff.post_form(
        page, {"actions-1-text": "دوم"}, press="remove-row=actions-0", status=200
    )
    held = values_of(page)
    assert held["title"] == TITLE
    assert [v for name, v in held.items() if re.fullmatch(r"actions-\d-text", name)] == ["دوم"]


def test_a_form_sent_twice_makes_one_meeting(app: Flask, as_role: AsRole) -> None:
    staff = as_role("staff")
    page = staff.get("/meetings/new")
    sent = {"title": TITLE, "submission": str(uuid4()), "said": "یک گفته"}
    first = staff.post_form(page, sent)
    second = staff.post_form(page, sent)
    assert first.location == second.location
    with build.stored(app) as session:
        assert session.scalar(select(func.count(Meeting.id))) == 1
        assert session.scalar(select(func.count(Statement.id))) == 1


BAD: list[tuple[dict[str, str], str, str]] = [
    ({"title": ""}, "«عنوان» را وارد کنید", "Title is needed"),
    ({"title": "د" * 301}, "۱ نویسه بیش", "1 too long"),
    ({"said": "گ" * 20_001}, "۱ نویسه بیش", "1 too long"),
    ({"held_on": "۳۰ اسفند ۱۴۰۰"}, "۲۹ روز دارد", "has 29 days"),
    ({"held_on": "0000/01/01"}, "", "0"),
    ({"held_on": "1400/13/01"}, "۱۳", "13"),
    ({"title": "دیدار \u202eوارونه"}, "تغییر جهت", "direction control"),
    ({"title": "دیدار\0"}, "", "null character"),
    ({"note": "یادداشت\0"}, "", "null character"),
    ({"filed_under": "x", "filed_under-id": "tie:not-a-uuid"}, "", "choose it again"),
    ({"filed_under": "tie:0190"}, "", "on record"),
    ({"actions-0-due": "۳۱ مهر ۱۴۰۰", "actions-0-text": "کاری"}, "", "has 30 days"),
    ({"actions-0-owner": "کسی"}, "", "Say what is to be done"),
    ({"starts_at": "25:00"}, "", "hour of the day"),
    ({"starts_at": "11:00", "ends_at": "10:00"}, "", "before the start"),
    ({"held_on": "فردا"}, "", "still to come"),
]


@pytest.mark.parametrize("tag", ["fa", "en"])
def test_a_mistake_is_said_and_nothing_is_lost(as_role: AsRole, tag: str) -> None:
    staff = as_role("staff")
    empty = staff.get("/meetings/new", lang=tag)
    for bad, in_persian, in_english in BAD:
        kept = {"title": TITLE, "said": "خرازی: آماده‌ایم", "theirs-0-who": "سعید خرازی", **bad}
        page = staff.post_form(empty, kept, status=422)
        assert (in_persian if tag == "fa" else in_english) in page.alert
        held = values_of(page)
        for name, value in kept.items():
            if not name.endswith("-id"):
                assert held[name] == value.replace("\0", ""), name
    assert TITLE not in staff.get("/meetings/").shown


def test_mistakes_are_counted(as_role: AsRole) -> None:
    bad = {"title": TITLE, "held_on": "۳۰ اسفند ۱۴۰۰", "starts_at": "25:00"}
    assert "۲ مورد نیاز به اصلاح دارد" in (
        as_role("staff").post_form("/meetings/new", bad, status=422).alert
    )


def test_a_name_that_several_bear_is_refused_at_its_row(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        staff = build.account(session)
        people = [build.person(session, staff, {"fa": "سعید خرازی"}) for _ in range(2)]
    client = as_role("staff")
    typed = {"title": TITLE, "theirs-0-who": "سعید خرازی", "said": "خرازی: آماده‌ایم"}
    page = client.post_form("/meetings/new", typed, status=422)
    assert "#theirs-0-who" in {a.get("href") for a in page.all(".//a")}
    assert values_of(page)["said"] == typed["said"]
    chosen = client.post_form(page, {"theirs-0-who-id": f"person:{people[1].id}"})
    assert f"/people/{people[1].id}" in client.follow(chosen).links


def test_a_day_that_is_not_offers_both_neighbours(as_role: AsRole) -> None:
    staff = as_role("staff")
    page = staff.post_form(
        "/meetings/new", {"title": TITLE, "held_on": "۳۰ اسفند ۱۴۰۰"}, status=422
    )
    chips = [b.get("data-date-chip") for b in page.all(".//button") if b.get("data-date-chip")]
    assert chips == ["۲۹ اسفند ۱۴۰۰", "۱ فروردین ۱۴۰۱"]
    # Without scripts the button is sent behind the field of the same name.
    pressed = ["۳۰ اسفند ۱۴۰۰", chips[0]]
    saved = staff.follow(staff.post_form(page, {"held_on": pressed}))
    assert chips[0] in saved.shown


def test_a_doubtful_day_is_saved_and_told(as_role: AsRole) -> None:
    staff = as_role("staff")
    typed = {"title": TITLE, "held_on": "دوشنبه ۱۶ آبان ۱۴۰۰", "actions-0-text": "پیگیری"}
    saved = staff.post_form("/meetings/new", typed | {"actions-0-due": "۲۱ آبان ۱۴۰۰"})
    shown = staff.follow(saved).shown
    assert "این روز یکشنبه است" in shown
    assert "مهلت: این روز جمعه و تعطیل است" in shown


def test_a_form_opened_from_nowhere_is_not_found(as_role: AsRole) -> None:
    staff = as_role("staff")
    for asked in ("tie:nonsense", "tie:", "person:x", str(uuid4()), f"tie:{uuid4()}"):
        for tag in ("fa", "en"):
            staff.get("/meetings/new", status=404, filed_under=asked, lang=tag)


def test_the_form_is_for_those_who_record(as_role: AsRole) -> None:
    as_role("official").get("/meetings/new", status=403)


def test_a_tie_that_one_came_from_is_filled_in_and_shown_beside(
    app: Flask, as_role: AsRole
) -> None:
    with build.stored(app) as session:
        staff = build.account(session)
        tie = build.tie(session, staff, {"fa": "مشهد – استان اوش"})
        build.obstacle(session, staff, {"fa": "نبود پروازهای منظم"}, filed_under=tie)
        earlier = build.meeting(session, staff, {"fa": "دیدار پیشین ما"}, filed_under=tie)
        build.action(session, staff, {"fa": "نامه به سفارت"}, meeting=earlier)
        build.memorandum(session, staff, {"fa": "تفاهم‌نامهٔ دیگر"})
        paper = build.memorandum(session, staff, {"fa": "همکاری مشترک"})
        build.filed(session, staff, paper, tie)
        ambassador = build.post(session, staff, {"fa": "سفیر ایران"})
        build.involvement(session, staff, tie, ambassador)
    page = as_role("staff").get("/meetings/new", filed_under=f"tie:{tie.id}")
    for words in (
        "نبود پروازهای منظم",
        "نامه به سفارت",
        "همکاری مشترک",
        "سفیر ایران",
        "دیدار پیشین ما",
    ):
        assert words in page.shown
    assert "تفاهم‌نامهٔ دیگر" not in page.shown
    assert values_of(page)["filed_under-id"] == f"tie:{tie.id}"
    staff = as_role("staff")
    page = staff.follow(staff.post_form(page_of(staff, tie.id), {"title": TITLE}))
    assert f"/ties/{tie.id}" in page.links
    assert f"/ties/{tie.id}/briefing.pdf?lang=fa" in page.links


def page_of(client: JudgingClient, tie_id: object) -> Page:
    return client.get("/meetings/new", filed_under=f"tie:{tie_id}")


def values_of(page: Page) -> dict[str, str]:
    """What the controls of the page hold, by name."""
    held = {}
    for element in page.main.iter():
        name = element.get("name") if isinstance(element.tag, str) else None
        if not name:
            continue
        if element.tag == "textarea":
            held[name] = (element.text or "").removeprefix("\n")
        elif element.tag == "input":
            held.setdefault(name, element.get("value", ""))
    return held


def test_correcting_keeps_what_was_recorded(app: Flask, as_role: AsRole) -> None:
    staff = as_role("staff")
    shown = staff.follow(staff.post_form(with_rows(staff), SEED))
    page = staff.get(f"{shown.url}/edit")
    held = values_of(page)
    assert held["held_on"] == "تا ۱۶ آبان ۱۴۰۰"
    assert held["ours-0-who"] == "سیدعبدالله ارجائی، شهردار مشهد"
    assert held["ours-0-who-id"].startswith("person:")
    assert held["ours-2-who"] == "جمعی از اعضای شورای اسلامی شهر"
    assert held["said"] == ""
    assert "سفارت برای ارتباطات بیشتر" in page.shown
    again = staff.follow(
        staff.post_form(
            page,
            {"held_on": "۱۵ آبان ۱۴۰۰", "said": "ناصحی: شورا پشتیبان است.", "decisions": "ادامه"},
        )
    )
    assert "اظهارات ۴" in again.shown
    assert "۱۵ آبان ۱۴۰۰ (۶ نوامبر ۲۰۲۱)" in again.shown
    assert "تصمیم‌ها ۱ ادامه" in again.shown
    with build.stored(app) as session:
        assert session.scalar(select(func.count(Action.id))) == 2
        days = {s.happened_on.last for s in session.scalars(select(Statement))}
        assert len(days) == 1
        edits = session.scalars(
            select(AuditEntry.action).where(AuditEntry.object_kind == "meeting")
        ).all()
        assert edits == ["created", "changed"]


def test_a_stale_edit_shows_both_texts(as_role: AsRole) -> None:
    staff = as_role("staff")
    shown = staff.follow(staff.post_form("/meetings/new", {"title": TITLE}))
    page = staff.get(f"{shown.url}/edit")
    staff.post_form(page, {"title": "عنوان همکار"})
    stale = staff.post_form(page, {"title": "عنوان من", "submission": str(uuid4())}, status=409)
    assert "عنوان همکار" in stale.both_texts
    assert "عنوان من" in stale.both_texts
    staff.post_form(stale)
    assert staff.get(shown.url).heading == "عنوان من"


def test_a_language_that_was_not_sent_stays(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        meeting = build.meeting(session, build.account(session), {"fa": "دیدار", "en": "A call"})
    staff = as_role("staff")
    page = staff.get(f"/meetings/{meeting.id}/edit")
    sent = {"title": "دیدار تازه", "version": "1", "csrf_token": page.token}
    assert staff.follow(staff.post(page.url, sent)).heading == "دیدار تازه"
    assert staff.get(f"/meetings/{meeting.id}", lang="en").heading == "A call"


def test_what_is_absent_and_what_is_forbidden_look_alike(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        meeting = build.meeting(
            session, build.account(session, "auditor"), {"fa": "محرمانه"}, level=2
        )
    staff = as_role("staff")
    for address in (f"/meetings/{meeting.id}", f"/meetings/{uuid4()}"):
        for end in ("", "/edit"):
            staff.get(address + end, status=404)
    assert "محرمانه" not in staff.get("/meetings/").shown
