"""The parts of a tie or a memorandum, as pages read them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tracker.domain.bodies import BodyRole
from tracker.domain.dates import FuzzyDate
from tracker.domain.memoranda import Side
from tracker.models.base import Texts


@dataclass(frozen=True, slots=True)
class PartyPart:
    """A party, the country it lies in, and the post that signs for it."""

    side: Side
    id: UUID
    country_id: UUID | None
    signatory_id: UUID | None


@dataclass(frozen=True, slots=True)
class BodyPart:
    """What a body is to the object."""

    role: BodyRole
    id: UUID
    inferred: bool
    reason: Texts


@dataclass(frozen=True, slots=True)
class CitationPart:
    """What a field rests on, or the whole when `field` is empty."""

    field: str
    source_id: UUID | None
    statement_id: UUID | None
    locator: str
    inferred: bool
    reason: Texts


@dataclass(frozen=True, slots=True)
class StepPart:
    """A change of state; `source` is empty for the state in which the object was entered."""

    source: str
    target: str
    on: FuzzyDate
    reason: str


@dataclass(frozen=True, slots=True)
class AttendeePart:
    """Somebody who sat in a meeting filed under the object."""

    side: Side
    person_id: UUID | None
    post_id: UUID | None


@dataclass(frozen=True, slots=True)
class LifterPart:
    """Who can lift an open obstacle: a post with its present holder, if known, or a body."""

    person_id: UUID | None
    post_id: UUID | None
    body_id: UUID | None


@dataclass(frozen=True, slots=True)
class RelatedPart:
    """A tie that a memorandum is filed under."""

    id: UUID
    inferred: bool
    reason: Texts


@dataclass(frozen=True, slots=True)
class Parts:
    """All of them, each in its own order."""

    parties: tuple[PartyPart, ...]
    places: tuple[UUID, ...]
    bodies: tuple[BodyPart, ...]
    citations: tuple[CitationPart, ...]
    steps: tuple[StepPart, ...]
    attendees: tuple[AttendeePart, ...]
    lifters: tuple[LifterPart, ...]
    related: tuple[RelatedPart, ...]

    def cited(self, field: str = "") -> CitationPart | None:
        return next((part for part in self.citations if part.field == field), None)

    def ids(self) -> set[UUID | None]:
        """Everything they point at and that `names` can name."""
        return {
            *(i for p in self.parties for i in (p.id, p.country_id, p.signatory_id)),
            *self.places,
            *(body.id for body in self.bodies),
            *(citation.source_id for citation in self.citations),
            *(i for a in self.attendees for i in (a.person_id, a.post_id)),
            *(i for each in self.lifters for i in (each.person_id, each.post_id, each.body_id)),
            *(tie.id for tie in self.related),
        }
