"""What a form says of a memorandum and of its commitments."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tracker.domain.access import Level
from tracker.domain.dates import FuzzyDate
from tracker.domain.memoranda import CommitmentState, LegalNature, Side, Stage
from tracker.domain.naming import Link
from tracker.domain.texts import Texts
from tracker.record.grounds import Ground
from tracker.record.involvements import GivenBody
from tracker.record.parties import GivenParty


@dataclass(frozen=True, slots=True)
class GivenTie:
    """A tie that the memorandum belongs to; `at` is the form's field."""

    tie: Link
    inferred: bool
    reason: Texts
    at: str


@dataclass(frozen=True, slots=True)
class GivenPlace:
    """A place within the memorandum's scope."""

    place: Link
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenCommitment:
    """One promise. `number` is its row, `answers` the row of the promise it is in exchange for;
    `amount` is in hundredths of the currency; `at` is the beginning of the form's field names."""

    id: UUID | None
    number: int
    side: Side
    text: Texts
    emphasis: Texts
    beneficiary: Texts
    quantity_min: int | None
    quantity_max: int | None
    unit: Texts
    due: FuzzyDate
    amount: int | None
    currency: str
    clause: str
    answers: int | None
    state: CommitmentState
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenMemorandum:
    """A memorandum as it was filled in, in the language of the page."""

    title: Texts
    reference_no: str
    parties: tuple[GivenParty, ...]
    ties: tuple[GivenTie, ...]
    subjects: tuple[Texts, ...]
    scope: Texts
    scope_min: int | None
    scope_max: int | None
    places: tuple[GivenPlace, ...]
    legal_nature: LegalNature
    commitments: tuple[GivenCommitment, ...]
    bodies: tuple[GivenBody, ...]
    ground: Ground
    level: Level
    language: str
    version: int | None = None
    submission: UUID | None = None


@dataclass(frozen=True, slots=True)
class EnteredStage:
    """The stage at which a memorandum is first recorded, and since when it is there."""

    stage: Stage
    effective_on: FuzzyDate
