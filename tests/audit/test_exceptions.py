"""Each rule finds its case, and no rule finds what is in order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert
from sqlalchemy.orm import Session

from tests import build
from tests.databases import counted
from tests.page import JudgingClient
from tracker import record
from tracker.audit.exceptions import RULES, exceptions
from tracker.domain.access import Actor, Level
from tracker.domain.actions import ActionState
from tracker.domain.audit import AccessEvent
from tracker.domain.dates import FuzzyDate
from tracker.domain.meetings import MeetingState
from tracker.models import StateChange
from tracker.models.access import AccessEntry, Grant
from tracker.record import audit

HELD = FuzzyDate.exact(date(2026, 11, 20))


def found(session: Session, since: datetime | None = None) -> dict[str, int]:
    return {each.rule.key: each.count for each in exceptions(session, since) if each.count}


def late(session: Session, staff: Actor) -> None:
    build.meeting(session, staff, held_on=FuzzyDate.exact(date(2026, 11, 16)))
    build.meeting(session, staff, held_on=FuzzyDate.exact(date(2026, 11, 17)))
    build.meeting(session, staff, held_on=FuzzyDate.unknown())


def changed_date(session: Session, staff: Actor) -> None:
    meeting = build.meeting(session, staff, held_on=HELD, state=MeetingState.MINUTES_APPROVED)
    step = StateChange(
        object_kind="meeting",
        object_id=meeting.id,
        target=MeetingState.MINUTES_APPROVED.value,
        effective_on=FuzzyDate.unknown(),
        recorded_at=build.NOW - timedelta(days=1),
        recorded_by=staff.user_id,
    )
    build.saved(session, staff, step)
    with record.change(session, staff, build.NOW):
        meeting.held_on = FuzzyDate.exact(date(2026, 11, 21))
    with record.change(session, staff, build.NOW):
        meeting.title = {"en": "Another title"}


def closed(session: Session, staff: Actor, **values: Any) -> None:
    action = build.action(session, staff, state=ActionState.DONE, **values)
    step = StateChange(
        object_kind="action",
        object_id=action.id,
        target=ActionState.DONE.value,
        effective_on=FuzzyDate.unknown(),
        recorded_at=build.NOW,
        recorded_by=staff.user_id,
    )
    build.saved(session, staff, step)


def closed_by_itself(session: Session, staff: Actor) -> None:
    closed(session, staff, evidence="letter 12", follow_up_user_id=staff.user_id)


def closed_without_evidence(session: Session, staff: Actor) -> None:
    closed(session, staff, follow_up_user_id=build.account(session).user_id)


def named(session: Session, staff: Actor) -> None:
    other, secret = build.account(session), build.place(session, staff, level=Level.CONFIDENTIAL)
    session.add(
        Grant(
            user_id=other.user_id,
            object_id=secret.id,
            object_kind="place",
            granted_by=staff.user_id,
            granted_at=build.NOW,
        )
    )
    session.flush()


def noted(session: Session, event: AccessEvent, times: list[int], **values: object) -> None:
    session.execute(
        insert(AccessEntry),
        [{"at": build.NOW, "event": event, "times": each, **values} for each in times],
    )


def failures(session: Session, staff: Actor) -> None:
    noted(session, AccessEvent.SIGN_IN_FAILED, [1, 1, 3], detail="a@example.org")
    noted(session, AccessEvent.SIGN_IN_FAILED, [1, 3], detail="b@example.org")


def refusals(session: Session, staff: Actor) -> None:
    noted(session, AccessEvent.DENIED, [19, 1], user_id=staff.user_id)


@pytest.mark.parametrize(
    ("plant", "key"),
    [
        (late, "late"),
        (changed_date, "date"),
        (closed_by_itself, "follow-up"),
        (closed_without_evidence, "evidence"),
        (named, "named"),
        (failures, "sign-in"),
        (refusals, "denied"),
    ],
)
def test_a_rule_finds_its_case_once_and_no_other_does(
    session: Session, plant: Callable[[Session, Actor], None], key: str
) -> None:
    plant(session, build.account(session))
    assert found(session) == {key: 1}
    assert found(session, build.NOW + timedelta(days=1)) == {}


def test_a_lowered_level_is_found(session: Session) -> None:
    session.info["audit_key"] = b"the key of tests"
    staff = build.account(session)
    place = build.place(session, staff)
    audit.enter(
        session,
        staff,
        build.NOW,
        action="changed",
        kind="place",
        object_id=place.id,
        changes={"fields": {"level": ["confidential", "internal"]}},
        reason="it is in the news",
    )
    assert found(session) == {"level": 1}
    (case,) = next(each for each in exceptions(session, None) if each.count).newest
    assert (case.kind, case.object_id, case.detail) == ("place", place.id, "it is in the news")


def test_all_rules_cost_two_questions(session: Session) -> None:
    late(session, build.account(session))
    with counted(session.get_bind().engine) as seen:
        assert len(exceptions(session, None)) == len(RULES)
    assert len(seen) == 2


def test_the_page(app: Flask, auditor: JudgingClient) -> None:
    with build.stored(app) as session:
        late(session, build.account(session))
        session.commit()
    for address in (
        "/audit/exceptions",
        "/audit/exceptions?days=all",
        "/audit/exceptions?days=30",
    ):
        page = auditor.get(f"{address}{'&' if '?' in address else '?'}lang=en")
        said = "".join(page.main.itertext())
        assert "more than seven days after it was held" in said
        assert "Not kept yet" in said
    auditor.get("/audit/exceptions?days=31", status=400)
