"""The meeting that the report tells of, and the summit that the council ordered."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tracker.demo.cast import BY_THEN, UNKNOWN, Cast, add, both, put
from tracker.domain.meetings import DelegationRole, MeetingKind, MeetingState
from tracker.domain.memoranda import Side
from tracker.models import Attendee, Filing, Meeting, StateChange


def enter(session: Session, cast: Cast) -> None:
    meeting = put(
        session,
        cast,
        "meeting",
        Meeting(
            title=both(
                "دیدار شهردار مشهد با سفیر ایران در قرقیزستان",
                "Meeting of the Mayor of Mashhad with Iran’s ambassador to Kyrgyzstan",
            ),
            meeting_kind=MeetingKind.COURTESY_CALL,
            also_called=both("نشست", "session"),
            state=MeetingState.HELD,
            held_on=BY_THEN,
            source_id=cast["report"].id,
        ),
    )
    for position, name in enumerate(("tie", "memorandum")):
        add(
            session,
            Filing(
                holder_kind=meeting.kind,
                holder_id=meeting.id,
                object_kind=cast[name].kind,
                object_id=cast[name].id,
                sort_on=BY_THEN,
                position=position,
            ),
        )
    _attendance(session, cast, meeting)
    # Ordered by the council and told of twice; one event, with no day yet.
    summit = put(
        session,
        cast,
        "summit",
        Meeting(
            title=both(
                "نشست شهرداران سازمان همکاری شانگهای",
                "Summit of SCO mayors",
            ),
            meeting_kind=MeetingKind.SUMMIT,
            state=MeetingState.SCHEDULED,
            held_on=UNKNOWN,
            place_id=cast["mashhad"].id,
            source_id=cast["report"].id,
        ),
    )
    for event in (meeting, summit):
        add(
            session,
            StateChange(
                object_kind=event.kind,
                object_id=event.id,
                target=event.state.value,
                effective_on=event.held_on,
                recorded_at=event.created_at,
            ),
        )


def _attendance(session: Session, cast: Cast, meeting: Meeting) -> None:
    present = (
        (Side.OURS, "arjaei", "mayor", DelegationRole.HEAD),
        (Side.OURS, "nasehi", "vice_chair", DelegationRole.MEMBER),
        (Side.THEIRS, "kharrazi", "ambassador", DelegationRole.MEMBER),
    )
    for position, (side, person, post, role) in enumerate(present):
        add(
            session,
            Attendee(
                meeting_id=meeting.id,
                side=side,
                person_id=cast[person].id,
                post_id=cast[post].id,
                delegation_role=role,
                # The report does not say who headed which side.
                role_inferred=role is DelegationRole.HEAD,
                position=position,
            ),
        )
    add(
        session,
        Attendee(
            meeting_id=meeting.id,
            side=Side.OURS,
            organisation_id=cast["council"].id,
            group_label=both(
                "جمعی از اعضای شورای اسلامی شهر", "a number of members of the city council"
            ),
            position=len(present),
        ),
    )
