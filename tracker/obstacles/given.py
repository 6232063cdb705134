"""What a form says of an obstacle."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tracker.domain.access import Level
from tracker.domain.dates import FuzzyDate
from tracker.domain.follow_up import ObstacleState
from tracker.domain.naming import Link
from tracker.domain.texts import Texts
from tracker.record.filings import GivenFiling
from tracker.record.grounds import Ground


@dataclass(frozen=True, slots=True)
class GivenStep:
    """What was asked of whom, or offered; `row` names the row of the form."""

    row: str
    part_id: UUID | None
    happened_on: FuzzyDate
    text: Texts
    by: Link
    asked: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenObstacle:
    """An obstacle as it was filled in, in the language of the page."""

    title: Texts
    text: Texts
    since: FuzzyDate
    lifter: Link
    lifter_ground: Ground
    filed_under: tuple[GivenFiling, ...]
    steps: tuple[GivenStep, ...]
    ground: Ground
    level: Level
    language: str
    version: int | None = None
    submission: UUID | None = None


@dataclass(frozen=True, slots=True)
class EnteredState:
    """The state in which an obstacle is first recorded, and since when it has it."""

    state: ObstacleState
    effective_on: FuzzyDate
