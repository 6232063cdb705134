"""What a form says of an action."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tracker.domain.access import Level
from tracker.domain.actions import ActionState
from tracker.domain.dates import FuzzyDate
from tracker.domain.naming import Link
from tracker.domain.texts import Texts
from tracker.record.filings import GivenFiling


@dataclass(frozen=True, slots=True)
class GivenOwner:
    """Who answers for the action; `at` is the form's field."""

    who: Link
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenAction:
    """An action as it was filled in, in the language of the page."""

    text: Texts
    owners: tuple[GivenOwner, ...]
    due: FuzzyDate
    depends_on: Link
    follow_up: UUID | None
    meeting: Link
    statement: Link
    obstacle: Link
    mandate: Link
    filed_under: tuple[GivenFiling, ...]
    note: Texts
    evidence: str
    level: Level
    language: str
    version: int | None = None
    submission: UUID | None = None


@dataclass(frozen=True, slots=True)
class EnteredState:
    """The state in which an action is first recorded, and since when it has it."""

    state: ActionState
    effective_on: FuzzyDate


@dataclass(frozen=True, slots=True)
class Postponement:
    """Until when an action is put off, and why."""

    due: FuzzyDate
    reason: str
