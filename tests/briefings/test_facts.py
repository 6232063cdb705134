"""From the records to the facts: what this reader may see, as of that day, and nothing more."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import build
from tracker import demo, record
from tracker.briefings.facts import tie_briefing
from tracker.domain.access import Actor, Level, Role
from tracker.domain.actions import ActionState
from tracker.domain.briefings import Briefing, canonical, from_json
from tracker.domain.dates import FuzzyDate
from tracker.domain.errors import NotFound, RuleBroken
from tracker.domain.memoranda import Side
from tracker.domain.statements import StatementKind
from tracker.domain.ties import TieState
from tracker.models import Meeting, Statement, Tie
from tracker.record import states

OFFICIAL = Actor(user_id=None, role=Role.OFFICIAL)
AS_OF = date(2021, 11, 10)


def facts_of(session: Session, tie: Tie, actor: Actor = OFFICIAL, as_of: date = AS_OF) -> Briefing:
    return tie_briefing(session, actor, tie.id, as_of, {"fa": "شهرداری", "en": "City"}, {})


def said(facts: Briefing) -> str:
    return canonical(facts).decode()


@pytest.fixture
def tie(session: Session) -> Tie:
    session.info["audit_key"] = b"the key of tests"
    demo.load(session, build.NOW)
    return session.scalars(select(Tie)).one()


def test_the_story_is_told_whole(session: Session, tie: Tie) -> None:
    facts = facts_of(session, tie)
    body = facts.body
    assert body.state is TieState.ACTIVE
    assert [party.name["en"] for party in body.parties] == ["Mashhad", "Osh Province"]
    assert body.parties[1].within["fa"] == "قرقیزستان"
    assert [person.name["en"] for person in body.people][1] == "Saeed Kharrazi"
    assert len(body.memoranda[0].commitments) == 3
    assert body.memoranda[0].inferred
    assert body.basis[0].clause_subject["fa"] == "همکاری دوجانبهٔ شهرها و استان‌های دو کشور"
    assert body.mandates[0].help_from["en"] == "Ministry of Foreign Affairs"
    assert len(body.actions) == 4
    assert facts.withheld == 0
    assert {want.side for want in body.wants} == {Side.OURS, Side.THEIRS}


def test_what_they_want_is_never_taken_for_their_own_word(session: Session, tie: Tie) -> None:
    """Iran's own ambassador sits opposite; the Kyrgyz side has said nothing."""
    theirs = [want for want in facts_of(session, tie).body.wants if want.side is Side.THEIRS]
    assert theirs
    assert not any(want.own_account for want in theirs)


def test_the_same_records_make_the_same_facts(session: Session, tie: Tie) -> None:
    assert canonical(facts_of(session, tie)) == canonical(facts_of(session, tie))
    assert from_json(canonical(facts_of(session, tie))) == facts_of(session, tie)


def test_nothing_above_the_clearance_is_in_the_facts(session: Session, tie: Tie) -> None:
    staff = build.account(session)
    meeting = build.meeting(
        session, staff, title="CANARY talks", filed_under=tie, level=Level.CONFIDENTIAL
    )
    build.statement(session, staff, text="CANARY words", meeting=meeting)
    build.action(session, staff, text="CANARY action", meeting=meeting)
    build.obstacle(
        session, staff, title="CANARY obstacle", filed_under=tie, level=Level.CONFIDENTIAL
    )
    hidden = facts_of(session, tie)
    assert "CANARY" not in said(hidden)
    assert hidden.withheld >= 2
    assert "CANARY" in said(facts_of(session, tie, Actor(None, Role.AUDITOR)))


def test_a_name_above_the_clearance_is_left_out(session: Session, tie: Tie) -> None:
    staff = build.account(session)
    person = build.person(session, staff, name="CANARY person", level=Level.CONFIDENTIAL)
    meeting = build.meeting(session, staff, title="Open talks", filed_under=tie)
    build.attendee(session, staff, meeting, person=person, side=Side.THEIRS)
    build.statement(session, staff, text="Said aloud", meeting=meeting, speaker=person)
    facts = facts_of(session, tie)
    assert "Said aloud" in said(facts)
    assert "CANARY" not in said(facts)


def test_why_a_body_above_the_clearance_stands_by_a_tie_is_left_out(
    session: Session, tie: Tie
) -> None:
    staff = build.account(session)
    body = build.organisation(session, staff, name="CANARY body", level=Level.CONFIDENTIAL)
    why = {"inferred": True, "reason": {"en": "CANARY reason"}}
    build.involvement(session, staff, tie, body, **why)
    assert "CANARY" not in said(facts_of(session, tie))
    assert said(facts_of(session, tie, Actor(None, Role.AUDITOR))).count("CANARY") == 2


def test_a_person_who_stands_by_a_tie_is_named(session: Session, tie: Tie) -> None:
    staff = build.account(session)
    build.involvement(session, staff, tie, build.person(session, staff, name="Parvin Sobhani"))
    assert "Parvin Sobhani" in [body.name.get("en") for body in facts_of(session, tie).body.bodies]


def test_a_tie_that_is_not_for_the_reader_is_not_found(session: Session, tie: Tie) -> None:
    staff = build.account(session)
    with record.change(session, staff, build.NOW):
        tie.level = Level.CONFIDENTIAL
    session.commit()
    with pytest.raises(NotFound):
        facts_of(session, tie)


def test_what_happened_later_is_left_out(session: Session, tie: Tie) -> None:
    staff = build.account(session)
    later = FuzzyDate.exact(AS_OF + timedelta(days=1))
    build.meeting(session, staff, title="Later talks", held_on=later, filed_under=tie)
    assert "Later talks" not in said(facts_of(session, tie))
    assert "Later talks" in said(facts_of(session, tie, as_of=AS_OF + timedelta(days=2)))


def test_what_has_no_date_is_kept(session: Session, tie: Tie) -> None:
    staff = build.account(session)
    unknown = FuzzyDate.unknown()
    build.meeting(session, staff, title="Undated talks", held_on=unknown, filed_under=tie)
    assert "Undated talks" in said(facts_of(session, tie))


def test_states_are_those_of_the_day(session: Session, tie: Tie) -> None:
    staff = build.account(session)
    action = build.action(session, staff, text="Write a letter", meeting=_meeting(session))
    with record.change(session, staff, build.NOW) as change:
        states.enter(change, action, ActionState.OPEN, effective_on=build.BY_THEN)
        states.move(
            change,
            action,
            "state",
            ActionState.DONE,
            effective_on=FuzzyDate.exact(AS_OF + timedelta(days=5)),
        )
    session.commit()

    def state(day: date) -> ActionState:
        body = facts_of(session, tie, as_of=day).body
        return next(a.state for a in body.actions if a.ref == str(action.id))

    assert state(AS_OF) is ActionState.OPEN
    assert state(AS_OF + timedelta(days=6)) is ActionState.DONE


def _meeting(session: Session) -> Meeting:
    return session.scalars(select(Meeting).where(Meeting.state == "held")).one()


def test_an_action_without_a_last_day_is_never_late(session: Session, tie: Tie) -> None:
    staff = build.account(session)
    meeting = _meeting(session)
    build.action(session, staff, text="No day", meeting=meeting)
    due = FuzzyDate(None, AS_OF - timedelta(days=3), "")
    build.action(session, staff, text="Late by three days", meeting=meeting, due=due)
    late = {
        action.text.get("en"): action.overdue_days
        for action in facts_of(session, tie).body.actions
    }
    assert late["No day"] is None
    assert late["Late by three days"] == 3


def test_a_day_before_everything_is_refused(session: Session, tie: Tie) -> None:
    with pytest.raises(RuleBroken, match="as of that day"):
        facts_of(session, tie, as_of=date(1821, 3, 21))


def test_what_was_put_away_is_gone(session: Session, tie: Tie) -> None:
    staff = build.account(session)
    statement = session.scalars(
        select(Statement).where(Statement.statement_kind == StatementKind.CAPABILITY)
    ).one()
    words = statement.text["fa"]
    assert words in said(facts_of(session, tie))
    with record.change(session, staff, build.NOW) as change:
        change.remove(statement)
    session.commit()
    facts = facts_of(session, tie)
    assert words not in said(facts)
    assert facts.withheld == 0


def test_an_empty_tie_has_facts_too(session: Session) -> None:
    staff = build.account(session)
    tie = build.tie(session, staff)
    body = facts_of(session, tie, staff, as_of=build.TODAY).body
    assert (body.people, body.memoranda, body.actions) == ((), (), ())
