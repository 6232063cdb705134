"""What the council ordered and what stands in the way: mandates, resolutions, obstacles."""

from __future__ import annotations

from enum import StrEnum

from tracker.domain.machines import Move


class ObstacleState(StrEnum):
    OPEN = "open"
    LIFTED = "lifted"


class FrameworkState(StrEnum):
    DRAFTING = "drafting"
    ADOPTED = "adopted"
    LAPSED = "lapsed"


class ResolutionState(StrEnum):
    APPROVED = "approved"
    REJECTED = "rejected"
    REPEALED = "repealed"


class Completion(StrEnum):
    """Five points of progress; a mandate without a report has none of them."""

    NOT_STARTED = "not started"
    STARTED = "started"
    HALF_WAY = "half way"
    NEARLY_DONE = "nearly done"
    DONE = "done"


OBSTACLE_MOVES: tuple[Move[ObstacleState], ...] = (
    Move("lift", ObstacleState.OPEN, ObstacleState.LIFTED, needs=("reason",)),
    Move("reopen", ObstacleState.LIFTED, ObstacleState.OPEN),
)
