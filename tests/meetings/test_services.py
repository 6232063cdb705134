"""What logging, correcting, filing and moving leave in the database, on both kinds of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests import build
from tracker import record
from tracker.domain.access import Actor, Level
from tracker.domain.dates import FuzzyDate
from tracker.domain.errors import NotFound, RuleBroken, Stale
from tracker.domain.meetings import DelegationRole, MeetingState
from tracker.domain.memoranda import Side
from tracker.domain.naming import Link
from tracker.meetings import services
from tracker.meetings.queries import meeting_page
from tracker.meetings.services import GivenAction, GivenDelegate, GivenMeeting
from tracker.models import (
    Action,
    ActionOwner,
    Attendee,
    AuditEntry,
    Decision,
    Filing,
    Meeting,
    Organisation,
    Person,
    Post,
    StateChange,
    Statement,
    Tenure,
)

DAY = FuzzyDate.exact(date(2021, 11, 7))


@pytest.fixture
def staff(session: Session) -> Actor:
    session.info["audit_key"] = b"the key of tests"
    return build.account(session)


def given(**values: object) -> GivenMeeting:
    return replace(GivenMeeting(language="en", title={"en": "A call"}, held_on=DAY), **values)


def log(session: Session, actor: Actor, what: GivenMeeting, **values: object) -> Meeting:
    return services.log_meeting(session, actor, what, build.NOW, today=build.TODAY, **values)


def correct(session: Session, actor: Actor, meeting: Meeting, what: GivenMeeting) -> Meeting:
    return services.correct_meeting(
        session, actor, meeting.id, what, meeting.version, build.NOW, today=build.TODAY
    )


def who(*texts: str) -> tuple[GivenDelegate, ...]:
    return tuple(GivenDelegate(f"ours-{n}-who", Link(text)) for n, text in enumerate(texts))


def test_only_a_title_makes_a_meeting_of_unknowns(session: Session, staff: Actor) -> None:
    meeting = log(session, staff, given(held_on=FuzzyDate.unknown()))
    page = meeting_page(session, staff, meeting.id)
    assert page.state is MeetingState.HELD
    assert page.held_on.is_unknown
    assert page.place is None
    assert (page.present, page.speakers, page.actions, page.decisions) == ((), (), (), ())


def test_somebody_new_is_made_with_the_post_of_that_day(session: Session, staff: Actor) -> None:
    meeting = log(session, staff, given(theirs=who("Saeed Kharrazi, Ambassador of Iran")))
    person = session.scalars(select(Person)).one()
    tenure = session.scalars(select(Tenure)).one()
    assert person.name == {"en": "Saeed Kharrazi"}
    assert session.get(Post, tenure.post_id).title == {"en": "Ambassador of Iran"}
    assert tenure.attested_on == DAY
    seat = session.scalars(select(Attendee)).one()
    assert (seat.meeting_id, seat.side) == (meeting.id, Side.THEIRS)
    assert (seat.person_id, seat.post_id) == (person.id, tenure.post_id)


def test_somebody_known_comes_in_the_post_of_that_day(session: Session, staff: Actor) -> None:
    person = build.person(session, staff, "Saeed Kharrazi")
    now, then = build.post(session, staff, "Minister"), build.post(session, staff, "Ambassador")
    build.tenure(session, staff, person, now, since=FuzzyDate(date(2024, 1, 1), date(2024, 1, 1)))
    build.tenure(session, staff, person, then)
    log(session, staff, given(ours=(GivenDelegate("f", Link("", "person", person.id)),)))
    assert session.scalars(select(Attendee)).one().post_id == then.id


def test_of_two_possible_posts_none_is_guessed(session: Session, staff: Actor) -> None:
    person = build.person(session, staff, "Saeed Kharrazi")
    for title in ("Mayor", "Chair"):
        build.tenure(session, staff, person, build.post(session, staff, title))
    log(session, staff, given(ours=who("Saeed Kharrazi")))
    assert session.scalars(select(Attendee)).one().post_id is None


def test_a_group_has_words_and_no_names(session: Session, staff: Actor) -> None:
    named_group = GivenDelegate("f", Link("Two guests"), is_group=True)
    log(session, staff, given(ours=(*who("A number of councillors"), named_group)))
    seats = session.scalars(select(Attendee).order_by(Attendee.position)).all()
    assert [seat.group_label["en"] for seat in seats] == ["A number of councillors", "Two guests"]
    assert session.scalar(select(func.count(Person.id))) == 0


def test_nobody_sits_twice(session: Session, staff: Actor) -> None:
    log(session, staff, given(ours=who("Saeed Kharrazi", "Saeed Kharrazi, Mayor")))
    assert session.scalar(select(func.count(Attendee.id))) == 1
    assert session.scalar(select(func.count(Person.id))) == 1


def test_two_of_one_name_are_asked_back_at_the_row(session: Session, staff: Actor) -> None:
    for _ in range(2):
        build.person(session, staff, "Saeed Kharrazi")
    with pytest.raises(RuleBroken) as refused:
        log(session, staff, given(ours=who("Mayor", "Saeed Kharrazi")))
    assert refused.value.field == "ours-1-who"


def test_lines_become_statements_of_their_speakers(session: Session, staff: Actor) -> None:
    body = build.organisation(session, staff, "Embassy")
    post = build.post(session, staff, "Ambassador of Iran", body)
    source = build.source(session, staff)
    delegates = who("Saeed Kharrazi, Ambassador of Iran", "Mayor of Mashhad")
    said = "Kharrazi: We are ready.\nMayor: So are we.\nSomebody: hm\nThe weather was fine."
    what = given(theirs=delegates, said=said, source=Link("", "source", source.id))
    meeting = log(session, staff, what)
    rows = session.scalars(select(Statement).order_by(Statement.position)).all()
    assert [row.text["en"] for row in rows] == [
        "We are ready.",
        "So are we.",
        "Somebody: hm",
        "The weather was fine.",
    ]
    assert [row.speaker_person_id is not None for row in rows] == [True, False, False, False]
    assert rows[0].speaker_post_id == post.id
    assert rows[0].speaker_organisation_id == body.id
    assert rows[1].speaker_post_id is not None
    assert {row.source_id for row in rows} == {source.id}
    assert {row.happened_on for row in rows} == {DAY}
    assert meeting_page(session, staff, meeting.id).statement_count == 4


def test_actions_have_owners_of_every_kind(session: Session, staff: Actor) -> None:
    owners = ("Mashhad Municipality", "Mayor of Mashhad", "Saeed Kharrazi", "")
    rows = tuple(
        GivenAction(f"Do {n}", f"actions-{n}-owner", Link(owner), FuzzyDate.unknown())
        for n, owner in enumerate((*owners, "Mashhad Municipality"))
    )
    log(session, staff, given(actions=rows))
    actions = session.scalars(select(Action).order_by(Action.position)).all()
    assert [action.text["en"] for action in actions] == [f"Do {n}" for n in range(5)]
    found = session.scalars(select(ActionOwner)).all()
    assert len(found) == 4
    assert (
        len({(o.person_id is None, o.post_id is None, o.organisation_id is None) for o in found})
        == 3
    )
    assert session.scalar(select(func.count(Organisation.id))) == 1


def test_everything_is_one_change(session: Session, staff: Actor) -> None:
    what = given(ours=who("Saeed Kharrazi"), said="A line", decisions="To go on")
    meeting = log(session, staff, what)
    entries = session.execute(
        select(AuditEntry.object_kind, AuditEntry.action).where(
            AuditEntry.object_kind.in_(["meeting", "statement"])
        )
    ).all()
    assert sorted(map(tuple, entries)) == [("meeting", "created"), ("statement", "created")]
    assert meeting.version == 1


def test_the_same_form_sent_again_changes_nothing(session: Session, staff: Actor) -> None:
    submission = uuid4()
    first = log(session, staff, given(said="A line"), submission=submission)
    second = log(session, staff, given(said="A line"), submission=submission)
    assert first.id == second.id
    assert session.scalar(select(func.count(Statement.id))) == 1


def test_the_states_it_enters_are_kept(session: Session, staff: Actor) -> None:
    tomorrow = FuzzyDate.exact(build.TODAY + timedelta(days=1))
    with pytest.raises(RuleBroken) as refused:
        log(session, staff, given(held_on=tomorrow))
    assert refused.value.field == "held_on"
    session.rollback()
    planned = log(session, staff, given(held_on=tomorrow, state=MeetingState.SCHEDULED))
    with pytest.raises(RuleBroken):
        move(session, staff, planned, "hold", planned.version)
    session.rollback()
    with pytest.raises(RuleBroken):
        move(session, staff, planned, "cancel", planned.version)
    session.rollback()
    with pytest.raises(Stale):
        move(session, staff, planned, "cancel", planned.version + 1, reason="Ill")
    session.rollback()
    move(session, staff, planned, "cancel", planned.version, reason="Ill")
    steps = session.execute(
        select(StateChange.source, StateChange.target, StateChange.reason).order_by(
            StateChange.recorded_at, StateChange.id
        )
    ).all()
    assert sorted(map(tuple, steps)) == [
        ("", "scheduled", ""),
        ("scheduled", "cancelled", "Ill"),
    ]


def move(
    session: Session, actor: Actor, meeting: Meeting, name: str, version: int, reason: str = ""
) -> None:
    services.move_meeting(
        session,
        actor,
        meeting.id,
        name,
        version,
        build.NOW,
        today=build.TODAY,
        reason=reason,
    )


def test_correcting_keeps_rows_that_are_still_there(session: Session, staff: Actor) -> None:
    meeting = log(
        session,
        staff,
        given(ours=who("Saeed Kharrazi, Mayor", "Members of the council"), decisions="One\nTwo"),
    )
    head = session.scalars(select(Attendee).where(Attendee.person_id.is_not(None))).one()
    kept = head.id
    with record.change(session, staff, build.NOW):
        head.delegation_role = DelegationRole.HEAD
        decision = session.scalars(select(Decision).order_by(Decision.position)).first()
        decision.text = {"en": "One", "fa": "یک"}
    session.commit()
    session.refresh(meeting)
    again = given(ours=who("Saeed Kharrazi, Mayor", "Ali Rezaei"), decisions="Three\nOne")
    correct(session, staff, meeting, again)
    seats = session.scalars(select(Attendee).order_by(Attendee.position)).all()
    assert [seat.id == kept for seat in seats] == [True, False]
    assert seats[0].delegation_role is DelegationRole.HEAD
    decisions = session.scalars(select(Decision).order_by(Decision.position)).all()
    assert [decision.text for decision in decisions] == [
        {"en": "Three"},
        {"en": "One", "fa": "یک"},
    ]


def test_a_day_put_right_goes_through_to_what_was_said(session: Session, staff: Actor) -> None:
    tie = build.tie(session, staff)
    filed = (("filed_under", Link("", "tie", tie.id)),)
    meeting = log(session, staff, given(said="A line", filed_under=filed))
    later = FuzzyDate.exact(date(2021, 11, 8))
    correct(session, staff, meeting, given(held_on=later, filed_under=filed))
    assert session.scalars(select(Statement)).one().happened_on == later
    assert session.scalars(select(Filing)).one().sort_on.sort == later.sort


def test_what_the_editor_may_not_see_stays(session: Session, staff: Actor) -> None:
    auditor = build.account(session, "auditor")
    secret = build.tie(session, auditor, "Secret", level=Level.CONFIDENTIAL)
    source = build.source(session, auditor, "Secret", level=Level.CONFIDENTIAL)
    person = build.person(session, auditor, "Secret", level=Level.CONFIDENTIAL)
    meeting = build.meeting(session, staff, source_id=source.id)
    build.attendee(session, auditor, meeting, person)
    session.refresh(meeting)
    correct(session, staff, meeting, given())
    assert session.scalars(select(Attendee.person_id)).all() == [person.id]
    assert meeting.source_id == source.id
    tie, seen = Link("", "tie", build.tie(session, staff).id), meeting.version
    services.file_meeting(session, staff, meeting.id, tie, seen, build.NOW)
    with pytest.raises(Stale):
        services.file_meeting(session, staff, meeting.id, tie, seen, build.NOW)
    hidden = Link("", "tie", secret.id)
    with pytest.raises(NotFound):
        services.file_meeting(session, staff, meeting.id, hidden, meeting.version, build.NOW)


@pytest.mark.parametrize(
    ("level", "day"), [(Level.INTERNAL, DAY), (Level.CONFIDENTIAL, FuzzyDate.unknown())]
)
def test_a_post_does_not_tell_the_day_of_a_confidential_meeting(
    session: Session, staff: Actor, level: Level, day: FuzzyDate
) -> None:
    tie = build.tie(session, staff, level=level)
    under = (("filed_under", Link(kind="tie", id=tie.id)),)
    log(session, staff, given(ours=who("Saeed Kharrazi, Ambassador"), filed_under=under))
    assert session.scalars(select(Person)).one().effective_level is Level.INTERNAL
    assert session.scalars(select(Tenure)).one().attested_on == day


def test_a_meeting_is_as_confidential_as_what_it_is_filed_under(
    session: Session, staff: Actor
) -> None:
    tie = build.tie(session, staff, level=Level.CONFIDENTIAL)
    filed = (("filed_under", Link("", "tie", tie.id)),)
    meeting = log(session, staff, given(said="A line", filed_under=filed))
    assert meeting.effective_level is Level.CONFIDENTIAL
    assert session.scalars(select(Statement)).one().effective_level is Level.CONFIDENTIAL
    with pytest.raises(NotFound):
        meeting_page(session, build.account(session), meeting.id)
