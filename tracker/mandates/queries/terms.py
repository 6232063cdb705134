"""The list of terms of office, the page of one, and what its form shows."""

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
from tracker.domain.releases import Marking
from tracker.models import Mandate, Organisation, Term
from tracker.models.base import Texts
from tracker.models.keyset import Cursor, newest_first
from tracker.record.links import link_to
from tracker.record.reading import visible_to
from tracker.record.reads.mandates import MandateLine, mandates_of
from tracker.record.releases import marking


class TermLine(NamedTuple):
    """One term of office."""

    id: UUID
    name: Texts
    number: int | None
    since: FuzzyDate
    until: FuzzyDate
    marking: Marking
    organisation_id: UUID | None
    organisation: Texts | None

    @property
    def cursor(self) -> Cursor:
        return Cursor(self.since.sort, self.id)


@dataclass(frozen=True, slots=True)
class TermPage:
    """A term of office, and what was ordered in it."""

    term: TermLine
    mandates: tuple[MandateLine, ...]


def term_list(session: Session, actor: Actor, *, cursor: Cursor | None = None) -> list[TermLine]:
    """A page of terms, the latest first, and one more."""
    sort = Term.__table__.c.since_sort
    rows = session.execute(newest_first(_terms(actor), sort, Term.id, cursor))
    return [TermLine(*row) for row in rows]


def term_page(session: Session, actor: Actor, term_id: UUID) -> TermPage:
    """Everything about a term of office that the reader may see."""
    row = session.execute(_terms(actor).where(Term.id == term_id)).first()
    if row is None:
        raise NotFound(f"term {term_id}")
    ordered = mandates_of(session, actor, criterion=Mandate.term_id == term_id)
    return TermPage(TermLine(*row), tuple(ordered))


def term_for_form(session: Session, actor: Actor, term_id: UUID, language: str) -> dict[str, Any]:
    """A term of office as its form shows it."""
    term = record.get_visible(session, actor, Term, term_id)
    council = record.find(session, actor, Organisation, term.organisation_id)
    return {
        "name": term.name,
        "organisation": link_to(council, language),
        "number": term.number,
        "since": term.since,
        "until": term.until,
        "level": term.level,
        "version": term.version,
    }


def _terms(actor: Actor) -> Any:
    return (
        select(
            Term.id,
            Term.name,
            Term.number,
            Term.since,
            Term.until,
            marking(Term),
            Organisation.id,
            Organisation.name,
        )
        .select_from(Term)
        .outerjoin(
            Organisation,
            and_(Organisation.id == Term.organisation_id, visible_to(actor, Organisation)),
        )
        .where(visible_to(actor, Term))
    )
