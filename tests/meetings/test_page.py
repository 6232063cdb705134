"""The page of a meeting: what it shows to whom, what it suggests, and the steps it offers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests import build
from tests.databases import counted
from tests.serving import AsRole
from tracker.domain.access import Actor, Level
from tracker.domain.bodies import OrganisationKind
from tracker.domain.dates import FuzzyDate
from tracker.domain.meetings import DelegationRole, MeetingState
from tracker.domain.memoranda import Side
from tracker.domain.statements import Modality, StatementKind, Strength
from tracker.meetings.queries import meeting_page, panel_of
from tracker.models import Meeting

if TYPE_CHECKING:
    from flask import Flask


@pytest.fixture
def staff(session: Session) -> Actor:
    return build.account(session)


def full(session: Session, actor: Actor, rows: int = 3) -> Meeting:
    """A meeting with everything that its page can show, `rows` of each."""
    ours, theirs = build.place(session, actor, "Mashhad"), build.place(session, actor)
    tie = build.tie(session, actor, ours=ours, theirs=theirs)
    paper = build.memorandum(session, actor)
    source = build.source(session, actor)
    meeting = build.meeting(
        session, actor, filed_under=(tie, paper), source_id=source.id, place_id=ours.id
    )
    obstacle = build.obstacle(session, actor, filed_under=tie)
    for n in range(rows):
        person = build.person(session, actor, f"Person {n}")
        post = build.post(session, actor, f"Post {n}")
        build.attendee(session, actor, meeting, person, post)
        build.decision(session, actor, meeting, f"Decision {n}", position=n)
        build.statement(session, actor, f"Saying {n}", meeting, source, person, post, position=n)
        build.action(
            session, actor, f"Action {n}", person, meeting, position=n, obstacle_id=obstacle.id
        )
    return meeting


def test_the_page_asks_the_database_six_times_however_much_it_shows(
    session: Session, staff: Actor, engine: Engine
) -> None:
    counts = []
    for rows in (2, 7):
        meeting = full(session, staff, rows)
        session.expunge_all()
        with counted(engine) as seen:
            page = meeting_page(session, staff, meeting.id)
        assert page.statement_count == len(page.decisions) == len(page.actions) == rows
        assert len(page.present) == rows
        counts.append(len(seen))
    assert counts == [6, 6]


def test_what_it_rests_on_stands_beside_it(session: Session, staff: Actor) -> None:
    page = meeting_page(session, staff, full(session, staff).id)
    assert [tie.title["en"] for tie in page.beside.ties] == ["Mashhad – Osh province"]
    assert [paper.title["en"] for paper in page.beside.memoranda] == ["Joint cooperation"]
    assert [obstacle.title["en"] for obstacle in page.beside.obstacles] == ["No regular flights"]
    assert page.beside.suggested == ()
    assert [source.title["en"] for source in page.notes.sources] == ["A report in the news"]
    assert page.notes.number(page.notes.sources[0].id) == 1
    assert page.notes.number(None) is None


def test_statements_stand_under_their_speakers(session: Session, staff: Actor) -> None:
    meeting = build.meeting(session, staff, state=MeetingState.MINUTES_APPROVED)
    mayor, guest = build.person(session, staff, "Mayor"), build.person(session, staff, "Guest")
    said = (("a", None), ("b", mayor), ("c", guest), ("d", mayor))
    for position, (text, speaker) in enumerate(said):
        build.statement(session, staff, text, meeting, speaker=speaker, position=position)
    page = meeting_page(session, staff, meeting.id)
    assert [
        (speaker.name and speaker.name["en"], [line.text["en"] for line in speaker.statements])
        for speaker in page.speakers
    ] == [("Mayor", ["b", "d"]), ("Guest", ["c"]), (None, ["a"])]
    assert page.speakers[0].statements[0].strength is Strength.MINUTED


def test_what_the_reader_may_not_see_is_not_there(session: Session, staff: Actor) -> None:
    auditor = build.account(session, "auditor")
    secret = Level.CONFIDENTIAL
    place = build.place(session, auditor, "Secret place", level=secret)
    source = build.source(session, auditor, "Secret source", level=secret)
    meeting = build.meeting(session, staff, place_id=place.id, source_id=source.id)
    person = build.person(session, auditor, "Secret person", level=secret)
    build.attendee(session, auditor, meeting, person)
    build.statement(session, auditor, "Secret saying", meeting, level=secret)
    build.action(session, auditor, "Secret action", meeting=meeting, level=secret)
    page = meeting_page(session, staff, meeting.id)
    assert (page.present, page.speakers, page.actions, page.notes.sources) == ((), (), (), ())
    assert page.place is None
    for_auditor = meeting_page(session, auditor, meeting.id)
    assert len(for_auditor.present) == len(for_auditor.speakers) == len(for_auditor.actions) == 1
    assert for_auditor.place == {"en": "Secret place"}


def test_a_tie_is_suggested_from_who_attended(session: Session, staff: Actor) -> None:
    embassy = build.organisation(session, staff, "Embassy", OrganisationKind.EMBASSY)
    post = build.post(session, staff, "Ambassador", embassy)
    person = build.person(session, staff)
    of_embassy = build.tie(session, staff, "A tie of the embassy")
    build.involvement(session, staff, of_embassy, embassy)
    met = build.tie(session, staff, "B tie of an earlier meeting")
    earlier = build.meeting(session, staff, filed_under=met)
    build.attendee(session, staff, earlier, person, side=Side.THEIRS)
    build.tie(session, staff, "C tie of nobody")
    build.tie(session, staff, "D secret tie", theirs=embassy, level=Level.CONFIDENTIAL)
    meeting = build.meeting(session, staff)
    build.attendee(session, staff, meeting, person, post, Side.THEIRS, organisation_id=embassy.id)
    colleague = build.account(session)
    page = meeting_page(session, colleague, meeting.id)
    assert [tie.title["en"][0] for tie in page.beside.suggested] == ["A", "B"]
    official = build.account(session, "official")
    assert meeting_page(session, official, meeting.id).beside.suggested == ()
    build.filed(session, staff, meeting, met)
    assert meeting_page(session, staff, meeting.id).beside.suggested == ()


def test_the_panel_holds_what_is_open(session: Session, staff: Actor) -> None:
    tie = build.tie(session, staff)
    meeting = full(session, staff)
    panel = panel_of(session, staff, tie.title, tie.id)
    assert panel.nothing_open
    assert panel.previous is None
    ties = meeting_page(session, staff, meeting.id).beside.ties
    panel = panel_of(session, staff, tie.title, ties[0].id)
    assert len(panel.actions) == 3
    assert len(panel.obstacles) == 1
    assert panel.previous is not None
    assert panel.previous.id == meeting.id


def test_no_tie_is_suggested_from_a_meeting_that_is_not_for_the_reader(
    session: Session, staff: Actor
) -> None:
    tie, person = build.tie(session, staff), build.person(session, staff)
    auditor = build.account(session, "auditor")
    secret = build.meeting(session, auditor, filed_under=tie, level=Level.CONFIDENTIAL)
    meeting = build.meeting(session, staff)
    for each in (secret, meeting):
        build.attendee(session, auditor, each, person, side=Side.THEIRS)
    approver = build.account(session, "approver")
    assert meeting_page(session, approver, meeting.id).beside.suggested == ()
    build.grant(session, approver, secret)
    assert len(meeting_page(session, approver, meeting.id).beside.suggested) == 1


def test_a_suggestion_is_taken_with_one_button(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        staff = build.account(session)
        person = build.person(session, staff, {"fa": "سعید خرازی"})
        tie = build.tie(session, staff, {"fa": "مشهد – استان اوش"})
        earlier = build.meeting(session, staff, {"fa": "پیشین"}, filed_under=tie)
        meeting = build.meeting(session, staff, {"fa": "تازه"})
        for each in (earlier, meeting):
            build.attendee(session, staff, each, person, side=Side.THEIRS)
    client = as_role("staff")
    address = f"/meetings/{meeting.id}"
    page = client.get(address)
    assert "پیشنهاد از روی حاضران: مشهد – استان اوش" in page.shown
    page = client.follow(client.post_form(page, action="/file"))
    assert f"/ties/{tie.id}" in page.links
    assert "پیشنهاد از روی حاضران" not in page.shown
    client.post(f"{address}/file", {"csrf_token": page.token}, status=400)
    wrong = {"csrf_token": page.token, "filed_under": f"tie:{meeting.id}"}
    client.post(f"{address}/file", wrong, status=404)
    as_role("official").get(address)


def test_a_planned_meeting_is_held_or_called_off(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        staff = build.account(session)
        held, off = (
            build.meeting(session, staff, {"fa": title}, state=MeetingState.SCHEDULED)
            for title in ("نخست", "دوم")
        )
    client = as_role("staff")
    page = client.get(f"/meetings/{held.id}")
    moves = [form for form in page.forms() if (form.get("action") or "").endswith("/move")]
    assert len(moves) == 2
    sent = {"csrf_token": page.token, "move": "hold", "version": "1"}
    assert "برگزارشده" in client.follow(client.post(f"/meetings/{held.id}/move", sent)).shown
    client.post(f"/meetings/{held.id}/move", sent, status=409)
    sent["move"] = "cancel"
    client.post(f"/meetings/{off.id}/move", sent, status=422)
    page = client.follow(client.post(f"/meetings/{off.id}/move", sent | {"reason": "بیماری"}))
    assert "لغوشده" in page.shown
    client.post(f"/meetings/{off.id}/move", sent | {"move": "fly", "version": "2"}, status=422)
    assert "ثبت برگزاری" not in as_role("official").get(f"/meetings/{held.id}").shown


def test_all_that_a_page_can_say_it_says_in_both_languages(app: Flask, as_role: AsRole) -> None:
    def both(persian: str, english: str) -> dict[str, str]:
        return {"fa": persian, "en": english}

    with build.stored(app) as session:
        staff = build.account(session)
        source = build.source(session, staff, both("خبر", "Report"), code="86935")
        meeting = build.meeting(
            session,
            staff,
            both("دیدار", "Call"),
            source_id=source.id,
            also_called=both("نشست", "Session"),
            note=both("یادداشت", "Note"),
            place_note=both("تالار", "Hall"),
            held_on=FuzzyDate.exact(date(2021, 11, 7)),
        )
        person = build.person(
            session, staff, both("ارجائی", "Arjaei"), printed_names=["سیدعبدا... ارجائی"]
        )
        build.attendee(
            session,
            staff,
            meeting,
            person,
            delegation_role=DelegationRole.HEAD,
            role_inferred=True,
        )
        build.attendee(session, staff, meeting, group=both("جمعی", "A group"))
        build.statement(
            session,
            staff,
            both("آماده‌ایم", "Ready"),
            meeting,
            source,
            person,
            locator="6",
            modality=Modality.CAN,
            statement_kind=StatementKind.OFFER,
            scope=both("دو شهر", "Two cities"),
            never_release=True,
        )
        build.action(
            session,
            staff,
            both("نامه", "Letter"),
            person,
            meeting,
            due=FuzzyDate.exact(build.TODAY - timedelta(days=400)),
        )
    client = as_role("staff")
    persian = client.get(f"/meetings/{meeting.id}").shown
    in_persian = (
        *("۱۶ آبان ۱۴۰۰", "نوامبر ۲۰۲۱", "نام دیگر: نشست", "بند ۶", "رئیس هیئت"),
        *("برداشت، نه نقل", "پیشنهاد", "اظهارشده", "[۱]", "معوق", "تالار"),
        "نام در منبع: سیدعبدا... ارجائی",
    )
    assert [words for words in in_persian if words not in persian] == []
    english = client.get(f"/meetings/{meeting.id}", lang="en").shown
    in_english = (
        *("7 November 2021 (16 Aban 1400)", "paragraph 6", "head of delegation", "[1]"),
        *("offer", "stated", "overdue", "86935", "Hall"),
    )
    assert [words for words in in_english if words not in english] == []
