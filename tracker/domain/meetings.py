"""Meetings: one event under many words, who attended, and how it moves to agreed minutes."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from tracker.domain.dates import FuzzyDate
from tracker.domain.machines import Move


class MeetingKind(StrEnum):
    COURTESY_CALL = "courtesy call"
    WORKING_MEETING = "working meeting"
    JOINT_COMMITTEE = "joint committee"
    SUMMIT = "summit"
    COUNCIL_SESSION = "council session"
    VISIT = "visit"


class MeetingState(StrEnum):
    DRAFT = "draft"
    SCHEDULED = "scheduled"
    HELD = "held"
    MINUTES_DRAFT = "minutes draft"
    MINUTES_APPROVED = "minutes approved"
    MINUTES_AGREED = "minutes agreed"
    CANCELLED = "cancelled"


class Attendance(StrEnum):
    PRESENT = "present"
    ABSENT = "absent"
    EXCUSED = "excused"
    REPLACED = "replaced"


class DelegationRole(StrEnum):
    HEAD = "head of delegation"
    MEMBER = "member"
    INTERPRETER = "interpreter"


_S = MeetingState
# A meeting in one of these has not taken place.
NOT_HELD = frozenset({_S.DRAFT, _S.SCHEDULED, _S.CANCELLED})
MOVES: tuple[Move[MeetingState], ...] = (
    Move("schedule", _S.DRAFT, _S.SCHEDULED),
    Move("hold", _S.DRAFT, _S.HELD),
    Move("hold", _S.SCHEDULED, _S.HELD),
    Move("cancel", _S.DRAFT, _S.CANCELLED, needs=("reason",)),
    Move("cancel", _S.SCHEDULED, _S.CANCELLED, needs=("reason",)),
)


def is_still_to_come(held_on: FuzzyDate, today: date) -> bool:
    """Whether the first day that it can be lies ahead: it cannot have been held."""
    return held_on.first is not None and held_on.first > today
