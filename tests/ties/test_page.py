"""The pages of ties: what they show, to whom, and with how many statements."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests import build
from tests.databases import counted
from tests.serving import AsRole
from tests.ties.story import told
from tracker.domain.access import Level
from tracker.domain.bodies import BodyRole
from tracker.domain.dates import FuzzyDate
from tracker.domain.follow_up import Completion
from tracker.domain.ties import TieState
from tracker.ties import queries
from tracker.ties.page import tie_page

if TYPE_CHECKING:
    from flask import Flask

# One more reads the session and whoever it belongs to.
MOST_OF_A_LIST = 3 + 1
MOST_OF_A_PAGE = 7 + 1


def test_page_says_everything_in_both_languages(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        story = told(session, build.account(session))
    staff = as_role("staff")
    english = staff.get(f"/ties/{story.tie.id}", lang="en")
    assert english.heading == "Mashhad – Osh province"
    for words in (
        "Sister (city – province)",
        "on the word of Iran's ambassador to Kyrgyzstan",
        "Cooperation memorandum",
        "No regular flights",
        "overdue –",
        "Contests of Mashhad and Osh city",
        "unknown; on or before 7 November 2021",
        "Cooperation of cities",
        "unknown; no copy in hand",
        "inferred, not quoted",
        "name unknown",
        "Shahrara News",
        "Both are kept.",
        "Kyrgyzstan",
    ):
        assert words in english.shown, words
    persian = staff.get(f"/ties/{story.tie.id}", lang="fa")
    for words in (
        "خواهرخوانده (شهر – استان)",
        "نامعلوم؛ ۱۶ آبان ۱۴۰۰ یا پیش از آن",
        "برداشت، نه نقل",
        "نام نامعلوم",
        "اظهارات ناهم‌خوان",
        "۸۶۹۳۵",
    ):
        assert words in persian.shown, words


def test_page_is_for_readers_and_buttons_for_staff(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        story = told(session, build.account(session))
    address = f"/ties/{story.tie.id}"
    official = as_role("official").get(address)
    assert f"{address}/briefing.pdf" in " ".join(official.links)
    assert f"{address}/edit" not in official.links
    assert not [form for form in official.forms() if form.get("action", "").endswith("/move")]
    staff = as_role("staff").get(address)
    assert f"/meetings/new?filed_under=tie:{story.tie.id}" in staff.links
    as_role("official").get(f"{address}/edit", status=404)
    as_role("staff").get(f"/ties/{uuid4()}", status=404)


def test_empty_tie_says_what_is_unknown(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        tie = build.tie(session, build.account(session))
    shown = as_role("staff").get(f"/ties/{tie.id}", lang="en").shown
    assert "Nothing is open" in shown
    assert "Legal basis unknown" in shown.replace("\n", " ") or "Legal basisunknown" in shown
    assert "none on record" in shown


def test_page_leaves_out_what_the_reader_may_not_see(app: Flask, as_role: AsRole) -> None:
    canary = "Canary that nobody below may read"
    with build.stored(app) as session:
        staff = build.account(session)
        auditor = build.account(session, "auditor")
        story = told(session, staff)
        quiet = Level.CONFIDENTIAL
        hidden = build.memorandum(session, auditor, f"{canary} memorandum", level=quiet)
        build.filed(session, auditor, hidden, story.tie)
        build.obstacle(session, auditor, f"{canary} obstacle", story.tie, level=quiet)
        # Filed under a memorandum that the reader does not see: it is not this tie's to show.
        build.obstacle(session, auditor, f"{canary} by way of", hidden)
        secret = build.meeting(session, auditor, f"{canary} meeting", story.tie, level=quiet)
        build.statement(session, auditor, f"{canary} statement", secret)
        build.action(session, auditor, f"{canary} action", meeting=secret)
        person = build.person(session, auditor, f"{canary} person", level=quiet)
        build.attendee(session, auditor, story.meeting, person)
        build.involvement(session, auditor, story.tie, person, BodyRole.AGENT)
        source = build.source(session, auditor, f"{canary} source", level=quiet)
        build.citation(session, auditor, story.tie, source)
        place = build.place(session, auditor, f"{canary} place", level=quiet)
        other = build.tie(session, auditor, "Another tie", ours=place)
    for role in ("staff", "approver", "official", "council"):
        reader = as_role(role)
        for address in (f"/ties/{story.tie.id}", f"/ties/{other.id}", "/ties/"):
            assert canary not in reader.get(address).text, f"{role} {address}"
    assert canary in as_role("auditor").get(f"/ties/{story.tie.id}").text


def test_confidential_tie_is_as_if_absent(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        auditor = build.account(session, "auditor")
        tie = build.tie(session, auditor, "A quiet tie", level=Level.CONFIDENTIAL)
    staff = as_role("staff")
    for path in ("", "/edit"):
        staff.get(f"/ties/{tie.id}{path}", status=404)
    move = {"csrf_token": staff.get("/ties/").token, "move": "end"}
    staff.post(f"/ties/{tie.id}/move", move, status=404)
    assert "A quiet tie" not in staff.get("/ties/").text


def test_list_tells_state_contact_and_open_items(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        staff = build.account(session)
        told(session, staff)
        build.tie(session, staff, "A tie of old", state=TieState.ENDED)
    page = as_role("staff").get("/ties/", lang="en")
    row = next(row for row in page.all(".//tr[@data-id]") if "Osh" in "".join(row.itertext()))
    said = " ".join("".join(row.itertext()).split())
    assert "Sister (city – province)" in said
    assert said.count("on or before 7 November 2021") == 2
    assert said.endswith("4")  # the memorandum, the obstacle, the action, the opportunity
    ended = as_role("staff").get("/ties/", state="ended", lang="en").shown
    assert "A tie of old" in ended
    assert "Osh" not in ended
    assert (
        "No tie is in this state"
        in as_role("staff").get("/ties/", state="suspended", lang="en").shown
    )


def test_open_items_of_list_and_page_are_the_same(session: Session) -> None:
    staff = build.account(session)
    story = told(session, staff)
    line = next(line for line in queries.tie_list(session, staff) if line.id == story.tie.id)
    assert tie_page(session, staff, story.tie.id, build.TODAY).open_count == line.open_items == 4


def test_a_mandate_is_open_until_it_is_carried_out(session: Session) -> None:
    staff, auditor = build.account(session), build.account(session, "auditor")
    story = told(session, staff)
    filed = build.mandate(session, staff, "Filed", due=FuzzyDate.exact(build.REPORTED))
    build.filed(session, staff, filed, story.memorandum)
    carried = build.mandate(session, staff, "Carried", completion=Completion.STARTED)
    build.action(session, staff, "Carry it", meeting=story.meeting, mandate_id=carried.id)
    build.action(session, staff, "Carry it on", meeting=story.meeting, mandate_id=carried.id)
    done = build.mandate(session, staff, "Done", completion=Completion.DONE)
    build.filed(session, staff, done, story.tie)
    build.mandate(session, staff, "Elsewhere")
    quiet = build.mandate(session, auditor, "Quiet", level=Level.CONFIDENTIAL)
    build.filed(session, auditor, quiet, story.tie)
    by_a_quiet_action = build.mandate(session, staff, "Carried quietly")
    build.action(
        session,
        auditor,
        "Quietly",
        meeting=story.meeting,
        mandate_id=by_a_quiet_action.id,
        level=Level.CONFIDENTIAL,
    )
    for actor, seen in (
        (staff, {"Filed", "Carried"}),
        (auditor, {"Filed", "Carried", "Quiet", "Carried quietly"}),
    ):
        page = tie_page(session, actor, story.tie.id, build.TODAY)
        assert sorted(text for item in page.mandates for text in item.title.values()) == sorted(
            seen
        )
        line = next(line for line in queries.tie_list(session, actor) if line.id == story.tie.id)
        assert page.open_count == line.open_items
        late = next(item for item in page.mandates if item.id == filed.id)
        assert late.overdue_days(build.TODAY) == (build.TODAY - build.REPORTED).days


def test_page_shows_an_open_mandate(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        staff = build.account(session)
        tie = build.tie(session, staff)
        mandate = build.mandate(session, staff, {"fa": "نشست شهرداران"})
        build.filed(session, staff, mandate, tie)
    page = as_role("staff").get(f"/ties/{tie.id}", lang="en")
    assert f"/mandates/{mandate.id}" in page.links
    assert "Completion: unknown · due: unknown" in page.shown


def test_list_has_pages_by_name(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        staff = build.account(session)
        for number in range(52):
            build.tie(session, staff, f"Tie {number:03}")
    first = as_role("staff").get("/ties/")
    assert len(first.all(".//tr[@data-id]")) == 50
    older = next(link for link in first.links if "after=" in link)
    second = as_role("staff").get(older)
    assert [row.findtext(".//a/bdi") for row in second.all(".//tr[@data-id]")] == [
        "Tie 050",
        "Tie 051",
    ]


def test_statements_do_not_grow_with_the_rows(
    app: Flask, app_engine: Engine, as_role: AsRole
) -> None:
    with build.stored(app) as session:
        staff_actor = build.account(session)
        story = told(session, staff_actor)
    staff = as_role("staff")
    staff.get("/ties/")
    counts = []
    for _round in range(2):
        with counted(app_engine) as listed:
            staff.get("/ties/")
        with counted(app_engine) as shown:
            staff.get(f"/ties/{story.tie.id}")
        assert len(listed) <= MOST_OF_A_LIST, listed
        assert len(shown) <= MOST_OF_A_PAGE, shown
        counts.append((len(listed), len(shown)))
        with build.stored(app) as session:
            for number in range(4):
                meeting = build.meeting(session, staff_actor, f"Meeting {number}", story.tie)
                speaker = build.person(session, staff_actor, f"Speaker {number}")
                build.attendee(session, staff_actor, meeting, speaker)
                paper = build.source(session, staff_actor, f"Paper {number}")
                build.statement(session, staff_actor, "Said", meeting, paper, speaker)
                build.action(session, staff_actor, "Do it", speaker, meeting)
                build.obstacle(session, staff_actor, f"Obstacle {number}", story.tie)
                build.filed(session, staff_actor, build.mandate(session, staff_actor), story.tie)
                told(session, staff_actor)
    assert counts[0] == counts[1]
