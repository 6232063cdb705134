"""The audit chain: one entry for each object of a change, and no way to mend it unseen."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests import build
from tracker import record
from tracker.domain.dates import FuzzyDate
from tracker.domain.memoranda import Side
from tracker.models import Attendee, AuditEntry, Meeting, Place

KEY = b"the key of tests"


def entries(session: Session) -> list[AuditEntry]:
    return list(session.scalars(select(AuditEntry).order_by(AuditEntry.seq)))


def test_a_change_writes_one_entry_for_each_object(session: Session) -> None:
    staff = build.account(session)
    session.info["audit_key"] = KEY
    with record.change(session, staff, build.NOW, reason="heard it"):
        meeting = Meeting(title={"en": "A call"}, held_on=FuzzyDate.unknown())
        session.add(meeting)
        session.flush()
        group = {"en": "council members"}
        session.add(Attendee(meeting_id=meeting.id, side=Side.OURS, group_label=group))
    session.commit()
    (entry,) = entries(session)
    assert (entry.action, entry.object_kind, entry.object_id) == ("created", "meeting", meeting.id)
    assert (entry.actor_id, entry.role, entry.reason) == (staff.user_id, "staff", "heard it")
    assert entry.changes["fields"]["title"] == [None, {"en": "A call"}]
    (attendee,) = entry.changes["parts"]["attendees"].values()
    assert attendee["group_label"] == [None, group]


def test_an_entry_tells_what_was_before(session: Session) -> None:
    staff = build.account(session)
    place = build.place(session, staff, name="Osh")
    with record.change(session, staff, build.NOW):
        place.name = {"en": "Osh city"}
    session.commit()
    entry = entries(session)[-1]
    assert entry.changes["fields"] == {"name": [{"en": "Osh"}, {"en": "Osh city"}]}
    assert entry.object_version == place.version == 2


def test_a_change_of_a_part_raises_the_version_of_its_root(session: Session) -> None:
    staff = build.account(session)
    meeting = build.meeting(session, staff)
    with record.change(session, staff, build.NOW):
        session.add(Attendee(meeting_id=meeting.id, side=Side.OURS, group_label={"en": "guests"}))
    session.commit()
    assert meeting.version == 2
    assert entries(session)[-1].object_id == meeting.id


def test_nothing_recorded_changes_outside_a_change(session: Session) -> None:
    staff = build.account(session)
    place = build.place(session, staff)
    place.name = {"en": "changed behind the back"}
    with pytest.raises(RuntimeError, match=r"record\.change"):
        session.flush()


def test_what_is_put_away_stays_with_who_when_and_why(session: Session) -> None:
    staff = build.account(session)
    place = build.place(session, staff)
    with record.change(session, staff, build.NOW, reason="entered twice") as change:
        change.remove(place)
    session.commit()
    assert entries(session)[-1].action == "removed"
    assert session.scalar(select(Place.delete_reason)) == "entered twice"
    assert record.find(session, staff, Place, place.id) is None


@pytest.mark.parametrize("statement", ["UPDATE audit SET reason = 'x'", "DELETE FROM audit"])
def test_the_database_refuses_to_change_the_chain(session: Session, statement: str) -> None:
    staff = build.account(session)
    build.place(session, staff)
    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(text(statement))


@pytest.mark.database("sqlite")
def test_replacing_an_entry_is_refused_too(session: Session) -> None:
    staff = build.account(session)
    build.place(session, staff)
    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(text("INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE seq = 1"))
