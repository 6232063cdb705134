"""The releases of one object, and the list of what was released to whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Uuid, and_, bindparam, exists, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.access import Actor, Level
from tracker.domain.errors import NotFound
from tracker.domain.releases import Marking, Never
from tracker.models import Organisation, Release, SearchEntry
from tracker.models.accounts import User
from tracker.models.base import Texts
from tracker.models.keyset import PAGE, Cursor
from tracker.record.kinds import KINDS
from tracker.record.reading import asked_by, find, open_to_reader, visible
from tracker.record.releases import get_marked, marking_of, why_never

MOST_CHIPS = 12


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """One release; the organisation is None where the reader may not see it."""

    id: UUID
    organisation_id: UUID | None
    organisation: Texts | None
    language: str
    edition: str
    letter: str
    reason: str
    version: int
    at: datetime
    by: str | None
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    withdraw_reason: str

    @property
    def stands(self) -> bool:
        return self.withdrawn_at is None


@dataclass(frozen=True, slots=True)
class ReleasePage:
    """How it stands with one object: the releases, and what stands against another one."""

    kind: str
    id: UUID
    title: Texts
    version: int
    marking: Marking
    never: Never | None
    needs_another: bool
    releases: tuple[ReleaseLine, ...]

    @property
    def is_confidential(self) -> bool:
        return self.marking.level is Level.CONFIDENTIAL

    @property
    def standing(self) -> tuple[ReleaseLine, ...]:
        return tuple(line for line in self.releases if line.stands)

    @property
    def withdrawn(self) -> tuple[ReleaseLine, ...]:
        return tuple(line for line in self.releases if not line.stands)


def release_page(session: Session, actor: Actor, kind: str, object_id: UUID) -> ReleasePage:
    """NotFound when the object is absent or not for this reader."""
    if kind not in KINDS:
        raise NotFound(kind)
    obj, marking = get_marked(session, actor, KINDS[kind], object_id)
    rows: Iterable[Any] = session.execute(_OF_OBJECT, asked_by(actor, object_id=object_id))
    return ReleasePage(
        kind=kind,
        id=obj.id,
        title=obj.search_title(),
        version=obj.version,
        marking=marking,
        never=why_never(obj),
        needs_another=marking.level is not Level.PUBLIC and not actor.may_decide(obj.updated_by),
        releases=tuple(ReleaseLine(*row) for row in rows),
    )


@dataclass(frozen=True, slots=True)
class ListedRelease:
    """One line of the list: the object, and to whom it went."""

    id: UUID
    kind: str
    object_id: UUID
    title: Texts
    marking: Marking
    organisation_id: UUID | None
    organisation: Texts | None
    language: str
    edition: str
    at: datetime
    withdrawn_at: datetime | None

    @property
    def cursor(self) -> Cursor:
        return Cursor(self.at.date(), self.id)


def release_list(
    session: Session,
    actor: Actor,
    *,
    organisation_id: UUID | None = None,
    cursor: Cursor | None = None,
    limit: int = PAGE,
) -> list[ListedRelease]:
    """One page and one row more, the newest first: ids are in the order of time."""
    listed = _listed()
    if organisation_id is not None:
        listed = listed.where(Release.organisation_id == organisation_id)
    if cursor is not None:
        listed = listed.where(Release.id < cursor.id)
    page = listed.order_by(Release.id.desc()).limit(limit + 1)
    return [ListedRelease(*row) for row in session.execute(page, asked_by(actor))]


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation that something was released to."""

    id: UUID
    name: Texts


def partners(session: Session, actor: Actor, chosen: UUID | None) -> list[Partner]:
    """The first by name that something went to which the reader may see, and the chosen one."""
    given = exists(
        select(Release.id)
        .join(SearchEntry, SearchEntry.object_id == Release.object_id)
        .where(
            Release.organisation_id == Organisation.id,
            open_to_reader(SearchEntry.effective_level, SearchEntry.object_id),
        )
        .correlate(Organisation)
    )
    rows = session.execute(
        select(Organisation.id, Organisation.name)
        .where(visible(Organisation), given)
        .order_by(Organisation.sort_name, Organisation.id)
        .limit(MOST_CHIPS),
        asked_by(actor),
    )
    found = [Partner(*row) for row in rows]
    if chosen is not None and all(each.id != chosen for each in found):
        other = find(session, actor, Organisation, chosen)
        found += [] if other is None else [Partner(other.id, other.name)]
    return found


def _listed() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Release.id,
            Release.object_kind,
            Release.object_id,
            SearchEntry.title,
            marking_of(SearchEntry.effective_level, SearchEntry.object_id),
            Organisation.id,
            Organisation.name,
            Release.language,
            Release.edition,
            Release.released_at,
            Release.withdrawn_at,
        )
        .select_from(Release)
        .join(SearchEntry, SearchEntry.object_id == Release.object_id)
        .outerjoin(
            Organisation, and_(Organisation.id == Release.organisation_id, visible(Organisation))
        )
        .where(open_to_reader(SearchEntry.effective_level, SearchEntry.object_id))
    )


_BY, _WITHDREW = aliased(User), aliased(User)
_OF_OBJECT = (
    select(
        Release.id,
        Organisation.id,
        Organisation.name,
        Release.language,
        Release.edition,
        Release.letter,
        Release.reason,
        Release.object_version,
        Release.released_at,
        _BY.name,
        Release.withdrawn_at,
        _WITHDREW.name,
        Release.withdraw_reason,
    )
    .select_from(Release)
    .outerjoin(
        Organisation, and_(Organisation.id == Release.organisation_id, visible(Organisation))
    )
    .outerjoin(_BY, _BY.id == Release.released_by)
    .outerjoin(_WITHDREW, _WITHDREW.id == Release.withdrawn_by)
    .where(Release.object_id == bindparam("object_id", type_=Uuid()))
    .order_by(Release.id.desc())
)
