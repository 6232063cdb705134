"""What a page prints for the objects it points at: all of them in one statement."""

from __future__ import annotations

from collections.abc import Collection, Iterable
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
from tracker.record.reading import asked_by, entries_visible, visible


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
    rows: Iterable[Any] = session.execute(_NAMES, asked_by(actor, wanted=list(wanted)))
    return {
        object_id: Name(
            kind,
            object_id,
            title,
            place_level,
            None if source_kind is None else SourceDetails(source_kind, *source),
        )
        for kind, object_id, title, place_level, source_kind, *source in rows
    }


_PUBLISHER = aliased(Organisation)
_NAMES = (
    select(
        SearchEntry.object_kind,
        SearchEntry.object_id,
        SearchEntry.title,
        Place.place_level,
        Source.source_kind,
        _PUBLISHER.name,
        Source.code,
        Source.code_label,
        Source.url,
        Source.published_on,
        Source.published_at,
        Source.zone,
    )
    .select_from(SearchEntry)
    .outerjoin(Place, Place.id == SearchEntry.object_id)
    .outerjoin(Source, Source.id == SearchEntry.object_id)
    .outerjoin(_PUBLISHER, and_(_PUBLISHER.id == Source.publisher_id, visible(_PUBLISHER)))
    .where(SearchEntry.object_id.in_(bindparam("wanted", expanding=True)), entries_visible())
)
