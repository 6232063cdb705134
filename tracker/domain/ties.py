"""Ties between places: their kinds and their states."""

from __future__ import annotations

from enum import StrEnum

from tracker.domain.access import Permission
from tracker.domain.machines import Move


class TieKind(StrEnum):
    SISTER = "sister"
    FRIENDSHIP = "friendship"
    NETWORK = "network"
    OTHER = "other tie"


class TieState(StrEnum):
    EXPLORING = "exploring"
    PROPOSED = "proposed"
    APPROVED = "approved"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    ENDED = "ended"


class Copy(StrEnum):
    """Whether a paper that is said to exist is in the city's hands."""

    UNKNOWN = "unknown"
    NOT_HELD = "not held"
    HELD = "held"


_S = TieState
MOVES: tuple[Move[TieState], ...] = (
    Move("propose", _S.EXPLORING, _S.PROPOSED),
    Move("approve", _S.PROPOSED, _S.APPROVED, Permission.APPROVE),
    Move("activate", _S.APPROVED, _S.ACTIVE),
    Move("suspend", _S.ACTIVE, _S.SUSPENDED, Permission.APPROVE, ("reason",)),
    Move("resume", _S.SUSPENDED, _S.ACTIVE, Permission.APPROVE),
    Move("end", _S.ACTIVE, _S.ENDED, Permission.APPROVE, ("reason",)),
    Move("end", _S.SUSPENDED, _S.ENDED, Permission.APPROVE, ("reason",)),
)
