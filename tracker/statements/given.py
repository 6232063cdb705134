"""What a form says of a statement."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tracker.domain.access import Level
from tracker.domain.dates import FuzzyDate
from tracker.domain.memoranda import Side
from tracker.domain.naming import Link
from tracker.domain.statements import LinkKind, Modality, StatementKind
from tracker.domain.texts import Texts
from tracker.record.filings import GivenFiling


@dataclass(frozen=True, slots=True)
class GivenPlace:
    """A place that the statement is about; `at` is the form's field."""

    place: Link
    inferred: bool
    reason: Texts
    at: str


@dataclass(frozen=True, slots=True)
class GivenLink:
    """How the statement hangs together with another one."""

    kind: LinkKind
    other: Link
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenStatement:
    """A statement as it was filled in, in the language of the page."""

    text: Texts
    kind: StatementKind
    modality: Modality | None
    side: Side | None
    speaker: Link
    speaker_post: Link
    speaker_organisation: Link
    on_behalf_of: Link
    addressee: Link
    holder: Link
    doer: Link
    meeting: Link
    source: Link
    locator: str
    quotation: Texts
    happened_on: FuzzyDate
    scope: Texts
    places: tuple[GivenPlace, ...]
    filed_under: tuple[GivenFiling, ...]
    links: tuple[GivenLink, ...]
    never_release: bool
    level: Level
    language: str
    version: int | None = None
    submission: UUID | None = None
