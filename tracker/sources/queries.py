"""What the pages of sources show."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import and_, select, union
from sqlalchemy.orm import Session

from tracker import record
from tracker.domain.access import Actor
from tracker.domain.dates import FuzzyDate
from tracker.domain.errors import NotFound
from tracker.domain.releases import Marking
from tracker.domain.sources import SourceKind
from tracker.domain.texts import Texts
from tracker.lang import digits
from tracker.models import (
    Citation,
    Framework,
    Mandate,
    Meeting,
    Organisation,
    Resolution,
    Source,
    Statement,
    Tenure,
)
from tracker.models.keyset import Cursor, newest_first
from tracker.record import reads
from tracker.record.links import link_to
from tracker.record.reading import visible_to
from tracker.record.reads import Name, StatementLine
from tracker.record.releases import marking

_NUMBER = re.compile(r"\d+")
_MOST_CITING = 200


class SourceLine(NamedTuple):
    """One source in a list."""

    id: UUID
    title: Texts
    source_kind: SourceKind
    publisher: Texts | None
    code: str
    published_on: FuzzyDate
    marking: Marking

    @property
    def cursor(self) -> Cursor:
        return Cursor(self.published_on.sort, self.id)


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A source with everything that rests on it."""

    id: UUID
    title: Texts
    source_kind: SourceKind
    publisher_id: UUID | None
    publisher: Texts | None
    lead: Texts
    subheads: list[Texts]
    code: str
    code_label: Texts
    url: str
    published_on: FuzzyDate
    hour: time | None
    zone: str
    archived_text: str
    marking: Marking
    statements: tuple[StatementLine, ...]
    cited_by: tuple[Name, ...]


def source_list(
    session: Session,
    actor: Actor,
    *,
    kind: SourceKind | None = None,
    cursor: Cursor | None = None,
) -> list[SourceLine]:
    """A page of sources, the newest first, and one more."""
    statement: Any = (
        select(
            Source.id,
            Source.title,
            Source.source_kind,
            Organisation.name,
            Source.code,
            Source.published_on,
            marking(Source),
        )
        .outerjoin(
            Organisation,
            and_(Organisation.id == Source.publisher_id, visible_to(actor, Organisation)),
        )
        .where(visible_to(actor, Source))
    )
    if kind is not None:
        statement = statement.where(Source.source_kind == kind)
    page = newest_first(statement, Source.__table__.c.published_sort, Source.id, cursor)
    return [SourceLine(*row) for row in session.execute(page)]


def source_page(session: Session, actor: Actor, source_id: UUID) -> SourcePage:
    """Everything that the reader may see of a source and of what rests on it."""
    source, publisher_id, publisher, marked = _source(session, actor, source_id)
    lines = reads.statements_of(session, actor, criterion=Statement.source_id == source_id)
    return SourcePage(
        id=source.id,
        title=source.title,
        source_kind=source.source_kind,
        publisher_id=publisher_id,
        publisher=publisher,
        lead=source.lead,
        subheads=source.subheads,
        code=source.code,
        code_label=source.code_label,
        url=source.url,
        published_on=source.published_on,
        hour=_hour(source.published_at, source.zone),
        zone=source.zone,
        archived_text=source.archived_text,
        marking=marked,
        statements=tuple(sorted(lines, key=_place_in_source)),
        cited_by=_cited_by(session, actor, source_id),
    )


def source_for_form(
    session: Session, actor: Actor, source_id: UUID, language: str
) -> dict[str, Any]:
    """A source as its form shows it."""
    source = record.get_visible(session, actor, Source, source_id)
    publisher = record.find(session, actor, Organisation, source.publisher_id)
    return {
        "kind": source.source_kind,
        "publisher": link_to(publisher, language),
        "title": source.title,
        "lead": source.lead,
        "subheads": [{"text": text} for text in source.subheads],
        "code": digits(source.code),
        "code_label": source.code_label,
        "url": source.url,
        "published_on": source.published_on,
        "published_hour": _hour(source.published_at, source.zone),
        "archived_text": source.archived_text,
        "level": source.level,
        "version": source.version,
    }


def _source(
    session: Session, actor: Actor, source_id: UUID
) -> tuple[Source, UUID | None, Texts | None, Marking]:
    row = session.execute(
        select(Source, Organisation.id, Organisation.name, marking(Source))
        .outerjoin(
            Organisation,
            and_(Organisation.id == Source.publisher_id, visible_to(actor, Organisation)),
        )
        .where(Source.id == source_id, visible_to(actor, Source))
    ).first()
    if row is None:
        raise NotFound(f"source {source_id}")
    return row[0], row[1], row[2], row[3]


def _hour(moment: datetime | None, zone: str) -> time | None:
    """The hour that the clock on the wall showed where the source appeared."""
    if moment is None:
        return None
    return (moment.astimezone(ZoneInfo(zone)) if zone else moment).time()


def _place_in_source(line: StatementLine) -> tuple[bool, int]:
    """By the number in its locator; what is not located comes last, in the order it was kept."""
    number = _NUMBER.search(line.locator)
    return number is None, int(number[0]) if number else 0


def _cited_by(session: Session, actor: Actor, source_id: UUID) -> tuple[Name, ...]:
    """Whatever but a statement rests on the source, in whole or in a field."""
    found = union(
        select(Meeting.id).where(Meeting.source_id == source_id),
        select(Mandate.id).where(Mandate.source_id == source_id),
        select(Resolution.id).where(Resolution.source_id == source_id),
        select(Framework.id).where(Framework.source_id == source_id),
        select(Tenure.person_id).where(Tenure.source_id == source_id),
        select(Citation.object_id).where(Citation.source_id == source_id),
    )
    ids = session.scalars(found.limit(_MOST_CITING)).all()
    known = reads.names(session, actor, ids)
    return tuple(sorted(known.values(), key=lambda name: (_KINDS.get(name.kind, 99), name.id)))


# The order in which one looks for them.
_KINDS = {
    kind: place
    for place, kind in enumerate(
        ("meeting", "mandate", "tie", "memorandum", "commitment", "obstacle", "resolution")
    )
}
