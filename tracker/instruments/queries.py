"""What the pages of instruments show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from tracker import record
from tracker.domain.access import Actor
from tracker.domain.dates import FuzzyDate
from tracker.domain.releases import Marking
from tracker.domain.sources import InstrumentKind
from tracker.domain.texts import Texts
from tracker.domain.ties import Copy, TieState
from tracker.lang import digits
from tracker.models import (
    Citation,
    Clause,
    Instrument,
    InstrumentParty,
    Organisation,
    Place,
    Statement,
    Tie,
)
from tracker.models.keyset import NameCursor, by_name
from tracker.record import reads
from tracker.record.grounds import ground_of
from tracker.record.links import link_to
from tracker.record.reading import visible_to
from tracker.record.reads import StatementLine
from tracker.record.reads.citations import Cited, citations_of
from tracker.record.releases import get_marked, marking

_MOST_TIES = 200


class InstrumentLine(NamedTuple):
    """One instrument in a list."""

    id: UUID
    title: Texts
    instrument_kind: InstrumentKind
    number: str
    dated: FuzzyDate
    copy: Copy
    marking: Marking
    sort_name: str

    @property
    def cursor(self) -> NameCursor:
        return NameCursor(self.sort_name, self.id)


class PartyLine(NamedTuple):
    """A party that the reader may see."""

    kind: str
    id: UUID
    name: Texts


class ClauseLine(NamedTuple):
    """A clause; its number may be empty."""

    id: UUID
    number: str
    subject: Texts
    marking: Marking


class TieLine(NamedTuple):
    """A tie that rests on a clause of the instrument, or that the instrument itself made."""

    id: UUID
    title: Texts
    state: TieState
    clause_id: UUID | None


@dataclass(frozen=True, slots=True)
class InstrumentPage:
    """An instrument with everything that hangs on it."""

    id: UUID
    title: Texts
    instrument_kind: InstrumentKind
    number: str
    dated: FuzzyDate
    copy: Copy
    marking: Marking
    parties: tuple[PartyLine, ...]
    clauses: tuple[ClauseLine, ...]
    ties: tuple[TieLine, ...]
    statements: list[StatementLine]
    citations: list[Cited]

    def clause(self, clause_id: UUID | None) -> ClauseLine | None:
        return next((clause for clause in self.clauses if clause.id == clause_id), None)


def instrument_list(
    session: Session,
    actor: Actor,
    *,
    kind: InstrumentKind | None = None,
    cursor: NameCursor | None = None,
) -> list[InstrumentLine]:
    """A page of instruments by name, and one more."""
    statement = select(
        Instrument.id,
        Instrument.title,
        Instrument.instrument_kind,
        Instrument.number,
        Instrument.dated,
        Instrument.copy,
        marking(Instrument),
        Instrument.sort_name,
    ).where(visible_to(actor, Instrument))
    if kind is not None:
        statement = statement.where(Instrument.instrument_kind == kind)
    rows = session.execute(by_name(statement, Instrument.sort_name, Instrument.id, cursor))
    return [InstrumentLine(*row) for row in rows]


def instrument_page(session: Session, actor: Actor, instrument_id: UUID) -> InstrumentPage:
    """The page, in six statements; NotFound when it is absent or not for this reader."""
    paper, marked = get_marked(session, actor, Instrument, instrument_id)
    clauses = _clauses(session, actor, instrument_id)
    ids = [instrument_id, *(clause.id for clause in clauses)]
    told_by = select(Citation.statement_id).where(Citation.object_id.in_(ids))
    return InstrumentPage(
        id=paper.id,
        title=paper.title,
        instrument_kind=paper.instrument_kind,
        number=paper.number,
        dated=paper.dated,
        copy=paper.copy,
        marking=marked,
        parties=_parties(session, actor, instrument_id),
        clauses=clauses,
        ties=_ties(session, actor, instrument_id, ids[1:]),
        statements=reads.statements_of(session, actor, criterion=Statement.id.in_(told_by)),
        citations=citations_of(session, actor, instrument_id),
    )


def instrument_for_form(
    session: Session, actor: Actor, instrument_id: UUID, language: str
) -> dict[str, Any]:
    """An instrument as its form shows it."""
    paper = record.get_visible(session, actor, Instrument, instrument_id)
    ground = ground_of(session, actor, instrument_id, "", language)
    return {
        "title": paper.title,
        "kind": paper.instrument_kind,
        "number": digits(paper.number),
        "dated": paper.dated,
        "copy": paper.copy,
        "parties": [{"who": link} for link in _party_links(session, actor, paper.id, language)],
        "clauses": [
            {"clause": str(clause.id), "number": digits(clause.number), "subject": clause.subject}
            for clause in _clauses(session, actor, instrument_id)
        ],
        "source": ground.source,
        "locator": digits(ground.locator or ""),
        "level": paper.level,
        "version": paper.version,
    }


def paper_of_clause(session: Session, actor: Actor, clause_id: UUID) -> UUID:
    """The instrument on whose page a clause is shown."""
    clause = record.get_visible(session, actor, Clause, clause_id)
    return record.get_visible(session, actor, Instrument, clause.instrument_id).id


def _clauses(session: Session, actor: Actor, instrument_id: UUID) -> tuple[ClauseLine, ...]:
    """In the order in which they were entered: a number may be unknown, or a word."""
    rows = session.execute(
        select(Clause.id, Clause.number, Clause.subject, marking(Clause))
        .where(Clause.instrument_id == instrument_id, visible_to(actor, Clause))
        .order_by(Clause.id)
    )
    return tuple(ClauseLine(*row) for row in rows)


def _parties(session: Session, actor: Actor, instrument_id: UUID) -> tuple[PartyLine, ...]:
    rows: Iterable[Any] = session.execute(
        select(Place.id, Place.name, Organisation.id, Organisation.name)
        .select_from(InstrumentParty)
        .outerjoin(Place, and_(Place.id == InstrumentParty.place_id, visible_to(actor, Place)))
        .outerjoin(
            Organisation,
            and_(
                Organisation.id == InstrumentParty.organisation_id,
                visible_to(actor, Organisation),
            ),
        )
        .where(InstrumentParty.instrument_id == instrument_id)
        .order_by(InstrumentParty.position)
    )
    return tuple(
        PartyLine(Place.kind, place_id, place)
        if place_id is not None
        else PartyLine(Organisation.kind, body_id, body)
        for place_id, place, body_id, body in rows
        if place_id is not None or body_id is not None
    )


def _party_links(session: Session, actor: Actor, instrument_id: UUID, language: str) -> list[Any]:
    models: dict[str, Any] = {Place.kind: Place, Organisation.kind: Organisation}
    return [
        link_to(record.find(session, actor, models[party.kind], party.id), language)
        for party in _parties(session, actor, instrument_id)
    ]


def _ties(
    session: Session, actor: Actor, instrument_id: UUID, clause_ids: list[UUID]
) -> tuple[TieLine, ...]:
    rows = session.execute(
        select(Tie.id, Tie.title, Tie.state, Tie.basis_clause_id)
        .where(
            visible_to(actor, Tie),
            or_(Tie.basis_clause_id.in_(clause_ids), Tie.agreement_id == instrument_id),
        )
        .order_by(Tie.sort_name, Tie.id)
        .limit(_MOST_TIES)
    )
    return tuple(TieLine(*row) for row in rows)
