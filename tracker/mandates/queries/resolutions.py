"""The list of resolutions, the page of one, and what its form shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from tracker import record
from tracker.domain.access import Actor
from tracker.domain.dates import FuzzyDate
from tracker.domain.errors import NotFound
from tracker.domain.follow_up import ResolutionState
from tracker.domain.releases import Marking
from tracker.models import Mandate, Organisation, Resolution, Source, Term
from tracker.models.base import Texts
from tracker.models.keyset import Cursor, newest_first
from tracker.record.links import link_to
from tracker.record.reading import visible_to
from tracker.record.reads import Footnotes, Name, footnotes, names
from tracker.record.reads.mandates import MandateLine, mandates_of
from tracker.record.releases import marking


class ResolutionLine(NamedTuple):
    """One resolution in a list; `number` is empty while it is not known."""

    id: UUID
    title: Texts
    number: str
    adopted_on: FuzzyDate
    state: ResolutionState
    marking: Marking
    issuer: Texts | None

    @property
    def cursor(self) -> Cursor:
        return Cursor(self.adopted_on.sort, self.id)


@dataclass(frozen=True, slots=True)
class ResolutionPage:
    """A resolution, and what was ordered by it."""

    id: UUID
    title: Texts
    number: str
    adopted_on: FuzzyDate
    state: ResolutionState
    marking: Marking
    issuer: Name | None
    term: Name | None
    source_id: UUID | None
    mandates: tuple[MandateLine, ...]
    notes: Footnotes


def resolution_list(
    session: Session, actor: Actor, *, cursor: Cursor | None = None
) -> list[ResolutionLine]:
    """A page of resolutions, the newest first, and one more."""
    statement = (
        select(
            Resolution.id,
            Resolution.title,
            Resolution.number,
            Resolution.adopted_on,
            Resolution.state,
            marking(Resolution),
            Organisation.name,
        )
        .select_from(Resolution)
        .outerjoin(
            Organisation,
            and_(Organisation.id == Resolution.issuer_id, visible_to(actor, Organisation)),
        )
        .where(visible_to(actor, Resolution))
    )
    sort = Resolution.__table__.c.adopted_sort
    rows = session.execute(newest_first(statement, sort, Resolution.id, cursor))
    return [ResolutionLine(*row) for row in rows]


def resolution_page(session: Session, actor: Actor, resolution_id: UUID) -> ResolutionPage:
    """Everything about a resolution that the reader may see."""
    row = session.execute(
        select(
            Resolution.title,
            Resolution.number,
            Resolution.adopted_on,
            Resolution.state,
            marking(Resolution),
            Resolution.issuer_id,
            Resolution.term_id,
            Resolution.source_id,
        ).where(Resolution.id == resolution_id, visible_to(actor, Resolution))
    ).first()
    if row is None:
        raise NotFound(f"resolution {resolution_id}")
    known = names(session, actor, {row.issuer_id, row.term_id, row.source_id})
    ordered = mandates_of(session, actor, criterion=Mandate.resolution_id == resolution_id)
    return ResolutionPage(
        id=resolution_id,
        title=row.title,
        number=row.number,
        adopted_on=row.adopted_on,
        state=row.state,
        marking=row.marking,
        issuer=known.get(row.issuer_id),
        term=known.get(row.term_id),
        source_id=row.source_id,
        mandates=tuple(ordered),
        notes=footnotes(known, [row.source_id]),
    )


def resolution_for_form(
    session: Session, actor: Actor, resolution_id: UUID, language: str
) -> dict[str, Any]:
    """A resolution as its form shows it."""
    act = record.get_visible(session, actor, Resolution, resolution_id)
    issuer = record.find(session, actor, Organisation, act.issuer_id)
    return {
        "title": act.title,
        "issuer": link_to(issuer, language),
        "number": act.number,
        "adopted_on": act.adopted_on,
        "state": act.state,
        "term": link_to(record.find(session, actor, Term, act.term_id), language),
        "source": link_to(record.find(session, actor, Source, act.source_id), language),
        "level": act.level,
        "version": act.version,
    }
