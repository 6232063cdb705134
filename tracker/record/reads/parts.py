"""The ties and memoranda that a place or a body has a part in, in one statement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    Select,
    String,
    cast,
    false,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session

from tracker.domain.access import Actor
from tracker.domain.bodies import BodyRole
from tracker.domain.memoranda import Stage
from tracker.domain.releases import Marking
from tracker.domain.ties import TieState
from tracker.models import (
    Involvement,
    Memorandum,
    MemorandumParty,
    MemorandumPlace,
    Tie,
    TieParty,
)
from tracker.models.base import Texts
from tracker.record.reading import visible_to
from tracker.record.releases import marking

_MOST = 200


@dataclass(frozen=True, slots=True)
class PartIn:
    """A tie or a memorandum, and what the place or body is in it: a party, unless `role` or
    `in_scope` says otherwise."""

    kind: str
    id: UUID
    title: Texts
    state: TieState | Stage
    marking: Marking
    role: BodyRole | None
    in_scope: bool
    inferred: bool
    reason: Texts


def parts_of_place(session: Session, actor: Actor, place_id: UUID) -> list[PartIn]:
    """Where a place is a party, or lies within the scope of a memorandum."""
    return _found(
        session,
        _row(actor, Tie)
        .join(TieParty, TieParty.tie_id == Tie.id)
        .where(TieParty.place_id == place_id),
        _row(actor, Memorandum)
        .join(MemorandumParty, MemorandumParty.memorandum_id == Memorandum.id)
        .where(MemorandumParty.place_id == place_id),
        _row(actor, Memorandum, in_scope=True)
        .join(MemorandumPlace, MemorandumPlace.memorandum_id == Memorandum.id)
        .where(MemorandumPlace.place_id == place_id),
    )


def parts_of_organisation(session: Session, actor: Actor, organisation_id: UUID) -> list[PartIn]:
    """Where a body is a party, a channel, an agent, a host, a focal point."""
    return _found(
        session,
        _row(actor, Tie)
        .join(TieParty, TieParty.tie_id == Tie.id)
        .where(TieParty.organisation_id == organisation_id),
        _row(actor, Memorandum)
        .join(MemorandumParty, MemorandumParty.memorandum_id == Memorandum.id)
        .where(MemorandumParty.organisation_id == organisation_id),
        *(
            _row(actor, model, involved=True)
            .join(Involvement, Involvement.object_id == model.id)
            .where(Involvement.organisation_id == organisation_id)
            for model in (Tie, Memorandum)
        ),
    )


def _row(
    actor: Actor,
    model: type[Tie] | type[Memorandum],
    *,
    involved: bool = False,
    in_scope: bool = False,
) -> Select[Any]:
    state: Any = model.state if model is Tie else Memorandum.stage
    sort: Any = getattr(model, "since_sort" if model is Tie else "staged_sort")
    return (
        select(
            literal(model.kind).label("kind"),
            model.id,
            model.title,
            type_coerce(state, String).label("state"),
            marking(model),
            (
                type_coerce(Involvement.body_role, String) if involved else cast(null(), String)
            ).label("role"),
            literal(in_scope).label("in_scope"),
            (Involvement.inferred if involved else false()).label("inferred"),
            (type_coerce(Involvement.reason, JSON) if involved else cast(null(), JSON())).label(
                "reason"
            ),
            sort.label("sort"),
        )
        .select_from(model)
        .where(visible_to(actor, model))
    )


def _found(session: Session, *selects: Select[Any]) -> list[PartIn]:
    every = union_all(*selects).subquery()
    rows: Iterable[Any] = session.execute(
        select(every).order_by(every.c.kind.desc(), every.c.sort.desc(), every.c.id).limit(_MOST)
    )
    return [
        PartIn(
            kind=row.kind,
            id=row.id,
            title=row.title,
            state=(TieState if row.kind == Tie.kind else Stage)(row.state),
            marking=row.marking,
            role=BodyRole(row.role) if row.role else None,
            in_scope=bool(row.in_scope),
            inferred=bool(row.inferred),
            reason=row.reason or {},
        )
        for row in rows
    ]
