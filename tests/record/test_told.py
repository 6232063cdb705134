"""What an entry changed, in words: every column has a name, every value a form."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import build
from tracker import record
from tracker.domain.access import Actor, Level, Role
from tracker.domain.dates import Direction, FuzzyDate, parse_fuzzy
from tracker.lang import speaking
from tracker.models import AuditEntry, Base, Part, Recorded
from tracker.record import snapshots, words
from tracker.record.told import _UNSAID, Line, _root, names_for, tell

TEHRAN = ZoneInfo("Asia/Tehran")
AUDITOR = Actor(None, Role.AUDITOR)


def told(session: Session, language: str = "en") -> list[Line]:
    """The newest change of an object."""
    changes = select(AuditEntry).where(AuditEntry.action.in_(("created", "changed")))
    entry = session.scalars(changes.order_by(AuditEntry.seq.desc()).limit(1)).one()
    with speaking(language):
        names = names_for(session, AUDITOR, [entry.changes])
        return list(tell(entry.object_kind, entry.changes, names, TEHRAN))


def day(words: str) -> FuzzyDate:
    return parse_fuzzy(words, today=build.NOW.date(), direction=Direction.PAST)


def pairs(lines: list[Line]) -> dict[str, tuple[str | None, str | None]]:
    return {
        each.label: (
            each.before.text if each.before else None,
            each.after.text if each.after else None,
        )
        for each in lines
    }


@pytest.fixture
def staff(session: Session) -> Actor:
    session.info["audit_key"] = b"the key of tests"
    return build.account(session)


def test_every_column_that_an_entry_may_hold_has_a_name() -> None:
    unnamed = set()
    for mapper in Base.registry.mappers:
        if not issubclass(mapper.class_, Recorded | Part):
            continue
        part = str(mapper.local_table.description) if issubclass(mapper.class_, Part) else ""
        if part and part not in words.PARTS:
            unnamed.add(part)
        for attribute in mapper.column_attrs:
            key = attribute.key
            if key in snapshots._OWN | _UNSAID or key.endswith("_sort"):
                continue
            if part and key in ("id", _root(part)):
                continue
            stem = key
            for end in ("_id", "_first", "_last", "_raw"):
                stem = stem.removesuffix(end)
            if (part, stem) not in words._OF_PARTS and stem not in words.FIELDS:
                unnamed.add(f"{mapper.class_.__name__}.{key}")
    assert unnamed == set()


def test_texts_by_language_levels_and_dates(session: Session, staff: Actor) -> None:
    meeting = build.meeting(session, staff, title="A call", held_on=FuzzyDate.unknown())
    with record.change(session, staff, build.NOW):
        meeting.title = {"en": "A visit", "fa": "دیدار"}
        meeting.level = Level.CONFIDENTIAL
        meeting.held_on = day("16 Aban 1400")
    said = pairs(told(session))
    assert said["Title"] == ("A call", "A visit")
    assert said["Title (Persian)"] == (None, "دیدار")
    assert said["Level"] == ("internal", "confidential")
    assert said["Held on"] == (None, "7 November 2021")
    assert pairs(told(session, "fa"))["تاریخ برگزاری"] == (None, "۱۶ آبان ۱۴۰۰")


def test_one_end_of_a_date_is_told_without_guessing_the_other(
    session: Session, staff: Actor
) -> None:
    first, last = date(2021, 10, 23), date(2021, 10, 27)
    meeting = build.meeting(session, staff, held_on=FuzzyDate(first, last))
    with record.change(session, staff, build.NOW):
        meeting.held_on = FuzzyDate(first, last.replace(day=28))
    (said,) = pairs(told(session)).items()
    assert said == ("Held on, last day", ("27 October 2021", "28 October 2021"))


def test_parts_and_what_they_point_at_by_name(session: Session, staff: Actor) -> None:
    person = build.person(session, staff, "Saeed Kharrazi")
    meeting = build.meeting(session, staff)
    build.attendee(session, staff, meeting, person)
    line = next(each for each in told(session) if each.label == "Person")
    assert line.group == "Delegations"
    assert line.after is not None
    assert (line.after.text, line.after.kind, line.after.id) == (
        "Saeed Kharrazi", "person", person.id,
    )  # fmt: skip


def test_what_the_reader_may_not_see_is_not_named(session: Session, staff: Actor) -> None:
    person = build.person(session, staff, "Somebody hidden", level=Level.CONFIDENTIAL)
    meeting = build.meeting(session, staff)
    build.attendee(session, staff, meeting, person)
    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc()).limit(1)).one()
    official = Actor(None, Role.OFFICIAL)
    lines = tell("meeting", entry.changes, names_for(session, official, [entry.changes]), TEHRAN)
    assert "hidden" not in " ".join(each.after.text for each in lines if each.after)


def test_what_is_no_record_may_say_what_it_likes() -> None:
    with speaking("en"):
        lines = tell("account", {"fields": {"active": [True, False]}, "odd_key": 5}, {}, TEHRAN)
    assert pairs(list(lines)) == {"Active": ("Yes", "No"), "odd key": (None, "5")}
