"""What a page prints for the objects it points at: all of them in one statement."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.access import Actor
from tracker.domain.dates import FuzzyDate
from tracker.domain.places import PlaceLevel
from tracker.domain.sources import SourceKind
from tracker.models import Organisation, Place, SearchEntry, Source
from tracker.models.base import Texts
from tracker.models.types import day_in, days_of
from tracker.record.reading import open_to_reader, rows, visible


@dataclass(frozen=True, slots=True)
class SourceDetails:
    """What a footnote says of a source beside its title."""

    kind: SourceKind
    publisher: Texts | None
    code: str
    code_label: Texts
    url: str
    published_on: FuzzyDate
    published_at: datetime | None
    zone: str


@dataclass(frozen=True, slots=True)
class Name:
    """An object as others refer to it; `place_level` is a place's, `source` a source's alone."""

    kind: str
    id: UUID
    title: Texts
    place_level: PlaceLevel | None = None
    source: SourceDetails | None = None


def names(session: Session, actor: Actor, ids: Collection[UUID | None]) -> dict[UUID, Name]:
    """The objects of these ids that the actor may see; None among the ids is overlooked."""
    wanted = {object_id for object_id in ids if object_id is not None}
    if not wanted:
        return {}
    found = rows(session, _NAMES, actor, wanted=list(wanted))
    return {
        row.object_id: Name(
            row.object_kind, row.object_id, row.title, row.place_level, _source(row)
        )
        for row in found
    }


def _source(row: Any) -> SourceDetails | None:
    if row.source_kind is None:
        return None
    return SourceDetails(
        kind=row.source_kind,
        publisher=row.publisher,
        code=row.code,
        code_label=row.code_label,
        url=row.url,
        published_on=day_in(row, "published"),
        published_at=row.published_at,
        zone=row.zone,
    )


_PUBLISHER = aliased(Organisation)
_NAMES = (
    select(
        SearchEntry.object_kind,
        SearchEntry.object_id,
        SearchEntry.title,
        Place.place_level,
        Source.source_kind,
        _PUBLISHER.name.label("publisher"),
        Source.code,
        Source.code_label,
        Source.url,
        *days_of(Source, "published"),
        Source.published_at,
        Source.zone,
    )
    .select_from(SearchEntry)
    .outerjoin(Place, Place.id == SearchEntry.object_id)
    .outerjoin(Source, Source.id == SearchEntry.object_id)
    .outerjoin(_PUBLISHER, and_(_PUBLISHER.id == Source.publisher_id, visible(_PUBLISHER)))
    .where(
        SearchEntry.object_id.in_(bindparam("wanted", expanding=True)),
        open_to_reader(SearchEntry.effective_level, SearchEntry.object_id),
    )
)
