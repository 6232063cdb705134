"""The page of a tie: what is open, what was said, what happened, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.access import Actor
from tracker.domain.dates import FuzzyDate
from tracker.domain.errors import NotFound
from tracker.domain.follow_up import Completion, ObstacleState
from tracker.domain.memoranda import BEFORE_SIGNATURE, Side
from tracker.domain.places import PlaceLevel
from tracker.domain.releases import Marking
from tracker.domain.statements import STANDING
from tracker.domain.ties import Copy, TieKind, TieState
from tracker.models import Citation, Clause, Instrument, Mandate, Statement, Tie
from tracker.models.base import Texts
from tracker.record.reading import visible_to
from tracker.record.reads import (
    ActionLine,
    Footnotes,
    Item,
    Name,
    Parts,
    StatementLine,
    actions_of,
    filed_items,
    footnotes,
    names,
    parts_of,
    statements_of,
)
from tracker.record.reads.faces import Face, faces
from tracker.record.reads.filed import actions_about, around, statements_about
from tracker.record.reads.statements import conflicts, contradicting
from tracker.record.reads.timeline import Timeline, last_contact, timeline
from tracker.record.releases import marking

_MOST_SAID = 40
_MOST_STANDING = 50


@dataclass(frozen=True, slots=True)
class Basis:
    """The clause that the tie rests on, and its paper as far as the reader may see it."""

    clause_id: UUID
    clause: Texts
    clause_number: str
    instrument_id: UUID | None
    instrument: Texts | None
    number: str
    dated: FuzzyDate


@dataclass(frozen=True, slots=True)
class Party:
    """A party and the country it lies in."""

    side: Side
    name: Name
    country: Name | None


@dataclass(frozen=True, slots=True)
class Body:
    """What a body is to the tie, and whether we read that into a source."""

    role: str
    name: Name
    inferred: bool
    reason: Texts


@dataclass(frozen=True, slots=True)
class TiePage:
    id: UUID
    version: int
    title: Texts
    kind: TieKind
    state: TieState
    marking: Marking
    since: FuzzyDate
    purpose: Texts
    basis: Basis | None
    agreement: Name | None
    agreement_copy: Copy
    parties: tuple[Party, ...]
    bodies: tuple[Body, ...]
    inferred: Texts | None  # why the tie as a whole is our reading; None: it is not
    said_in: StatementLine | None  # what the state rests on
    last_contact: FuzzyDate | None
    memoranda: tuple[Item, ...]
    obstacles: tuple[Item, ...]
    mandates: tuple[Item, ...]
    actions: tuple[ActionLine, ...]
    standing: tuple[StatementLine, ...]
    statements: tuple[StatementLine, ...]
    conflicts: tuple[tuple[StatementLine, StatementLine], ...]
    timeline: Timeline
    faces: tuple[Face, ...]
    notes: Footnotes

    @property
    def levels(self) -> tuple[PlaceLevel | None, ...]:
        return tuple(party.name.place_level for party in self.parties)

    @property
    def countries(self) -> tuple[Name, ...]:
        """Those of the other parties, each once."""
        found = {p.country.id: p.country for p in self.parties if p.country and p.side != "ours"}
        return tuple(found.values())

    @property
    def open_count(self) -> int:
        rows = (self.memoranda, self.obstacles, self.mandates, self.actions, self.standing)
        return sum(len(of_kind) for of_kind in rows)


def tie_page(session: Session, actor: Actor, tie_id: UUID, today: date) -> TiePage:
    """Everything about a tie that the reader may see."""
    tie = _tie(session, actor, tie_id)
    parts = parts_of(session, actor, Tie.kind, tie_id)
    under = around(actor, tie_id)
    items = filed_items(session, actor, under=under)
    lines = statements_of(session, actor, criterion=_worth_showing(actor, tie_id))
    actions = actions_of(session, actor, criterion=actions_about(under))
    known = names(session, actor, _ids(tie, parts, lines))
    said_in = _said_in(parts, lines)
    return TiePage(
        id=tie_id,
        version=tie.version,
        title=tie.title,
        kind=tie.tie_kind,
        state=tie.state,
        marking=tie.marking,
        since=tie.since,
        purpose=tie.purpose,
        basis=_basis(tie),
        agreement=known.get(tie.agreement_id) if tie.agreement_id else None,
        agreement_copy=tie.agreement_copy,
        parties=tuple(
            Party(
                part.side,
                known[part.id],
                known.get(part.country_id) if part.country_id else None,
            )
            for part in parts.parties
            if part.id in known
        ),
        bodies=tuple(
            Body(part.role, known[part.id], part.inferred, part.reason)
            for part in parts.bodies
            if part.id in known
        ),
        inferred=_inferred(parts),
        said_in=said_in,
        last_contact=last_contact(items),
        memoranda=tuple(item for item in items if item.state in BEFORE_SIGNATURE),
        obstacles=tuple(item for item in items if item.state is ObstacleState.OPEN),
        mandates=tuple(
            item
            for item in items
            if item.kind == Mandate.kind and item.state is not Completion.DONE
        ),
        actions=tuple(action for action in actions if action.is_live),
        standing=tuple(line for line in lines if line.kind in STANDING),
        statements=tuple(lines),
        conflicts=tuple(conflicts(lines)),
        timeline=timeline(items, parts.steps, TieState, today),
        faces=faces(parts, lines, known),
        notes=footnotes(known, _cited(parts, said_in, lines)),
    )


def _tie(session: Session, actor: Actor, tie_id: UUID) -> Any:
    paper = aliased(Instrument)
    row = session.execute(
        select(
            Tie.version,
            Tie.title,
            Tie.tie_kind,
            Tie.state,
            marking(Tie),
            Tie.since,
            Tie.purpose,
            Tie.agreement_id,
            Tie.agreement_copy,
            Clause.id.label("clause_id"),
            Clause.subject.label("clause"),
            Clause.number.label("clause_number"),
            paper.id.label("instrument_id"),
            paper.title.label("instrument"),
            paper.number,
            paper.dated,
        )
        .select_from(Tie)
        .outerjoin(Clause, and_(Clause.id == Tie.basis_clause_id, visible_to(actor, Clause)))
        .outerjoin(paper, and_(paper.id == Clause.instrument_id, visible_to(actor, paper)))
        .where(Tie.id == tie_id, visible_to(actor, Tie))
    ).first()
    if row is None:
        raise NotFound(f"tie {tie_id}")
    return row


def _worth_showing(actor: Actor, tie_id: UUID) -> ColumnElement[bool]:
    """The newest statements about the tie, the offers that stand, both sides of every
    contradiction, and what the tie itself rests on."""
    about = and_(statements_about(around(actor, tie_id)), visible_to(actor, Statement))
    newest = select(Statement.id).where(about).order_by(Statement.id.desc())
    cited = select(Citation.statement_id).where(
        Citation.object_id == tie_id, Citation.statement_id.is_not(None)
    )
    return or_(
        Statement.id.in_(newest.limit(_MOST_SAID)),
        Statement.id.in_(
            newest.where(Statement.statement_kind.in_(STANDING)).limit(_MOST_STANDING)
        ),
        contradicting(actor, about),
        Statement.id.in_(cited),
    )


def _ids(tie: Any, parts: Parts, lines: list[StatementLine]) -> set[UUID | None]:
    of_lines = ((line.source_id, line.speaker_id, line.post_id) for line in lines)
    return {tie.agreement_id, *parts.ids(), *chain.from_iterable(of_lines)}


def _basis(tie: Any) -> Basis | None:
    if tie.clause_id is None:
        return None
    return Basis(
        tie.clause_id,
        tie.clause,
        tie.clause_number,
        tie.instrument_id,
        tie.instrument,
        tie.number or "",
        tie.dated,
    )


def _inferred(parts: Parts) -> Texts | None:
    whole = next((part for part in parts.citations if not part.field and part.inferred), None)
    return whole.reason if whole else None


def _said_in(parts: Parts, lines: list[StatementLine]) -> StatementLine | None:
    cited = {part.statement_id for part in parts.citations if part.field == "state"}
    return next((line for line in lines if line.id in cited), None)


def _cited(
    parts: Parts, said_in: StatementLine | None, lines: list[StatementLine]
) -> Iterator[UUID | None]:
    """The sources in the order in which the page comes to them."""
    if said_in is not None:
        yield said_in.source_id
    yield from (line.source_id for line in lines)
    yield from (part.source_id for part in parts.citations)
