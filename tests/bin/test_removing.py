"""Putting objects into the bin and taking them out again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests import build
from tests.databases import counted
from tests.serving import AsRole
from tracker import record
from tracker.bin import queries
from tracker.domain.access import Level
from tracker.domain.errors import RuleBroken
from tracker.models import AuditEntry, Meeting, Place, Recorded, SearchEntry, Statement
from tracker.models.keyset import PAGE
from tracker.record import removals
from tracker.record.kinds import KINDS
from tracker.web.addresses import page_of


def put_away(session: Session, obj: Recorded, reason: str = "A double") -> None:
    with record.change(session, build.account(session), build.NOW, reason=reason) as change:
        removals.put_away(change, obj)
    session.commit()


def bin_page(obj: Recorded) -> str:
    return f"/bin/{obj.kind}/{obj.id}"


def test_a_removed_object_is_gone_everywhere_and_comes_back(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        obstacle = build.obstacle(session, build.account(session), "No regular flights")
    page, staff, reader = page_of("obstacle", obstacle.id), as_role("staff"), as_role("official")
    asked = staff.get(page, lang="en")
    assert f"/bin/remove/obstacle/{obstacle.id}" in asked.links
    sent = staff.post_form(f"/bin/remove/obstacle/{obstacle.id}", {"reason": "Entered twice"})
    told = staff.follow(sent)
    assert "No regular flights" in told.shown
    assert "Entered twice" in told.shown
    reader.get(page, status=404)
    assert "flights" not in reader.get("/obstacles/", lang="en").shown
    assert "No regular flights" not in reader.get("/search", q="flights").shown
    assert staff.get(page, status=303).location == bin_page(obstacle)
    back = staff.post_form(bin_page(obstacle))
    assert staff.follow(back).heading == "No regular flights"
    assert "No regular flights" in reader.get("/search", q="flights").shown
    history = reader.get(f"/histories/obstacle/{obstacle.id}", lang="en").shown
    assert "Removed" in history
    assert "Restored" in history
    assert "Entered twice" in history


def test_the_undo_of_the_next_page_brings_it_back(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        place = build.place(session, build.account(session))
    staff = as_role("staff")
    sent = staff.post_form(f"/bin/remove/place/{place.id}", {"reason": "A mistake"})
    page = staff.follow(sent)
    undo = next(form for form in page.forms() if form.get("class") == "undo")
    values = {field.get("name"): field.get("value") for field in undo.iter("input")}
    assert staff.post(undo.get("action") or "", values).location == page_of("place", place.id)
    staff.get(page_of("place", place.id))


def test_removing_needs_a_reason_and_the_version_that_was_seen(
    app: Flask, as_role: AsRole
) -> None:
    with build.stored(app) as session:
        place = build.place(session, build.account(session))
    staff, address = as_role("staff"), f"/bin/remove/place/{place.id}"
    assert "Reason is needed" in staff.post_form(address + "?lang=en", status=422).alert
    form = staff.get(address)
    staff.post_form(f"/places/{place.id}/edit", {"aliases": "Osh City"})
    late = staff.post_form(form, {"reason": "A mistake"}, status=409)
    assert "A mistake" in late.text
    staff.post_form(late)
    staff.get(page_of("place", place.id), status=303)


def test_whoever_was_editing_is_told_where_it_is(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        place = build.place(session, build.account(session))
    staff = as_role("staff")
    form = staff.get(f"/places/{place.id}/edit")
    as_role("staff").post_form(f"/bin/remove/place/{place.id}", {"reason": "A mistake"})
    told = staff.post_form(form, {"aliases": "Osh City"}, status=404)
    assert bin_page(place) in told.links
    staff.post_form(bin_page(place))
    # It has another version by now, and the form is not lost over that.
    again = staff.post_form(form, {"aliases": "Osh City"}, status=409)
    staff.post_form(again)
    assert "Osh City" in staff.get(page_of("place", place.id)).shown


def test_sent_twice_it_is_removed_once(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        place = build.place(session, build.account(session))
    staff, address = as_role("staff"), f"/bin/remove/place/{place.id}"
    form = staff.get(address)
    staff.post_form(form, {"reason": "A mistake"})
    assert staff.post_form(form, {"reason": "A mistake"}).location == bin_page(place)
    staff.get("/bin/")  # where the undo of the removal is offered once
    restoring = staff.get(bin_page(place))
    assert staff.post_form(restoring).location == page_of("place", place.id)
    assert staff.post_form(restoring).location == page_of("place", place.id)


def test_what_something_refers_to_stays(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        actor = build.account(session, "auditor")
        place = build.place(session, actor)
        build.meeting(session, actor, "A visit", place_id=place.id)
        build.meeting(
            session, actor, "A secret visit", place_id=place.id, level=Level.CONFIDENTIAL
        )
    staff, address = as_role("staff"), f"/bin/remove/place/{place.id}"
    page = staff.get(address, lang="en")
    assert "A visit" in page.shown
    assert "secret" not in page.shown
    assert "and 1 more that is not shown here" in page.shown
    refused = staff.post(
        address, {"csrf_token": page.token, "version": 1, "reason": "x"}, status=422
    )
    assert "cannot be removed" in refused.alert
    staff.get(page_of("place", place.id))


def test_a_meeting_takes_along_what_was_said_and_agreed_there(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        actor = build.account(session)
        meeting = build.meeting(session, actor)
        said = build.statement(session, actor, "We offer buses", meeting=meeting)
        action = build.action(session, actor, "Answer them", meeting=meeting)
    staff = as_role("staff")
    address = f"/bin/remove/meeting/{meeting.id}"
    assert "We offer buses" in staff.get(address, lang="en").shown
    listed = staff.follow(staff.post_form(address, {"reason": "Logged twice"}))
    assert len(listed.all(".//tr[@data-id]")) == 1
    for obj in (said, action):
        as_role("official").get(page_of(obj.kind, obj.id), status=404)
    alone = staff.post_form(bin_page(said), status=422)
    assert "Restore first" in alone.alert
    assert "Answer them" in staff.get(bin_page(meeting)).shown
    staff.post_form(bin_page(meeting))
    for obj in (meeting, said, action):
        as_role("official").get(page_of(obj.kind, obj.id))


def test_what_is_cited_elsewhere_keeps_its_meeting(session: Session) -> None:
    actor = build.account(session)
    meeting = build.meeting(session, actor)
    said = build.statement(session, actor, meeting=meeting)
    build.citation(session, actor, build.tie(session, actor), statement_id=said.id)
    with pytest.raises(RuleBroken, match="refers to it"):
        put_away(session, meeting)


def test_a_child_that_is_hidden_from_whoever_removes_keeps_its_parent(session: Session) -> None:
    meeting = build.meeting(session, build.account(session, "auditor"))
    build.statement(
        session, build.account(session, "auditor"), meeting=meeting, level=Level.CONFIDENTIAL
    )
    with pytest.raises(RuleBroken, match="not open to you"):
        put_away(session, meeting)


def test_what_went_along_hidden_is_neither_shown_nor_brought_back_by_others(
    session: Session,
) -> None:
    owner, other = build.account(session), build.account(session)
    meeting = build.meeting(session, owner)
    hidden = build.statement(session, owner, meeting=meeting, level=Level.CONFIDENTIAL)
    with record.change(session, owner, build.NOW) as change:
        removals.put_away(change, meeting)
    session.commit()
    for reader, along in ((owner, [hidden.id]), (other, [])):
        found = queries.one_in_bin(session, reader, "meeting", meeting.id)
        assert [each.id for each in found.along] == along
    with (
        pytest.raises(RuleBroken, match="not open to you"),
        record.change(session, other, build.NOW) as change,
    ):
        removals.bring_back(change, meeting)


def test_a_statement_removed_before_stays_in_the_bin_when_its_meeting_comes_back(
    session: Session,
) -> None:
    actor = build.account(session)
    meeting = build.meeting(session, actor)
    said = build.statement(session, actor, meeting=meeting)
    later = build.statement(session, actor, meeting=meeting)
    put_away(session, said)
    with record.change(session, actor, build.NOW + timedelta(hours=1)) as change:
        removals.put_away(change, meeting)
    session.commit()
    with record.change(session, actor, build.NOW + timedelta(hours=2)) as change:
        removals.bring_back(change, meeting)
    session.commit()
    assert said.deleted_at is not None
    assert later.deleted_at is None


def test_a_promise_that_something_rests_on_is_not_dropped_with_the_form(
    app: Flask, as_role: AsRole
) -> None:
    with build.stored(app) as session:
        actor = build.account(session)
        instrument = build.instrument(session, actor)
        clause = build.clause(session, actor, instrument)
        build.tie(session, actor, basis_clause_id=clause.id)
    staff, address = as_role("staff"), f"/instruments/{instrument.id}/edit?lang=en"
    form = staff.get(address)
    emptied = {
        field.get("name"): ""
        for field in form.form().iter("input")
        if (field.get("name") or "").startswith("clauses-0-subject")
    }
    refused = staff.post_form(form, emptied, status=422)
    assert "something else still refers to it" in refused.alert


def test_nothing_in_the_bin_shows_above_the_clearance(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        actor = build.account(session, "auditor")
        secret = build.meeting(session, actor, "A secret visit", level=Level.CONFIDENTIAL)
        with record.change(session, actor, build.NOW) as change:
            removals.put_away(change, secret)
        session.commit()
    staff = as_role("staff")
    assert "secret" not in staff.get("/bin/", lang="en").shown
    staff.get(bin_page(secret), status=404)
    staff.get(page_of("meeting", secret.id), status=404)
    staff.get(f"/bin/remove/meeting/{secret.id}", status=404)
    staff.get("/bin/?kind=nothing", status=404)


def test_the_bin_has_pages_and_a_filter(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        actor = build.account(session)
        build.place(session, actor)
        for number in range(PAGE + 1):
            place = build.place(session, actor, f"Place {number}")
            with record.change(session, actor, build.NOW + timedelta(seconds=number)) as change:
                removals.put_away(change, place)
            session.commit()
        put_away(session, build.person(session, actor, "Somebody"))
    staff = as_role("staff")
    first = staff.get("/bin/?kind=place&lang=en")
    assert "Place 50" in first.shown
    assert "Somebody" not in first.shown
    second = staff.get(next(link for link in first.links if "after=" in link))
    assert len(second.all(".//tr[@data-id]")) == 1
    assert "Place 0" in second.shown
    staff.get("/bin/?after=nonsense", status=400)


@pytest.mark.database("sqlite")
def test_the_bin_costs_the_same_however_full(
    app: Flask, app_engine: Engine, as_role: AsRole
) -> None:
    client, costs = as_role("staff"), []
    for _ in range(2):
        with build.stored(app) as session:
            actor = build.account(session)
            for _ in range(4):
                put_away(session, build.meeting(session, actor))
        client.get("/bin/")
        with counted(app_engine) as statements:
            client.get("/bin/")
        costs.append(len([each for each in statements if "user_sessions" not in each]))
    assert costs[0] == costs[1] <= 3


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_nothing_that_is_not_removed_points_at_what_is(session: Session, kind: str) -> None:
    """A row can only come to point at what its writer finds, and what is removed is not found."""
    model = KINDS[kind]
    assert model.__table__.c.deleted_at.nullable  # type: ignore[attr-defined]
    unique = [
        index
        for index in model.__table__.indexes  # type: ignore[attr-defined]
        if index.unique and index.dialect_options["sqlite"]["where"] is None
    ]
    assert unique == [], "a removed row would stand in the way of a new one"


def test_a_removal_stands_in_the_chain_with_its_reason(session: Session) -> None:
    place = build.place(session, build.account(session))
    put_away(session, place, "Entered twice")
    entry = session.scalars(
        select(AuditEntry).where(AuditEntry.object_id == place.id).order_by(AuditEntry.seq.desc())
    ).first()
    assert entry is not None
    assert (entry.action, entry.reason) == ("removed", "Entered twice")
    assert session.scalar(select(SearchEntry).where(SearchEntry.object_id == place.id)) is None
    assert isinstance(place, Place | Meeting | Statement)
