"""What a form says of an organisation."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tracker.domain.access import Level
from tracker.domain.bodies import OrganisationKind
from tracker.domain.naming import Link
from tracker.domain.texts import Texts
from tracker.record.grounds import Ground


@dataclass(frozen=True, slots=True)
class OrganisationEntry:
    """An organisation as it was filled in, in the language of the page."""

    name: Texts
    short_name: Texts
    organisation_kind: OrganisationKind
    aliases: list[str]
    place: Link
    parent: Link
    is_ours: bool
    ground: Ground
    level: Level
    language: str
    version: int | None
    submission: UUID | None
