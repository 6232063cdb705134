"""Whom the reader meets, who comes along, and the meetings so far."""

from __future__ import annotations

from uuid import UUID

from tracker.briefings.facts.dossier import Dossier
from tracker.briefings.facts.names import Names
from tracker.briefings.facts.notes import Notes
from tracker.domain import briefings as facts
from tracker.domain.dates import FuzzyDate
from tracker.domain.meetings import Attendance, DelegationRole
from tracker.domain.memoranda import Side
from tracker.models import Attendee, Meeting

_UNKNOWN = FuzzyDate.unknown()


def persons(d: Dossier, names: Names, notes: Notes) -> tuple[facts.Person, ...]:
    """Everybody who attended, once, in the post of the newest meeting.

    Our head of delegation is left out: it is he or she who is being briefed.
    """
    found: dict[object, facts.Person] = {}
    by_meeting = {meeting.id: meeting for meeting in d.meetings}
    order = {meeting.id: position for position, meeting in enumerate(d.meetings)}
    for attendee in sorted(d.attendees, key=lambda a: (order[a.meeting_id], a.position)):
        if attendee.side is Side.OURS and attendee.delegation_role is DelegationRole.HEAD:
            continue
        if attendee.attendance is not Attendance.PRESENT:
            continue
        who = attendee.person_id or attendee.post_id or tuple(attendee.group_label.items())
        if who not in found:
            found[who] = _person(attendee, by_meeting[attendee.meeting_id], d, names, notes)
    return tuple(person for person in found.values() if person.name or person.post)


def _person(
    attendee: Attendee, meeting: Meeting, d: Dossier, names: Names, notes: Notes
) -> facts.Person:
    is_group = bool(attendee.group_label)
    since, attested = _tenure(attendee, names)
    said = [
        statement
        for statement in d.statements
        if attendee.person_id and statement.speaker_person_id == attendee.person_id
    ]
    return facts.Person(
        standing=facts.Standing.COMPANION if attendee.side is Side.OURS else facts.Standing.ACROSS,
        name=dict(attendee.group_label) if is_group else names.person(attendee.person_id),
        printed_name=_printed_name(attendee.person_id, names),
        post=names.post(attendee.post_id),
        since=since,
        attested=attested,
        group=is_group,
        notes=notes.of_statement(said[0]) if said else notes.of_source(meeting.source_id),
    )


def _tenure(attendee: Attendee, names: Names) -> tuple[FuzzyDate, FuzzyDate]:
    if attendee.person_id is None or attendee.post_id is None:
        return _UNKNOWN, _UNKNOWN
    tenure = names.tenures.get((attendee.person_id, attendee.post_id))
    return (tenure.since, tenure.attested_on) if tenure else (_UNKNOWN, _UNKNOWN)


def _printed_name(person_id: UUID | None, names: Names) -> str:
    person = names.people.get(person_id) if person_id else None
    printed = person.printed_names[0] if person and person.printed_names else ""
    return "" if person is None or printed in person.name.values() else printed


def meetings(d: Dossier, names: Names, notes: Notes) -> tuple[facts.Meeting, ...]:
    return tuple(
        facts.Meeting(
            ref=str(meeting.id),
            title=dict(meeting.title),
            kind=meeting.meeting_kind,
            also_called=dict(meeting.also_called),
            state=meeting.state,
            held=meeting.held_on,
            place=names.place(meeting.place_id) or dict(meeting.place_note),
            attendees=tuple(
                facts.Attendee(
                    side=attendee.side,
                    name=dict(attendee.group_label) or names.person(attendee.person_id),
                    post=names.post(attendee.post_id),
                    group=bool(attendee.group_label),
                    role=attendee.delegation_role,
                    attendance=attendee.attendance,
                )
                for attendee in d.attendees
                if attendee.meeting_id == meeting.id
            ),
            decisions=tuple(
                dict(decision.text)
                for decision in d.decisions
                if decision.meeting_id == meeting.id
            ),
            notes=notes.of_source(meeting.source_id),
        )
        for meeting in d.meetings
    )
