"""What a form says of a source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from uuid import UUID

from tracker.domain.access import Level
from tracker.domain.dates import FuzzyDate
from tracker.domain.naming import Link
from tracker.domain.sources import SourceKind
from tracker.domain.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenSource:
    """A source as it was filled in; `zone` is the city's, for the hour of publication."""

    kind: SourceKind
    publisher: Link
    title: Texts
    lead: Texts
    subheads: list[Texts]
    code: str
    code_label: Texts
    url: str
    published_on: FuzzyDate
    published_hour: time | None
    zone: str
    archived_text: str
    level: Level
    language: str
    version: int | None = None
    submission: UUID | None = None
