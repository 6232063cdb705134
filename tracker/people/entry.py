"""What the forms say of a person and of a post."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tracker.domain.access import Level
from tracker.domain.dates import FuzzyDate
from tracker.domain.naming import Link
from tracker.domain.texts import Texts
from tracker.record.grounds import Ground


@dataclass(frozen=True, slots=True)
class TenureEntry:
    """One post and when it was held. `row` names the row of the form, for what is refused."""

    row: str
    post: Link
    since: FuzzyDate
    until: FuzzyDate
    attested_on: FuzzyDate
    source: Link


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """A person as filled in, in the language of the page."""

    name: Texts
    printed_names: list[str]
    aliases: list[str]
    note: Texts
    tenures: list[TenureEntry]
    ground: Ground
    level: Level
    language: str
    version: int | None
    submission: UUID | None


@dataclass(frozen=True, slots=True)
class PostEntry:
    """A post as filled in, in the language of the page."""

    title: Texts
    organisation: Link
    level: Level
    language: str
    version: int | None
    submission: UUID | None
