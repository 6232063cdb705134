"""The list of memoranda, a memorandum as its form shows it, and where a commitment is shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session

from tracker import record
from tracker.domain.access import Actor
from tracker.domain.dates import FuzzyDate
from tracker.domain.memoranda import Side, Stage
from tracker.domain.releases import Marking
from tracker.memoranda.commitments import commitment_rows
from tracker.models import (
    Commitment,
    Filing,
    Memorandum,
    MemorandumParty,
    MemorandumPlace,
    Organisation,
    Place,
    Tie,
)
from tracker.models.base import Texts
from tracker.models.keyset import Cursor, newest_first
from tracker.record import parties
from tracker.record.grounds import ground_of
from tracker.record.involvements import bodies_of
from tracker.record.links import link_to
from tracker.record.reading import visible_to
from tracker.record.releases import marking


@dataclass(frozen=True, slots=True)
class MemorandumLine:
    """One memorandum in a list."""

    id: UUID
    title: Texts
    parties: tuple[tuple[Side, Texts], ...]
    stage: Stage
    staged_on: FuzzyDate
    subjects: tuple[Texts, ...]
    marking: Marking

    @property
    def cursor(self) -> Cursor:
        return Cursor(self.staged_on.sort, self.id)


def memorandum_list(
    session: Session,
    actor: Actor,
    *,
    stages: Collection[Stage] = (),
    cursor: Cursor | None = None,
) -> list[MemorandumLine]:
    """A page of memoranda, those that last moved first, and one more."""
    statement: Select[*tuple[Any, ...]] = select(
        Memorandum.id,
        Memorandum.title,
        Memorandum.stage,
        Memorandum.staged_on,
        Memorandum.subjects,
        marking(Memorandum),
    ).where(visible_to(actor, Memorandum))
    if stages:
        statement = statement.where(Memorandum.stage.in_(stages))
    sort = Memorandum.__table__.c.staged_sort
    rows = session.execute(newest_first(statement, sort, Memorandum.id, cursor)).all()
    named = _parties(session, actor, [row.id for row in rows])
    return [
        MemorandumLine(
            row.id,
            row.title,
            named[row.id],
            row.stage,
            row.staged_on,
            tuple(row.subjects),
            row.marking,
        )
        for row in rows
    ]


def memorandum_for_form(
    session: Session, actor: Actor, memorandum_id: UUID, language: str
) -> dict[str, Any]:
    """A memorandum as its form shows it."""
    memorandum = record.get_visible(session, actor, Memorandum, memorandum_id)
    ground = ground_of(session, actor, memorandum_id, "", language)
    return {
        "title": memorandum.title,
        "reference_no": memorandum.reference_no,
        "parties": parties.parties_of(session, actor, MemorandumParty, memorandum_id, language),
        "ties": _ties(session, actor, memorandum_id, language),
        "subjects": [{"text": text} for text in memorandum.subjects],
        "commitments": commitment_rows(session, actor, memorandum_id),
        "scope": memorandum.scope,
        "scope_min": memorandum.scope_min,
        "scope_max": memorandum.scope_max,
        "places": _places(session, actor, memorandum_id, language),
        "legal_nature": memorandum.legal_nature,
        "bodies": bodies_of(session, actor, memorandum_id, language),
        "source": ground.source,
        "locator": ground.locator,
        "inferred": ground.inferred,
        "reason": dict(ground.reason),
        "level": memorandum.level,
        "version": memorandum.version,
    }


def memorandum_of(session: Session, actor: Actor, commitment_id: UUID) -> UUID:
    """The memorandum that a commitment belongs to."""
    return record.get_visible(session, actor, Commitment, commitment_id).memorandum_id


def _parties(
    session: Session, actor: Actor, memorandum_ids: list[UUID]
) -> dict[UUID, tuple[tuple[Side, Texts], ...]]:
    rows = session.execute(
        select(
            MemorandumParty.memorandum_id,
            MemorandumParty.side,
            Place.name.label("place"),
            Organisation.name.label("organisation"),
        )
        .select_from(MemorandumParty)
        .outerjoin(Place, and_(Place.id == MemorandumParty.place_id, visible_to(actor, Place)))
        .outerjoin(
            Organisation,
            and_(
                Organisation.id == MemorandumParty.organisation_id,
                visible_to(actor, Organisation),
            ),
        )
        .where(MemorandumParty.memorandum_id.in_(memorandum_ids))
        .order_by(MemorandumParty.position, MemorandumParty.id)
    )
    found: dict[UUID, tuple[tuple[Side, Texts], ...]] = defaultdict(tuple)
    for row in rows:
        name = row.place or row.organisation
        if name:
            found[row.memorandum_id] += ((row.side, name),)
    return found


def _ties(
    session: Session, actor: Actor, memorandum_id: UUID, language: str
) -> list[dict[str, Any]]:
    rows = session.execute(
        select(Tie, Filing.inferred, Filing.reason)
        .join(Filing, Filing.object_id == Tie.id)
        .where(Filing.holder_id == memorandum_id, visible_to(actor, Tie))
        .order_by(Filing.position, Filing.id)
    )
    return [
        {"tie": link_to(tie, language), "inferred": inferred, "reason": dict(reason)}
        for tie, inferred, reason in rows
    ]


def _places(
    session: Session, actor: Actor, memorandum_id: UUID, language: str
) -> list[dict[str, Any]]:
    rows = session.scalars(
        select(Place)
        .join(MemorandumPlace, MemorandumPlace.place_id == Place.id)
        .where(MemorandumPlace.memorandum_id == memorandum_id, visible_to(actor, Place))
        .order_by(MemorandumPlace.position, MemorandumPlace.id)
    )
    return [{"place": link_to(place, language)} for place in rows]
