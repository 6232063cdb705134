"""The page of a memorandum: how far it has come, who promises what, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from tracker.domain.access import Actor
from tracker.domain.dates import FuzzyDate
from tracker.domain.errors import NotFound
from tracker.domain.memoranda import CommitmentState, LegalNature, Side, Stage, position
from tracker.domain.releases import Marking
from tracker.models import Commitment, Meeting, Memorandum, Obstacle
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
from tracker.record.reads.filed import actions_about, statements_about
from tracker.record.reads.shapes import StepPart
from tracker.record.reads.timeline import Timeline, timeline
from tracker.record.releases import marking

_MOST_SAID = 60


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment; `answers` is the promise that it is in exchange for, if it may be seen."""

    id: UUID
    side: Side
    text: Texts
    emphasis: Texts
    beneficiary: Texts
    quantity_min: int | None
    quantity_max: int | None
    unit: Texts
    value_minor: int | None
    currency: str | None
    due: FuzzyDate
    clause: str
    state: CommitmentState
    answers: Texts | None


@dataclass(frozen=True, slots=True)
class Party:
    """A party, its country, and the post that signs for it."""

    side: Side
    name: Name
    country: Name | None
    signatory: Name | None


@dataclass(frozen=True, slots=True)
class Body:
    """What a body is to the memorandum, and whether we read that into a source."""

    role: str
    name: Name
    inferred: bool
    reason: Texts


@dataclass(frozen=True, slots=True)
class Related:
    """A tie that the memorandum belongs to."""

    name: Name
    inferred: bool
    reason: Texts


@dataclass(frozen=True, slots=True)
class MemorandumPage:
    id: UUID
    version: int
    title: Texts
    reference_no: str
    stage: Stage
    staged_on: FuzzyDate
    reached_on: Mapping[int, FuzzyDate]  # step of the path → when it was reached
    furthest: int
    legal_nature: LegalNature
    marking: Marking
    subjects: tuple[Texts, ...]
    scope: Texts
    scope_min: int | None
    scope_max: int | None
    places: tuple[Name, ...]
    parties: tuple[Party, ...]
    ties: tuple[Related, ...]
    bodies: tuple[Body, ...]
    inferred: Texts | None  # why the memorandum as a whole is our reading; None: it is not
    source_id: UUID | None
    promises: tuple[Promise, ...]
    obstacles: tuple[Item, ...]
    meetings: tuple[Item, ...]
    actions: tuple[ActionLine, ...]
    statements: tuple[StatementLine, ...]
    timeline: Timeline
    faces: tuple[Face, ...]
    notes: Footnotes

    @property
    def countries(self) -> tuple[Name, ...]:
        """Those of the other parties, each once."""
        found = {
            p.country.id: p.country for p in self.parties if p.country and p.side is Side.THEIRS
        }
        return tuple(found.values())

    def of_side(self, side: str) -> tuple[Promise, ...]:
        return tuple(promise for promise in self.promises if promise.side == side)

    @property
    def is_measured(self) -> bool:
        """Whether any promise has a quantity or a value, without which nothing can be weighed."""
        return any(
            promise.value_minor is not None or promise.quantity_min is not None
            for promise in self.promises
        )


def memorandum_page(
    session: Session, actor: Actor, memorandum_id: UUID, today: date
) -> MemorandumPage:
    """Everything about a memorandum that the reader may see."""
    rows = _memorandum_and_commitments(session, actor, memorandum_id)
    memorandum = rows[0]
    parts = parts_of(session, actor, Memorandum.kind, memorandum_id)
    under = [memorandum_id]
    items = filed_items(session, actor, under=under, kinds=(Meeting.kind, Obstacle.kind))
    lines = statements_of(session, actor, criterion=statements_about(under), limit=_MOST_SAID)
    actions = actions_of(session, actor, criterion=actions_about(under))
    of_lines = ((line.source_id, line.speaker_id, line.post_id) for line in lines)
    known = names(session, actor, {*parts.ids(), *chain.from_iterable(of_lines)})
    reached = _reached(parts.steps)
    cited = parts.cited()
    return MemorandumPage(
        id=memorandum_id,
        version=memorandum.version,
        title=memorandum.title,
        reference_no=memorandum.reference_no,
        stage=memorandum.stage,
        staged_on=memorandum.staged_on,
        reached_on=reached,
        furthest=max(reached, default=0),
        legal_nature=memorandum.legal_nature,
        marking=memorandum.marking,
        subjects=tuple(memorandum.subjects),
        scope=memorandum.scope,
        scope_min=memorandum.scope_min,
        scope_max=memorandum.scope_max,
        places=tuple(known[each] for each in parts.places if each in known),
        parties=_parties(parts, known),
        ties=tuple(
            Related(known[tie.id], tie.inferred, tie.reason)
            for tie in parts.related
            if tie.id in known
        ),
        bodies=tuple(
            Body(part.role, known[part.id], part.inferred, part.reason)
            for part in parts.bodies
            if part.id in known
        ),
        inferred=cited.reason if cited and cited.inferred else None,
        source_id=cited.source_id if cited else None,
        promises=_promises(rows),
        obstacles=tuple(item for item in items if item.kind == Obstacle.kind),
        meetings=tuple(item for item in items if item.kind == Meeting.kind),
        actions=tuple(actions),
        statements=tuple(lines),
        timeline=timeline(items, parts.steps, Stage, today),
        faces=faces(parts, lines, known),
        notes=footnotes(known, _cited(parts, lines)),
    )


def _memorandum_and_commitments(session: Session, actor: Actor, memorandum_id: UUID) -> list[Any]:
    """One row for each commitment that the reader may see, and one where there is none."""
    rows = session.execute(
        select(
            Memorandum.version,
            Memorandum.title,
            Memorandum.reference_no,
            Memorandum.stage,
            Memorandum.staged_on,
            Memorandum.legal_nature,
            marking(Memorandum),
            Memorandum.subjects,
            Memorandum.scope,
            Memorandum.scope_min,
            Memorandum.scope_max,
            Commitment.id,
            Commitment.side,
            Commitment.text,
            Commitment.emphasis,
            Commitment.beneficiary,
            Commitment.quantity_min,
            Commitment.quantity_max,
            Commitment.unit,
            Commitment.value_minor,
            Commitment.currency,
            Commitment.due,
            Commitment.clause,
            Commitment.state,
            Commitment.in_exchange_for_id,
        )
        .select_from(Memorandum)
        .outerjoin(
            Commitment,
            and_(Commitment.memorandum_id == Memorandum.id, visible_to(actor, Commitment)),
        )
        .where(Memorandum.id == memorandum_id, visible_to(actor, Memorandum))
        .order_by(Commitment.position, Commitment.id)
    ).all()
    if not rows:
        raise NotFound(f"memorandum {memorandum_id}")
    return list(rows)


def _promises(rows: list[Any]) -> tuple[Promise, ...]:
    texts = {row.id: row.text for row in rows}
    return tuple(
        Promise(
            id=row.id,
            side=row.side,
            text=row.text,
            emphasis=row.emphasis,
            beneficiary=row.beneficiary,
            quantity_min=row.quantity_min,
            quantity_max=row.quantity_max,
            unit=row.unit,
            value_minor=row.value_minor,
            currency=row.currency,
            due=row.due,
            clause=row.clause,
            state=row.state,
            answers=texts.get(row.in_exchange_for_id) if row.in_exchange_for_id else None,
        )
        for row in rows
        if row.id is not None
    )


def _parties(parts: Parts, known: Mapping[UUID, Name]) -> tuple[Party, ...]:
    def named(object_id: UUID | None) -> Name | None:
        return known.get(object_id) if object_id else None

    return tuple(
        Party(part.side, known[part.id], named(part.country_id), named(part.signatory_id))
        for part in parts.parties
        if part.id in known
    )


def _reached(steps: tuple[StepPart, ...]) -> dict[int, FuzzyDate]:
    """When each step of the path was reached, the last time that it was."""
    found: dict[int, FuzzyDate] = {}
    for step in steps:
        place = position(Stage(step.target))
        if place is not None:
            found[place] = step.on
    return found


def _cited(parts: Parts, lines: list[StatementLine]) -> Iterator[UUID | None]:
    """The sources in the order in which the page comes to them."""
    yield from (part.source_id for part in parts.citations)
    yield from (line.source_id for line in lines)
