"""What became of an object, told to whoever may see it, and no more than they may see."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests import build
from tests.databases import counted
from tests.serving import AsRole
from tracker import record
from tracker.domain.access import Actor, Level
from tracker.models import Meeting, Recorded
from tracker.models.keyset import PAGE
from tracker.record import lowering

LATER = build.NOW + timedelta(days=1)


def change(
    session: Session, actor: Actor, obj: Recorded, reason: str = "", **values: object
) -> None:
    with record.change(session, actor, LATER, reason=reason):
        for name, value in values.items():
            setattr(obj, name, value)
    session.commit()


def lower(session: Session, obj: Recorded) -> None:
    """Two people let the object travel further."""
    one, other = build.account(session), build.account(session, "approver")
    session.info["level_reason"] = "It is known by now"
    with record.change(session, one, LATER) as proposing:
        proposal = lowering.propose(proposing, obj, Level.INTERNAL)
    session.commit()
    with record.change(session, other, LATER) as deciding:
        lowering.decide(deciding, obj, proposal, agrees=True, reason="")
    session.commit()


def address(obj: Recorded) -> str:
    return f"/histories/{obj.kind}/{obj.id}"


@pytest.mark.parametrize("level", [Level.PUBLIC, Level.INTERNAL])
def test_a_change_is_told_with_who_when_why_and_what(
    app: Flask, as_role: AsRole, level: Level
) -> None:
    with build.stored(app) as session:
        actor = build.account(session)
        meeting = build.meeting(session, actor, {"fa": "دیدار نخست"}, level=level)
        change(session, actor, meeting, "The protocol says so", title={"fa": "دیدار دوم"})
    page = as_role("official").get(address(meeting), lang="en")
    assert "Changed" in page.shown
    assert "staff" in page.shown
    assert "25 November 2026" in page.shown
    assert "3 Azar 1405" in page.shown or "4 Azar 1405" in page.shown
    assert "The protocol says so" in page.shown
    assert "دیدار نخست" in page.shown
    assert "دیدار دوم" in page.shown
    assert page.shown.index("Changed") < page.shown.index("Created")
    assert "۴ آذر ۱۴۰۵" in as_role("staff").get(address(meeting)).shown


def test_the_page_of_an_object_leads_to_its_history(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        meeting = build.meeting(session, build.account(session))
    client = as_role("official")
    assert address(meeting) in client.get(f"/meetings/{meeting.id}").links


def test_what_a_reader_may_not_see_has_no_history(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        secret = build.meeting(session, build.account(session), level=Level.CONFIDENTIAL)
    client = as_role("official")
    client.get(address(secret), status=404)
    client.get(f"/histories/nothing/{secret.id}", status=404)
    as_role("auditor").get(address(secret))


def test_a_hidden_object_that_a_change_points_at_is_not_named(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        actor = build.account(session)
        hidden = build.person(session, actor, "Quiet Envoy", level=Level.CONFIDENTIAL)
        tie = build.tie(session, actor)
        build.involvement(session, actor, tie, hidden, reason={"en": "He is their man"})
        meeting = build.meeting(session, actor)
        build.attendee(session, actor, meeting, hidden)
    for obj in (tie, meeting):
        shown = as_role("official").get(address(obj), lang="en").shown
        assert "a record that is not shown here" in shown
        assert "Quiet Envoy" not in shown
        assert "their man" not in shown
        assert "Quiet Envoy" in as_role("auditor").get(address(obj), lang="en").shown


def test_why_a_hidden_body_is_involved_stays_hidden_when_only_that_changes(
    app: Flask, as_role: AsRole
) -> None:
    with build.stored(app) as session:
        actor = build.account(session)
        hidden = build.person(session, actor, level=Level.CONFIDENTIAL)
        tie = build.tie(session, actor)
        part = build.involvement(session, actor, tie, hidden, reason={"en": "Guessed"})
        with record.change(session, actor, LATER):
            part.reason = {"en": "He is their man"}
        session.commit()
    assert "their man" not in as_role("official").get(address(tie), lang="en").shown


def test_what_was_written_at_a_higher_level_stays_there(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        actor = build.account(session, "auditor")
        meeting = build.meeting(session, actor, "They asked for arms", level=Level.CONFIDENTIAL)
        change(session, actor, meeting, "Too much", title={"en": "They asked for help"})
        lower(session, meeting)
        change(session, actor, meeting, "Clearer", title={"en": "They asked for our help"})
    page = as_role("official").get(address(meeting), lang="en")
    assert "arms" not in page.shown
    assert "Too much" not in page.shown
    assert "known by now" not in page.shown
    assert "Clearer" in page.shown
    assert page.shown.count("Withheld: the record was at a higher level then") == 4
    assert "arms" in as_role("auditor").get(address(meeting), lang="en").shown


def test_promises_are_told_with_their_memorandum(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        actor = build.account(session)
        memorandum = build.memorandum(session, actor)
        promise = build.commitment(session, actor, memorandum, "Ten buses")
        secret = build.commitment(session, actor, memorandum, "A gift", level=Level.CONFIDENTIAL)
        change(session, actor, promise, text={"en": "Twelve buses"})
        change(session, actor, secret, text={"en": "Two gifts"})
    shown = as_role("official").get(address(memorandum), lang="en").shown
    assert "Ten buses" in shown
    assert "Twelve buses" in shown
    assert "gift" not in shown


def test_a_long_history_has_pages(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        actor = build.account(session)
        meeting = build.meeting(session, actor, "Meeting 0")
        for number in range(1, PAGE + 1):
            change(session, actor, meeting, title={"en": f"Meeting {number}"})
    client = as_role("staff")
    first = client.get(address(meeting), lang="en")
    assert f"Meeting {PAGE}" in first.shown
    older = next(link for link in first.links if "after=" in link)
    second = client.get(older)
    assert "Created" in second.shown
    assert "Changed" not in second.shown
    for nonsense in ("nonsense", "_____w", "é"):
        client.get(f"{address(meeting)}?after={nonsense}", status=400)


@pytest.mark.database("sqlite")
def test_a_history_costs_the_same_however_long(
    app: Flask, app_engine: Engine, as_role: AsRole
) -> None:
    client = as_role("staff")
    costs = []
    for many in (2, 12):
        with build.stored(app) as session:
            actor = build.account(session)
            meeting: Meeting = build.meeting(session, actor)
            for _ in range(many):
                build.attendee(session, actor, meeting, build.person(session, actor))
        client.get(address(meeting))
        with counted(app_engine) as statements:
            client.get(address(meeting))
        costs.append(len([each for each in statements if "user_sessions" not in each]))
    assert costs[0] == costs[1] <= 6
