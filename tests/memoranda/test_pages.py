"""The pages and the form of memoranda."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import Engine

from tests import build
from tests.databases import counted
from tests.serving import AsRole
from tracker.domain.access import Level
from tracker.domain.dates import FuzzyDate
from tracker.domain.memoranda import Side, Stage
from tracker.domain.places import PlaceLevel
from tracker.models import Memorandum

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy.orm import Session

    from tracker.domain.access import Actor

MOST_OF_A_LIST = 2 + 1
MOST_OF_A_PAGE = 7 + 1


def told(session: Session, staff: Actor) -> Memorandum:
    """The memorandum that was proposed between a municipality and a country."""
    municipality = build.organisation(
        session, staff, {"fa": "شهرداری مشهد", "en": "Municipality of Mashhad"}
    )
    country = build.place(
        session, staff, {"fa": "قرقیزستان", "en": "Kyrgyzstan"}, PlaceLevel.COUNTRY
    )
    tie = build.tie(session, staff, {"fa": "مشهد – استان اوش", "en": "Mashhad – Osh province"})
    memorandum = build.memorandum(
        session,
        staff,
        {"fa": "همکاری مشترک", "en": "Joint cooperation"},
        ours=municipality,
        theirs=country,
        staged_on=build.BY_THEN,
        subjects=[{"fa": "خدمات فنی", "en": "Technical services"}],
        scope={"fa": "شهر قرقیزستان", "en": "cities of Kyrgyzstan"},
        scope_min=2,
        scope_max=3,
    )
    build.filed(session, staff, memorandum, tie, inferred=True, reason={"en": "same talks"})
    ours = build.commitment(
        session,
        staff,
        memorandum,
        {"fa": "توسعهٔ زیرساخت‌ها", "en": "To develop infrastructure"},
        quantity_min=2,
        quantity_max=3,
        unit={"fa": "شهر", "en": "cities"},
    )
    build.commitment(
        session,
        staff,
        memorandum,
        {"fa": "ظرفیت‌های کشاورزی", "en": "Capacities of farming"},
        Side.THEIRS,
        in_exchange_for_id=ours.id,
        emphasis={"fa": "به‌ویژه نهاده‌ها", "en": "especially inputs"},
    )
    meeting = build.meeting(session, staff, {"fa": "دیدار", "en": "The call"}, memorandum)
    source = build.source(session, staff, {"fa": "خبر", "en": "The news item"})
    speaker = build.person(session, staff, {"fa": "سعید خرازی", "en": "Saeed Kharrazi"})
    build.statement(
        session, staff, {"fa": "آماده‌ایم.", "en": "We are ready."}, meeting, source, speaker
    )
    build.citation(session, staff, memorandum, source)
    build.obstacle(session, staff, {"fa": "نبود پرواز", "en": "No flights"}, memorandum)
    build.action(session, staff, {"fa": "پیگیری", "en": "Follow it up"}, speaker, meeting)
    return memorandum


def test_page_says_everything_in_both_languages(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        memorandum = told(session, build.account(session))
    staff = as_role("staff")
    english = staff.get(f"/memoranda/{memorandum.id}", lang="en").shown
    for words in (
        "Joint cooperation",
        "Technical services",
        "2 to 3 cities",
        "in exchange for: To develop infrastructure",
        "especially inputs",
        "not computed",
        "2 to 3 cities of Kyrgyzstan",
        "not yet determined",
        "inferred, not quoted",
        "same talks",
        "No flights",
        "Follow it up",
        "We are ready.",
        "The news item",
    ):
        assert words in english, words
    persian = staff.get(f"/memoranda/{memorandum.id}", lang="fa").shown
    for words in ("پیشنهادشده", "۲ تا ۳ شهر", "در ازای", "تعهدات متقابل", "هنوز تعیین نشده"):
        assert words in persian, words


def test_nothing_known_is_said_to_be_unknown(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        memorandum = build.memorandum(session, build.account(session), "Bare")
    shown = as_role("official").get(f"/memoranda/{memorandum.id}", lang="en").shown
    assert shown.count("unknown") >= 4
    assert "cannot be measured" in shown
    assert "No meeting is filed under this memorandum" in shown


def test_page_leaves_out_what_the_reader_may_not_see(app: Flask, as_role: AsRole) -> None:
    canary = "Canary that nobody below may read"
    with build.stored(app) as session:
        staff = build.account(session)
        auditor = build.account(session, "auditor")
        memorandum = told(session, staff)
        quiet = Level.CONFIDENTIAL
        build.commitment(session, auditor, memorandum, f"{canary} promise", level=quiet)
        tie = build.tie(session, auditor, f"{canary} tie", level=quiet)
        build.filed(session, auditor, memorandum, tie)
        build.obstacle(session, auditor, f"{canary} obstacle", memorandum, level=quiet)
        secret = build.meeting(session, auditor, f"{canary} meeting", memorandum, level=quiet)
        build.statement(session, auditor, f"{canary} statement", secret)
        build.action(session, auditor, f"{canary} action", meeting=secret)
        source = build.source(session, auditor, f"{canary} source", level=quiet)
        build.citation(session, auditor, memorandum, source)
        hidden = build.memorandum(session, auditor, f"{canary} memorandum", level=quiet)
        promise = build.commitment(session, auditor, hidden, f"{canary} of it")
    for role in ("staff", "approver", "official", "council"):
        reader = as_role(role)
        for address in (f"/memoranda/{memorandum.id}", "/memoranda/"):
            assert canary not in reader.get(address).text, f"{role} {address}"
        reader.get(f"/memoranda/{hidden.id}", status=404)
        reader.get(f"/commitments/{promise.id}", status=404)
    assert canary in as_role("auditor").get(f"/memoranda/{memorandum.id}").text


def test_commitment_leads_to_its_place_on_the_page(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        staff_actor = build.account(session)
        memorandum = build.memorandum(session, staff_actor)
        promise = build.commitment(session, staff_actor, memorandum)
    staff = as_role("staff")
    there = staff.get(f"/commitments/{promise.id}", status=303)
    assert there.location == f"/memoranda/{memorandum.id}#commitment-{promise.id}"
    page = staff.get(f"/memoranda/{memorandum.id}")
    assert page.all(f".//*[@id='commitment-{promise.id}']")
    staff.get(f"/commitments/{uuid4()}", status=404)


def test_list_is_filtered_by_the_words_of_the_path(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        staff_actor = build.account(session)
        told(session, staff_actor)
        build.memorandum(session, staff_actor, "A finished one", stage=Stage.COMPLETED)
    staff = as_role("staff")
    everything = staff.get("/memoranda/", lang="en").shown
    assert "Municipality of Mashhad – Kyrgyzstan" in everything
    assert "Technical services" in everything
    done = staff.get("/memoranda/", stage="in force").shown
    assert "A finished one" in done
    assert "Joint cooperation" not in done
    assert "No memorandum is at this stage" in staff.get("/memoranda/", stage="in review").shown


def test_list_has_pages(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        staff_actor = build.account(session)
        for _number in range(51):
            build.memorandum(session, staff_actor)
    first = as_role("staff").get("/memoranda/")
    assert len(first.all(".//tr[@data-id]")) == 50
    older = next(link for link in first.links if "after=" in link)
    assert len(as_role("staff").get(older).all(".//tr[@data-id]")) == 1


def test_statements_do_not_grow_with_the_rows(
    app: Flask, app_engine: Engine, as_role: AsRole
) -> None:
    with build.stored(app) as session:
        staff_actor = build.account(session)
        memorandum = told(session, staff_actor)
    staff = as_role("staff")
    staff.get("/memoranda/")
    counts = []
    for _round in range(2):
        with counted(app_engine) as listed:
            staff.get("/memoranda/")
        with counted(app_engine) as shown:
            staff.get(f"/memoranda/{memorandum.id}")
        assert len(listed) <= MOST_OF_A_LIST, listed
        assert len(shown) <= MOST_OF_A_PAGE, shown
        counts.append((len(listed), len(shown)))
        with build.stored(app) as session:
            for number in range(4):
                meeting = build.meeting(session, staff_actor, f"Call {number}", memorandum)
                paper = build.source(session, staff_actor, f"Paper {number}")
                build.statement(session, staff_actor, "Said", meeting, paper)
                build.action(session, staff_actor, "Do it", meeting=meeting)
                build.commitment(session, staff_actor, memorandum, f"Promise {number}")
                told(session, staff_actor)
    assert counts[0] == counts[1]


def test_memorandum_is_entered_and_corrected(as_role: AsRole) -> None:
    staff = as_role("staff")
    saved = staff.post_form(
        staff.get("/memoranda/new"),
        {
            "title": "تفاهم‌نامهٔ همکاری مشترک",
            "parties-1-who": "قرقیزستان",
            "staged_on": "تا ۱۶ آبان ۱۴۰۰",
            "subjects-0-text": "خدمات فنی و مهندسی",
            "scope_min": "۲",
            "scope_max": "۳",
            "commitments-0-text": "توسعهٔ زیرساخت‌ها",
            "commitments-0-quantity_min": "۲",
            "commitments-0-quantity_max": "۳",
            "commitments-0-unit": "شهر",
        },
    )
    page = staff.follow(saved)
    assert page.heading == "تفاهم‌نامهٔ همکاری مشترک"
    for words in ("۲ تا ۳ شهر", "۱۶ آبان ۱۴۰۰ یا پیش از آن", "خدمات فنی و مهندسی"):
        assert words in page.shown, words
    grown = staff.post_form(f"{saved.location}/edit", press="add-row=commitments", status=200)
    again = staff.post_form(
        grown,
        {
            "commitments-1-side": "theirs",
            "commitments-1-text": "ظرفیت‌های کشاورزی",
            "commitments-1-answers": "۱",
        },
    )
    shown = staff.follow(again).shown
    assert "در ازای: توسعهٔ زیرساخت‌ها" in shown
    fewer = staff.post_form(f"{saved.location}/edit", press="remove-row=commitments-0", status=200)
    staff.post_form(fewer)
    assert "توسعهٔ زیرساخت‌ها" not in staff.get(saved.location or "").shown


def test_removed_row_takes_its_number_along(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        staff_actor = build.account(session)
        memorandum = build.memorandum(session, staff_actor)
        first = build.commitment(session, staff_actor, memorandum, "First")
        second = build.commitment(session, staff_actor, memorandum, "Second", position=1)
        for number, answered in ((2, first), (3, second)):
            build.commitment(
                session,
                staff_actor,
                memorandum,
                f"Answers {answered.text['en']}",
                Side.THEIRS,
                position=number,
                in_exchange_for_id=answered.id,
            )
    staff = as_role("staff")
    edit = staff.get(f"/memoranda/{memorandum.id}/edit", lang="en")
    fewer = staff.post_form(edit, press="remove-row=commitments-0", status=200)
    shown = staff.follow(staff.post_form(fewer)).shown
    assert shown.count("in exchange for:") == 1
    assert "in exchange for: Second" in shown


def test_refusal_keeps_what_was_typed(as_role: AsRole) -> None:
    staff = as_role("staff")
    form = staff.get("/memoranda/new", lang="en")
    untitled = staff.post_form(form, {"reference_no": "No. 12 of old"}, status=422)
    assert "Title" in untitled.alert
    assert "No. 12 of old" in untitled.text
    wrong = staff.post_form(
        form,
        {"title": "A title", "commitments-0-text": "Give", "commitments-0-answers": "9"},
        status=422,
    )
    assert "There is no commitment with this number." in wrong.alert
    empty = staff.post_form(
        form, {"title": "A title", "commitments-0-quantity_min": "4"}, status=422
    )
    assert "Say what is promised" in empty.alert


def test_stale_form_shows_both(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        memorandum = told(session, build.account(session))
    one, other = as_role("staff"), as_role("approver")
    first = one.get(f"/memoranda/{memorandum.id}/edit", lang="en")
    second = other.get(f"/memoranda/{memorandum.id}/edit", lang="en")
    one.post_form(first, {"reference_no": "12/mine"})
    page = other.post_form(second, {"reference_no": "12/theirs"}, status=409)
    assert "12/mine" in page.both_texts
    assert "12/theirs" in page.text


def test_steps_are_taken_and_refused(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        memorandum = told(session, build.account(session))
    address = f"/memoranda/{memorandum.id}"
    staff = as_role("staff")
    page = staff.get(address, lang="en")
    send = {"csrf_token": page.token, "version": str(memorandum.version)}
    refused = staff.post(f"{address}/move", {**send, "move": "reject", "reason": "No"}, status=422)
    assert "Your role does not take this step." in refused.alert
    moved = staff.post(f"{address}/move", {**send, "move": "draft", "effective_on": "1400/9/1"})
    shown = staff.follow(moved).shown
    assert "drafting" in shown
    assert "22 November 2021" in shown
    as_role("official").post(
        f"{address}/move", {**send, "csrf_token": as_role("official").token("/")}, status=None
    )
    assert "drafting" in staff.get(address).shown


def test_path_keeps_how_far_a_withdrawn_one_came(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        memorandum = told(session, build.account(session))
    staff = as_role("staff")
    address = f"/memoranda/{memorandum.id}"
    staff.get(address, lang="en")
    version = memorandum.version
    for step in ({"move": "draft"}, {"move": "withdraw", "reason": "They asked for it"}):
        token = staff.get(address).token
        staff.post(f"{address}/move", {"csrf_token": token, "version": str(version), **step})
        version += 1
    page = staff.get(address, lang="en")
    stopped = page.all(".//li[@aria-current='step']")
    assert ["Drafting" in "".join(li.itertext()) for li in stopped] == [True]
    assert "They asked for it" in page.shown


def test_dates_of_the_future_are_ahead(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        staff_actor = build.account(session)
        memorandum = told(session, staff_actor)
        day = FuzzyDate.exact(build.TODAY.replace(year=2099))
        build.meeting(session, staff_actor, "To come", memorandum, held_on=day, state="scheduled")
    page = as_role("staff").get(f"/memoranda/{memorandum.id}", lang="en")
    events = ["".join(li.itertext()) for li in page.all(".//ol[@class='timeline']/li")]
    assert "To come" in events[0]
    assert events[1].startswith("Today")
