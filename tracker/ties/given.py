"""What a form says of a tie."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tracker.domain.access import Level
from tracker.domain.dates import FuzzyDate
from tracker.domain.naming import Link
from tracker.domain.texts import Texts
from tracker.domain.ties import Copy, TieKind, TieState
from tracker.record.grounds import Ground
from tracker.record.involvements import GivenBody
from tracker.record.parties import GivenParty


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenTie:
    """A tie as it was filled in, in the language of the page."""

    kind: TieKind
    parties: tuple[GivenParty, ...]
    title: Texts
    since: FuzzyDate
    basis: Link
    agreement: Link
    agreement_copy: Copy
    purpose: Texts
    bodies: tuple[GivenBody, ...]
    said_in: Link
    ground: Ground
    level: Level
    language: str
    version: int | None = None
    submission: UUID | None = None


@dataclass(frozen=True, slots=True)
class EnteredState:
    """The state in which a tie is first recorded, and since when it has it."""

    state: TieState
    effective_on: FuzzyDate
