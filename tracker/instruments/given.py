"""What a form says of an instrument."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tracker.domain.access import Level
from tracker.domain.dates import FuzzyDate
from tracker.domain.naming import Link
from tracker.domain.sources import InstrumentKind
from tracker.domain.texts import Texts
from tracker.domain.ties import Copy
from tracker.record.grounds import Ground


@dataclass(frozen=True, slots=True)
class GivenParty:
    """A place or a body; `at` is the form's field."""

    who: Link
    at: str


@dataclass(frozen=True, slots=True)
class GivenClause:
    """A clause; `id` is that of one that the form showed."""

    id: UUID | None
    number: str
    subject: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenInstrument:
    """An instrument as it was filled in, in the language of the page; texts in languages that
    the city's screens do not show were not on the form."""

    kind: InstrumentKind
    title: Texts
    number: str
    dated: FuzzyDate
    copy: Copy
    parties: tuple[GivenParty, ...]
    clauses: tuple[GivenClause, ...]
    ground: Ground
    level: Level
    language: str
    languages_shown: frozenset[str]
    version: int | None = None
    submission: UUID | None = None
