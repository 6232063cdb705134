"""Who is named for a confidential object, by whom, and what it opens and closes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from tests import build
from tests.serving import AsRole
from tracker import record
from tracker.access import services
from tracker.domain.access import Actor, Level, Role, needs_factor
from tracker.domain.errors import NotFound, RuleBroken
from tracker.models import AuditEntry, Recorded
from tracker.models.accounts import User

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy.orm import Session


def name(session: Session, actor: Actor, obj: Recorded, who: Actor) -> None:
    email = session.get_one(User, who.user_id).email
    services.name_account(session, actor, obj.kind, obj.id, email, obj.version, build.NOW)


def end(session: Session, actor: Actor, obj: Recorded, who: Actor) -> None:
    services.end_naming(session, actor, obj.kind, obj.id, who.user_id, obj.version, build.NOW)


def sees(session: Session, actor: Actor, obj: Recorded) -> bool:
    return record.find(session, actor, type(obj), obj.id) is not None


def test_naming_opens_the_object_and_what_hangs_below_and_ending_closes_it(
    session: Session,
) -> None:
    staff, reader = build.account(session), build.account(session, "official")
    meeting = build.meeting(session, staff, level=Level.CONFIDENTIAL)
    said = build.statement(session, staff, meeting=meeting)
    apart = build.statement(session, staff, meeting=meeting, level=Level.CONFIDENTIAL)
    other = build.meeting(session, staff, level=Level.CONFIDENTIAL)
    name(session, staff, meeting, reader)
    later = build.statement(session, staff, meeting=meeting)
    assert [sees(session, reader, each) for each in (meeting, said, later)] == [True] * 3
    assert not sees(session, reader, apart)
    assert not sees(session, reader, other)
    end(session, staff, meeting, reader)
    assert not any(sees(session, reader, each) for each in (meeting, said, later))
    actions = session.scalars(
        select(AuditEntry.action).where(AuditEntry.object_id == meeting.id)
    ).all()
    assert actions.count("named") == 2  # whoever made it confidential, and the reader
    assert actions.count("naming ended") == 1


def test_below_two_confidential_ones_it_takes_both_names(session: Session) -> None:
    staff, reader = build.account(session), build.account(session, "official")
    papers = [build.memorandum(session, staff, level=Level.CONFIDENTIAL) for _ in range(2)]
    meeting = build.meeting(session, staff, filed_under=tuple(papers))
    name(session, staff, papers[0], reader)
    assert not sees(session, reader, meeting)
    name(session, staff, papers[1], reader)
    assert sees(session, reader, meeting)


@pytest.mark.parametrize("role", ["administrator", "guest", "auditor"])
def test_whom_naming_would_not_help_is_not_named(session: Session, role: str) -> None:
    staff = build.account(session)
    meeting = build.meeting(session, staff, level=Level.CONFIDENTIAL)
    with pytest.raises(RuleBroken) as refused:
        name(session, staff, meeting, build.account(session, role))
    assert refused.value.field == "who"


@pytest.mark.parametrize("role", Role)
def test_nobody_names_themselves(session: Session, role: Role) -> None:
    staff, who = build.account(session), build.account(session, role.value)
    meeting = build.meeting(session, staff, level=Level.CONFIDENTIAL)
    with pytest.raises((NotFound, RuleBroken)):
        name(session, who, meeting, who)
    session.rollback()
    assert sees(session, who, meeting) == (who.clearance is Level.CONFIDENTIAL)


def test_the_last_who_can_record_stays(session: Session) -> None:
    staff, reader = build.account(session), build.account(session, "official")
    meeting = build.meeting(session, staff, level=Level.CONFIDENTIAL)
    name(session, staff, meeting, reader)
    with pytest.raises(RuleBroken, match="Name another account"):
        end(session, staff, meeting, staff)


def test_an_account_that_lost_its_role_reads_nothing(session: Session) -> None:
    staff, reader = build.account(session), build.account(session, "official")
    meeting = build.meeting(session, staff, level=Level.CONFIDENTIAL)
    name(session, staff, meeting, reader)
    for role in (Role.ADMINISTRATOR, Role.GUEST):
        assert not sees(session, Actor(reader.user_id, role), meeting)


@pytest.mark.parametrize("role", Role)
def test_who_needs_a_second_factor(role: Role) -> None:
    by_role = role in (Role.STAFF, Role.APPROVER, Role.AUDITOR, Role.ADMINISTRATOR)
    assert needs_factor(role, named=False) == by_role
    assert needs_factor(role, named=True)


def test_it_applies_from_the_next_request(app: Flask, as_role: AsRole) -> None:
    staff, official = as_role("staff"), as_role("official")
    page = staff.follow(
        staff.post_form("/meetings/new", {"title": "دیدار محرمانه", "level": "confidential"})
    )
    address = f"/access/meeting/{page.main.get('data-id')}"
    official.get(page.url, status=404)
    with build.stored(app) as session:
        email = session.scalars(select(User.email).where(User.role == Role.OFFICIAL)).one()
    named = staff.follow(staff.post_form(address, {"who": email.upper()}, action="name"))
    assert "official" in named.shown
    assert "دیدار محرمانه" in official.get(page.url).shown
    assert "دسترسی‌های نام‌به‌نام" not in official.get(address).shown
    with build.stored(app) as session:
        user = session.scalars(select(User.id).where(User.role == Role.OFFICIAL)).one()
    sent = {"csrf_token": named.token, "version": "1", "user": str(user)}
    staff.post(f"{address}/end", sent, status=303)
    official.get(page.url, status=404)
    refused = staff.post_form(address, {"who": "nobody@example.org"}, action="name", status=422)
    assert "هیچ حساب فعالی" in refused.alert


def test_why_says_what_the_reader_may_see_and_counts_the_rest(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        maker = build.account(session, "auditor")
        hidden = build.memorandum(session, maker, {"fa": "پنهان"}, level=Level.CONFIDENTIAL)
        shown = build.memorandum(session, maker, {"fa": "آشکار"})
        meeting = build.meeting(session, maker, filed_under=(hidden, shown))
        staff = as_role("staff")
        user = session.scalars(select(User).where(User.role == Role.STAFF)).one()
        build.grant(session, Actor(user.id, user.role), meeting)
        address = f"/access/meeting/{meeting.id}"
    page = staff.get(address)
    assert "آشکار" in page.shown
    assert "پنهان" not in page.shown
    assert "۱ مورد بالادست" in page.shown
    assert "پنهان" in as_role("auditor").get(address).shown
