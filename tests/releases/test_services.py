"""Releasing and withdrawing: by whom, of what, and what is kept of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import build
from tests.page import Page
from tests.releases.story import given, hand
from tests.serving import AsRole
from tracker import record
from tracker.domain.access import Actor, Level
from tracker.domain.errors import NotFound, RuleBroken, Stale
from tracker.domain.naming import Link
from tracker.domain.statements import StatementKind
from tracker.models import AuditEntry, Organisation, Release
from tracker.models.access import AccessEntry, AccessEvent
from tracker.record.audit_check import broken_entries
from tracker.releases.given import GivenRelease
from tracker.releases.services import release_object, withdraw_release

SENT = {"organisation": "Osh City Hall", "reason": "the talks of spring", "letter": "12/a"}


@pytest.fixture
def staff(session: Session) -> Actor:
    return build.account(session)


@pytest.fixture
def partner(session: Session, staff: Actor) -> Organisation:
    return build.organisation(session, staff, "Osh City Hall")


def release(
    session: Session, actor: Actor, obj: Any, partner: Organisation, **changed: Any
) -> None:
    form = given(partner, obj)
    release_object(session, actor, obj.kind, obj.id, form, build.NOW, **changed)


def test_a_release_is_kept_and_chained(
    session: Session, staff: Actor, partner: Organisation
) -> None:
    tie = build.tie(session, staff)
    released = session.get_one(Release, hand(session, tie, partner, language="fa"))
    assert (released.object_version, released.level) == (tie.version, Level.INTERNAL)
    approver = build.account(session, "approver")
    withdraw_release(session, approver, "tie", tie.id, released.id, "sent in error", build.NOW)
    assert released.withdrawn_by == approver.user_id
    entries = session.scalars(
        select(AuditEntry).where(AuditEntry.object_id == tie.id).order_by(AuditEntry.seq)
    ).all()
    told = [(each.action, each.reason) for each in entries if "release" in each.action]
    assert told == [("released", "the talks"), ("release withdrawn", "sent in error")]
    assert entries[-1].changes["fields"]["organisation_id"] == [None, str(partner.id)]
    assert list(broken_entries(session, b"the key of tests")) == []


def test_whoever_recorded_a_version_does_not_release_it(
    session: Session, partner: Organisation
) -> None:
    one, other = build.account(session, "approver"), build.account(session, "approver")
    tie = build.tie(session, one)
    with pytest.raises(RuleBroken, match="second person"):
        release(session, one, tie, partner)
    release(session, other, tie, partner)
    public = build.tie(session, one, level=Level.PUBLIC)
    release(session, one, public, partner)  # everybody reads it anyway


def test_what_is_confidential_is_refused_until_it_is_lowered(
    session: Session, staff: Actor, partner: Organisation
) -> None:
    tie = build.tie(session, staff, level=Level.CONFIDENTIAL)
    approver = build.account(session, "approver")
    with pytest.raises(NotFound):
        release(session, approver, tie, partner)
    build.grant(session, approver, tie)
    with pytest.raises(RuleBroken, match="Propose a lower level"):
        release(session, approver, tie, partner)
    build.lowered(session, tie, Level.INTERNAL)
    release(session, approver, tie, partner)


def test_what_changed_meanwhile_is_looked_at_again(
    session: Session, staff: Actor, partner: Organisation
) -> None:
    tie = build.tie(session, staff)
    form = given(partner, tie)
    with record.change(session, staff, build.NOW):
        tie.title = {"en": "Another"}
    session.commit()
    with pytest.raises(Stale):
        release_object(session, build.account(session, "approver"), "tie", tie.id, form, build.NOW)


@pytest.mark.parametrize("case", ["ours", "hidden", "absent", "twice", "unknown name", "two"])
def test_to_whom_is_one_organisation_of_others(
    session: Session, staff: Actor, partner: Organisation, case: str
) -> None:
    tie = build.tie(session, staff)
    link = Link("", "organisation", partner.id)
    if case == "ours":
        link = Link("", None, build.organisation(session, staff, "We", is_ours=True).id)
    if case == "hidden":
        secret = build.organisation(session, staff, "Secret", level=Level.CONFIDENTIAL)
        link = Link("", None, secret.id)
    if case == "absent":
        link = Link("", None, uuid4())
    if case == "twice":
        hand(session, tie, partner)
    if case == "unknown name":
        link = Link("Nobody")
    if case == "two":
        build.organisation(session, staff, "Osh City Hall")
        link = Link("Osh City Hall")
    form = GivenRelease(link, "", "", "", "the talks", tie.version)
    with pytest.raises(RuleBroken) as refused:
        release_object(session, build.account(session, "approver"), "tie", tie.id, form, build.NOW)
    assert refused.value.field == "organisation"


def test_a_release_is_withdrawn_once_and_from_its_own_object(
    session: Session, staff: Actor, partner: Organisation
) -> None:
    tie, other = build.tie(session, staff), build.tie(session, staff)
    released = hand(session, tie, partner)
    approver = build.account(session, "approver")

    def withdraw(obj: Any, release_id: UUID | None) -> None:
        withdraw_release(session, approver, "tie", obj.id, release_id, "why", build.NOW)

    for obj, release_id in ((other, released), (tie, uuid4()), (tie, None)):
        with pytest.raises(RuleBroken):
            withdraw(obj, release_id)
    withdraw(tie, released)
    with pytest.raises(RuleBroken):
        withdraw(tie, released)
    hand(session, tie, partner)  # the same again, now that it does not stand


@pytest.mark.database("sqlite")
def test_the_page_releases_withdraws_and_keeps_both(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        staff = build.account(session)
        tie = build.tie(session, staff, {"en": "Mashhad and Osh"})
        build.organisation(session, staff, "Osh City Hall")
    address, approver = f"/releases/tie/{tie.id}", as_role("approver")
    typed = {"organisation": "Osh City Hall", "edition": "first"}
    refused = approver.post_form(address, typed, status=422)
    assert refused.alert
    assert 'value="first"' in refused.text
    page = approver.follow(approver.post_form(address, SENT))
    for words in ("Osh City Hall", "the talks of spring", "12/a"):
        assert words in page.shown
    withdrawal = f"{address}/withdraw"
    asked = approver.post_form(page, {"reason": " "}, action=withdrawal, status=422)
    page = approver.follow(approver.post_form(asked, {"reason": "sent in error"}))
    assert "sent in error" in page.shown
    assert "the talks of spring" in page.shown
    with build.stored(app) as session:
        events = session.scalars(
            select(AccessEntry).where(AccessEntry.event == AccessEvent.RELEASED)
        ).all()
        assert [each.object_id for each in events] == [tie.id]


@pytest.mark.database("sqlite")
def test_whatever_is_never_released_is_refused_by_form_and_by_post(
    app: Flask, as_role: AsRole
) -> None:
    with build.stored(app) as session:
        staff = build.account(session)
        build.organisation(session, staff, "Osh City Hall")
        kept = [
            build.statement(session, staff, statement_kind=StatementKind.ASSESSMENT),
            build.statement(session, staff, never_release=True),
            build.obstacle(session, staff, level=Level.PUBLIC),
            build.action(session, staff),
            build.mandate(session, staff),
            build.framework(session, staff),
        ]
    approver = as_role("approver")
    for obj in kept:
        address = f"/releases/{obj.kind}/{obj.id}"
        for lang, words in (("fa", "هیچ‌گاه به طرف مقابل ارائه نمی‌شود"), ("en", "never released")):
            page = approver.get(address, lang=lang)
            assert words in page.shown
            assert 'name="organisation"' not in page.text
            sent = {**SENT, "version": str(obj.version), "csrf_token": page.token}
            assert words in approver.post(address, sent, status=422).shown
    with build.stored(app) as session:
        assert session.scalars(select(Release)).all() == []


@pytest.mark.database("sqlite")
def test_the_list_tells_what_went_to_whom_as_far_as_one_may_see(
    app: Flask, as_role: AsRole
) -> None:
    with build.stored(app) as session:
        staff = build.account(session, "auditor")
        osh, bishkek = (build.organisation(session, staff, n) for n in ("Osh", "Bishkek"))
        shown = build.tie(session, staff, {"en": "Shown"})
        hidden = build.tie(session, staff, {"en": "Hidden"})
        for obj, partner in ((shown, osh), (shown, bishkek), (hidden, osh)):
            hand(session, obj, partner)
        with record.change(session, staff, build.NOW):
            hidden.level = Level.CONFIDENTIAL
        session.commit()
    official = as_role("official")
    page: Page = official.get("/releases/")
    assert [row.count("Shown") for row in (page.shown,)] == [2]
    assert "Hidden" not in page.text
    narrowed = official.get("/releases/", organisation=str(bishkek.id))
    assert narrowed.shown.count("Shown") == 1
    assert "Hidden" in as_role("auditor").get("/releases/").shown
    assert official.get("/releases/", organisation="x", status=404)
