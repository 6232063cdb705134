"""What a form says of a place."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tracker.domain.access import Level
from tracker.domain.naming import Link
from tracker.domain.places import PlaceLevel
from tracker.domain.texts import Texts
from tracker.record.grounds import Ground


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A place as it was filled in, in the language of the page."""

    name: Texts
    place_level: PlaceLevel
    parent: Link
    former_names: list[str]
    aliases: list[str]
    iso_code: str
    latitude_e5: int | None
    longitude_e5: int | None
    ground: Ground
    level: Level
    language: str
    version: int | None
    submission: UUID | None
