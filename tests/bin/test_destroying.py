"""Destroying what was put away: two people, a rule, a reason, and a stub that stays."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests import attaching, build
from tests.page import JudgingClient
from tests.serving import AsRole
from tracker import record
from tracker.background.files import LEFT_ALONE, clear_away
from tracker.bin import services
from tracker.bin.services import Meant
from tracker.domain.access import Actor, Level
from tracker.domain.errors import NotFound, RuleBroken, Stale
from tracker.domain.removals import kept_until
from tracker.domain.statements import LinkKind
from tracker.models import (
    Action,
    Attendee,
    AuditEntry,
    Citation,
    Commitment,
    Decision,
    DestroyedObject,
    DestructionProposal,
    Filing,
    Meeting,
    Memorandum,
    MemorandumParty,
    Recorded,
    Statement,
    StatementLink,
    Tie,
    Translation,
)
from tracker.record import audit_check, destruction, removals
from tracker.record.translations import translate
from tracker.storage import Storage
from tracker.web.addresses import page_of

LONG_AGO = datetime(2014, 3, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def audited(session: Session) -> None:
    session.info["audit_key"] = b"the key of tests"


@pytest.fixture
def kept_two_years(session: Session) -> None:
    actor = build.account(session, "approver")
    version = services.version_of({})
    services.set_rules(session, actor, {"memorandum": 2, "place": 2}, version, LONG_AGO)


def put_away(session: Session, actor: Actor, obj: Recorded, at: datetime = LONG_AGO) -> None:
    with record.change(session, actor, at, reason="Entered twice") as change:
        removals.put_away(change, obj)
    session.commit()


def meant(obj: Recorded) -> Meant:
    return Meant(obj.kind, obj.id, obj.version)


def test_a_leap_day_is_made_up_for() -> None:
    assert kept_until(date(2016, 2, 29), 4) == date(2020, 2, 29)
    assert kept_until(date(2016, 2, 29), 5) == date(2021, 3, 1)


@pytest.mark.usefixtures("kept_two_years")
def test_two_people_destroy_and_a_stub_stays(session: Session) -> None:
    one, other = build.account(session), build.account(session, "approver")
    memorandum = build.memorandum(session, one, ours=build.place(session, one))
    promise = build.commitment(session, one, memorandum, "Ten buses")
    answer = build.commitment(session, one, memorandum, in_exchange_for_id=promise.id)
    with record.change(session, one, LONG_AGO) as change:
        translate(change, promise, "text", "fa", "ده اتوبوس")
    session.commit()
    put_away(session, one, memorandum)
    digest = destruction.state_digest(session, memorandum)
    services.propose(session, one, meant(memorandum), "The law says so", build.NOW)
    with pytest.raises(RuleBroken, match="somebody else"):
        services.destroy(session, one, meant(memorandum), build.NOW)
    session.rollback()
    services.destroy(session, other, meant(memorandum), build.NOW)

    for model in (Memorandum, Commitment, MemorandumParty, Translation, DestructionProposal):
        assert session.scalar(select(func.count()).select_from(model)) == 0
    stubs = {each.object_id: each for each in session.scalars(select(DestroyedObject))}
    assert stubs.keys() == {memorandum.id, promise.id, answer.id}
    stub = stubs[memorandum.id]
    assert stub.digest == digest
    assert (stub.proposed_by, stub.destroyed_by) == (one.user_id, other.user_id)
    assert (stub.remove_reason, stub.reason) == ("Entered twice", "The law says so")
    told = session.scalars(
        select(AuditEntry.action).where(AuditEntry.object_id == memorandum.id)
    ).all()
    assert {"created", "removed", "destruction proposed", "destroyed"} <= set(told)
    assert list(audit_check.broken_entries(session, session.info["audit_key"])) == []


def test_a_meeting_is_destroyed_with_all_its_parts(session: Session) -> None:
    one, other = build.account(session), build.account(session, "approver")
    services.set_rules(session, other, {"meeting": 1}, services.version_of({}), LONG_AGO)
    tie = build.tie(session, one)
    meeting = build.meeting(session, one, filed_under=tie)
    build.attendee(session, one, meeting, build.person(session, one))
    build.decision(session, one, meeting)
    said = build.statement(session, one, meeting=meeting)
    later = build.statement(session, one, meeting=meeting)
    link = StatementLink(statement_id=later.id, other_id=said.id, link_kind=LinkKind.REPEATS)
    build.saved(session, one, link)
    action = build.action(session, one, meeting=meeting, statement_id=said.id)
    build.citation(session, one, action, statement_id=said.id)
    put_away(session, one, meeting)
    services.propose(session, one, meant(meeting), "The law says so", build.NOW)
    services.destroy(session, other, meant(meeting), build.NOW)
    for model in (Meeting, Statement, Action, Attendee, Decision, Citation, Filing, StatementLink):
        assert session.scalar(select(func.count()).select_from(model)) == 0, model
    assert session.scalar(select(func.count()).select_from(DestroyedObject)) == 4
    assert session.scalar(select(func.count()).select_from(Tie)) == 1


def test_the_files_of_a_document_go_with_the_next_tidying(
    session: Session, tmp_path: Path
) -> None:
    one, other = build.account(session), build.account(session, "approver")
    services.set_rules(session, other, {"document": 1}, services.version_of({}), LONG_AGO)
    session.info["documents"], storage = tmp_path, Storage(tmp_path)
    document = attaching.document(session, one)
    put_away(session, one, document)
    services.propose(session, one, meant(document), "The law says so", build.NOW)
    assert len(list(storage.ids())) == 1
    services.destroy(session, other, meant(document), build.NOW)
    clear_away(session, storage, datetime.now(UTC) + 2 * LEFT_ALONE)
    assert list(storage.ids()) == []


@pytest.mark.usefixtures("kept_two_years")
def test_only_who_approves_destroys(session: Session) -> None:
    one, other = build.account(session), build.account(session)
    place = build.place(session, one)
    put_away(session, one, place)
    with pytest.raises(RuleBroken, match="Nobody has proposed"):
        services.destroy(session, other, meant(place), build.NOW)
    services.propose(session, one, meant(place), "Old", build.NOW)
    with pytest.raises(RuleBroken, match="whoever approves"):
        services.destroy(session, other, meant(place), build.NOW)


@pytest.mark.usefixtures("kept_two_years")
def test_not_before_the_years_are_over_and_never_without_a_rule(session: Session) -> None:
    actor = build.account(session)
    early = build.place(session, actor)
    put_away(session, actor, early, build.NOW - timedelta(days=700))
    with pytest.raises(RuleBroken, match="too early"):
        services.propose(session, actor, meant(early), "Old", build.NOW)
    person = build.person(session, actor)
    put_away(session, actor, person)
    with pytest.raises(RuleBroken, match="No rule"):
        services.propose(session, actor, meant(person), "Old", build.NOW)


@pytest.mark.usefixtures("kept_two_years")
def test_what_something_in_the_bin_refers_to_stays(session: Session) -> None:
    actor = build.account(session)
    place = build.place(session, actor)
    meeting = build.meeting(session, actor, place_id=place.id)
    put_away(session, actor, meeting)
    put_away(session, actor, place)
    with pytest.raises(RuleBroken, match="still refers"):
        services.propose(session, actor, meant(place), "Old", build.NOW)


@pytest.mark.usefixtures("kept_two_years")
def test_what_changed_since_it_was_seen_is_not_destroyed(session: Session) -> None:
    one, other = build.account(session), build.account(session, "approver")
    place = build.place(session, one)
    put_away(session, one, place)
    seen = meant(place)
    services.propose(session, one, seen, "Old", build.NOW)
    services.restore(session, one, seen, build.NOW)
    with pytest.raises(NotFound):
        services.destroy(session, other, seen, build.NOW)
    put_away(session, one, place)
    with pytest.raises(Stale):
        services.propose(session, one, seen, "Old", build.NOW)
    with pytest.raises(RuleBroken, match="Nobody has proposed"):
        services.destroy(session, other, meant(place), build.NOW)


def test_two_rules_at_once_are_told_apart(session: Session) -> None:
    actor = build.account(session, "approver")
    seen = services.version_of(destruction.rules(session))
    services.set_rules(session, actor, {"tie": 5}, seen, build.NOW)
    with pytest.raises(Stale):
        services.set_rules(session, actor, {"tie": 9}, seen, build.NOW)
    assert destruction.rules(session) == {"tie": 5}
    services.set_rules(session, actor, {"tie": None}, services.version_of({"tie": 5}), build.NOW)
    assert destruction.rules(session) == {}
    told = session.scalars(select(AuditEntry.changes).where(AuditEntry.action == "retention set"))
    assert [each["years"] for each in told] == [[None, 5], [5, None]]


def test_the_pages_lead_two_people_through(app: Flask, as_role: AsRole) -> None:
    staff, approver = as_role("staff"), as_role("approver")
    with build.stored(app) as session:
        actor = build.account(session)
        place = build.place(session, actor, "Osh")
        put_away(session, actor, place)
    page = f"/bin/place/{place.id}"
    assert "No rule says" in staff.get(page, lang="en").shown
    staff.post("/bin/rules", {"csrf_token": staff.token(page)}, status=403)
    saved = approver.post_form("/bin/rules", {"place": "2"})
    assert "2" in approver.follow(saved).text
    assert "2 years" in staff.get("/bin/rules", lang="en").shown
    staff.post_form(page, {"reason": ""}, action=f"propose/place/{place.id}", status=422)
    staff.post_form(page, {"reason": "The law"}, action=f"propose/place/{place.id}")
    assert "Destroy for good" not in staff.get(page).shown
    assert forms_of(staff, page) == {"restore", "refuse"}
    assert forms_of(approver, page) == {"restore", "refuse", "destroy"}
    gone = approver.post_form(page, action=f"destroy/place/{place.id}")
    stub = approver.follow(gone)
    assert stub.main.get("data-kind") == "destroyed"
    assert "The law" in stub.shown
    assert staff.get(page_of("place", place.id), status=303).location == page
    as_role("official").get(page_of("place", place.id), status=404)


def forms_of(client: JudgingClient, page: str) -> set[str]:
    main = client.get(page).all(".//form")
    return {(form.get("action") or "").split("/")[2] for form in main}


def test_a_refused_proposal_leaves_it_in_the_bin(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        actor = build.account(session)
        services.set_rules(session, actor, {"place": 1}, services.version_of({}), build.NOW)
        place = build.place(session, actor)
        put_away(session, actor, place)
        services.propose(session, actor, meant(place), "Old", build.NOW)
    staff, page = as_role("staff"), f"/bin/place/{place.id}"
    staff.post_form(page, action=f"refuse/place/{place.id}")
    assert forms_of(staff, page) == {"restore", "propose"}


def test_the_stub_is_for_whoever_could_have_seen_the_object(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        one, other = build.account(session, "auditor"), build.account(session, "approver")
        secret = build.place(session, one, level=Level.CONFIDENTIAL)
        put_away(session, one, secret)
        session.add(
            DestroyedObject(
                object_id=secret.id, object_kind="place", effective_level=Level.CONFIDENTIAL,
                last_version=2, digest="0" * 64, created_at=build.NOW, removed_at=build.NOW,
                proposed_by=one.user_id, reason="Old", destroyed_by=other.user_id,
                destroyed_at=build.NOW,
            )
        )  # fmt: skip
        session.commit()
    as_role("staff").get(f"/bin/place/{secret.id}", status=404)
