"""Action items: who does what by when, and what is late as of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.access import Permission
from tracker.domain.machines import Move


class ActionState(StrEnum):
    OPEN = "open"
    IN_PROGRESS = "in progress"
    BLOCKED = "blocked"
    DONE = "done"
    VERIFIED = "verified"
    CANCELLED = "cancelled"


_S = ActionState
LIVE = frozenset({_S.OPEN, _S.IN_PROGRESS, _S.BLOCKED})
MOVES: tuple[Move[ActionState], ...] = (
    Move("start", _S.OPEN, _S.IN_PROGRESS),
    *(Move("finish", state, _S.DONE) for state in (_S.OPEN, _S.IN_PROGRESS, _S.BLOCKED)),
    *(Move("block", state, _S.BLOCKED, needs=("reason",)) for state in (_S.OPEN, _S.IN_PROGRESS)),
    Move("unblock", _S.BLOCKED, _S.IN_PROGRESS),
    Move("reopen", _S.DONE, _S.OPEN),
    Move("reopen", _S.CANCELLED, _S.OPEN),
    Move("verify", _S.DONE, _S.VERIFIED, Permission.APPROVE),
    *(
        Move("cancel", state, _S.CANCELLED, needs=("reason",))
        for state in (_S.OPEN, _S.IN_PROGRESS, _S.BLOCKED)
    ),
)


@dataclass(frozen=True, slots=True)
class Overdue:
    """That an action is late, and by how many days as of the day asked."""

    days: int


def overdue(state: ActionState, due_last: date | None, as_of: date) -> Overdue | None:
    """Late only when the last possible due day has passed; without one nothing is ever late."""
    if due_last is None or state not in LIVE or due_last >= as_of:
        return None
    return Overdue((as_of - due_last).days)
