"""Memoranda: an exchange between two sides, with one stage and commitments of its own."""

from __future__ import annotations

from enum import StrEnum

from tracker.domain.access import Permission
from tracker.domain.machines import Move


class Stage(StrEnum):
    PROPOSED = "proposed"
    DRAFTING = "drafting"
    IN_REVIEW = "in review"
    READY_TO_SIGN = "ready to sign"
    SIGNED = "signed"
    IN_FORCE = "in force"
    COMPLETED = "completed"
    TERMINATED = "terminated"
    RENEWED = "renewed"
    SUSPENDED = "suspended"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Side(StrEnum):
    """Of an exchange, a delegation, a claim: ours, or the other party's."""

    OURS = "ours"
    THEIRS = "theirs"


class LegalNature(StrEnum):
    UNKNOWN = "unknown"
    BINDING = "binding"
    COURTESY = "courtesy"


class CommitmentState(StrEnum):
    RAISED = "raised"
    AGREED = "agreed"
    SCHEDULED = "scheduled"
    IN_DELIVERY = "in delivery"
    DELIVERED = "delivered"
    ACCEPTED = "accepted"
    DISPUTED = "disputed"
    WAIVED = "waived"
    LAPSED = "lapsed"


_S = Stage
BEFORE_SIGNATURE = (_S.PROPOSED, _S.DRAFTING, _S.IN_REVIEW, _S.READY_TO_SIGN)
# The gates that guard these steps come with the gate board; until then a step needs its role only.
MOVES: tuple[Move[Stage], ...] = (
    Move("draft", _S.PROPOSED, _S.DRAFTING),
    Move("submit", _S.DRAFTING, _S.IN_REVIEW),
    Move("return", _S.IN_REVIEW, _S.DRAFTING, needs=("reason",)),
    Move("clear", _S.IN_REVIEW, _S.READY_TO_SIGN, Permission.APPROVE),
    *(Move("withdraw", stage, _S.WITHDRAWN, needs=("reason",)) for stage in BEFORE_SIGNATURE),
    *(
        Move("reject", stage, _S.REJECTED, Permission.APPROVE, ("reason",))
        for stage in BEFORE_SIGNATURE
    ),
)

# The five words of the path that is drawn on screen and paper, and the stages each stands for.
PATH: tuple[tuple[Stage, tuple[Stage, ...]], ...] = (
    (_S.PROPOSED, (_S.PROPOSED,)),
    (_S.DRAFTING, (_S.DRAFTING,)),
    (_S.IN_REVIEW, (_S.IN_REVIEW,)),
    (_S.SIGNED, (_S.READY_TO_SIGN, _S.SIGNED)),
    (_S.IN_FORCE, (_S.IN_FORCE, _S.SUSPENDED, _S.COMPLETED, _S.TERMINATED, _S.RENEWED)),
)


def position(stage: Stage) -> int | None:
    """How far along the path a stage stands, from 0; None for one that left it."""
    return next((n for n, (_word, stages) in enumerate(PATH) if stage in stages), None)
