"""The parts of a tie or a memorandum, of every table, in one statement.

A page that read each table by itself would send one statement for each. The rows of all of them
are given the same columns; who or what a part points at is named by `names`, which also leaves out
what the reader may not see.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    Boolean,
    ColumnElement,
    Date,
    Integer,
    Select,
    String,
    Uuid,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session, aliased
from sqlalchemy.types import TypeEngine

from tracker.domain.access import Actor
from tracker.domain.bodies import BodyRole
from tracker.domain.dates import FuzzyDate
from tracker.domain.follow_up import ObstacleState
from tracker.domain.memoranda import Side
from tracker.domain.places import PlaceLevel
from tracker.models import (
    Attendee,
    Citation,
    Filing,
    Involvement,
    Meeting,
    Memorandum,
    MemorandumParty,
    MemorandumPlace,
    Obstacle,
    Organisation,
    Place,
    Source,
    StateChange,
    Tenure,
    Tie,
    TieParty,
)
from tracker.record.reading import visible_to
from tracker.record.reads.filed import Under, around, holders
from tracker.record.reads.shapes import (
    AttendeePart,
    BodyPart,
    CitationPart,
    LifterPart,
    Parts,
    PartyPart,
    RelatedPart,
    StepPart,
)

_MOST_ATTENDEES = 40


def parts_of(session: Session, actor: Actor, kind: str, object_id: UUID) -> Parts:
    """The parts of a tie or a memorandum that the reader was already found to see."""
    selects = [
        _parties(TieParty if kind == Tie.kind else MemorandumParty, object_id),
        _bodies(object_id),
        _citations(actor, object_id),
        _steps(object_id),
        _attendees(actor, object_id),
        _lifters(actor, around(actor, object_id) if kind == Tie.kind else [object_id]),
    ]
    if kind == Memorandum.kind:
        selects += [_places(object_id), _related(object_id)]
    rows: Iterable[Any] = session.execute(union_all(*selects))
    return _sorted_out(sorted(rows, key=lambda row: int(row.position)))


# What a row of the union holds; a part fills those it has, the others are null.
_COLUMNS: dict[str, type[TypeEngine[Any]]] = {
    "role": String,
    "text": String,
    "note": String,
    "first_id": Uuid,
    "second_id": Uuid,
    "third_id": Uuid,
    "inferred": Boolean,
    "reason": JSON,
    "first": Date,
    "last": Date,
    "raw": String,
}


def _row(part: str, position: Any, **values: Any) -> Select[Any]:
    filled = [
        (type_coerce(values[name], kind) if name in values else cast(null(), kind())).label(name)
        for name, kind in _COLUMNS.items()
    ]
    place = type_coerce(position, Integer).label("position")
    return select(literal(part, String).label("part"), place, *filled)


def _parties(model: type[TieParty] | type[MemorandumParty], object_id: UUID) -> Select[Any]:
    root = getattr(model, model.root_column)
    chain = [aliased(Place) for _ in range(4)]
    more: dict[str, Any] = {}
    if model is MemorandumParty:
        more["third_id"] = MemorandumParty.signatory_post_id
    statement = (
        _row(
            "party",
            model.position,
            role=model.side,
            first_id=func.coalesce(model.place_id, model.organisation_id),
            second_id=_country(chain),
            **more,
        )
        .select_from(model)
        .outerjoin(Organisation, Organisation.id == model.organisation_id)
        .outerjoin(chain[0], chain[0].id == func.coalesce(model.place_id, Organisation.place_id))
        .where(root == object_id)
    )
    for below, above in pairwise(chain):
        statement = statement.outerjoin(above, above.id == below.parent_id)
    return statement


def _country(chain: list[Any]) -> ColumnElement[Any]:
    """The country among a place and what lies above it."""
    return case(
        *((place.place_level == PlaceLevel.COUNTRY, place.id) for place in chain), else_=null()
    )


def _bodies(object_id: UUID) -> Select[Any]:
    return _row(
        "body",
        Involvement.position,
        role=Involvement.body_role,
        first_id=func.coalesce(
            Involvement.organisation_id, Involvement.post_id, Involvement.person_id
        ),
        inferred=Involvement.inferred,
        reason=Involvement.reason,
    ).where(Involvement.object_id == object_id)


def _citations(actor: Actor, object_id: UUID) -> Select[Any]:
    # Why something was read into a source tells of the source.
    sources = select(Source.id).where(visible_to(actor, Source))
    told = or_(Citation.source_id.is_(None), Citation.source_id.in_(sources))
    return _row(
        "citation",
        Citation.position,
        role=Citation.field,
        first_id=Citation.source_id,
        second_id=Citation.statement_id,
        text=Citation.locator,
        inferred=Citation.inferred,
        reason=Citation.reason,
    ).where(Citation.object_id == object_id, told)


def _steps(object_id: UUID) -> Select[Any]:
    columns = StateChange.__table__.c
    return _row(
        "step",
        func.row_number().over(order_by=(columns.recorded_at, columns.id)),
        role=StateChange.target,
        text=StateChange.source,
        note=StateChange.reason,
        first=columns.effective_first,
        last=columns.effective_last,
        raw=columns.effective_raw,
    ).where(StateChange.object_id == object_id)


def _attendees(actor: Actor, object_id: UUID) -> Select[Any]:
    """Those of the newest meetings; each person in each post once."""
    newest = func.max(Filing.__table__.c.on_sort)
    each = (
        select(
            Attendee.side,
            Attendee.person_id,
            Attendee.post_id,
            func.min(Attendee.position).label("position"),
        )
        .join(Meeting, and_(Meeting.id == Attendee.meeting_id, visible_to(actor, Meeting)))
        .join(Filing, and_(Filing.holder_id == Meeting.id, Filing.object_id == object_id))
        .where(or_(Attendee.person_id.is_not(None), Attendee.post_id.is_not(None)))
        .group_by(Attendee.side, Attendee.person_id, Attendee.post_id)
        .order_by(newest.desc(), func.min(Attendee.position))
        .limit(_MOST_ATTENDEES)
        .subquery()
    )
    return _row(
        "attendee",
        each.c.position,
        role=each.c.side,
        first_id=each.c.person_id,
        second_id=each.c.post_id,
    )


def _lifters(actor: Actor, under: Under) -> Select[Any]:
    """Who can lift the open obstacles: a post and whoever holds it now, or a body."""
    columns = Tenure.__table__.c
    holder = (
        select(Tenure.person_id)
        .where(Tenure.post_id == Obstacle.lifter_post_id, columns.until_last.is_(None))
        .order_by(columns.since_sort.desc(), columns.attested_sort.desc(), columns.id)
        .limit(1)
        .correlate(Obstacle)
        .scalar_subquery()
    )
    return _row(
        "lifter",
        literal(0),
        first_id=holder,
        second_id=Obstacle.lifter_post_id,
        third_id=Obstacle.lifter_organisation_id,
    ).where(
        Obstacle.id.in_(holders(Obstacle.kind, under)),
        visible_to(actor, Obstacle),
        Obstacle.state == ObstacleState.OPEN,
    )


def _places(object_id: UUID) -> Select[Any]:
    return _row("place", MemorandumPlace.position, first_id=MemorandumPlace.place_id).where(
        MemorandumPlace.memorandum_id == object_id
    )


def _related(object_id: UUID) -> Select[Any]:
    return _row(
        "related",
        Filing.position,
        first_id=Filing.object_id,
        inferred=Filing.inferred,
        reason=Filing.reason,
    ).where(Filing.holder_id == object_id, Filing.object_kind == Tie.kind)


def _sorted_out(rows: Iterable[Any]) -> Parts:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.part].append(row)
    return Parts(
        parties=tuple(
            PartyPart(Side(row.role), row.first_id, row.second_id, row.third_id)
            for row in found["party"]
        ),
        places=tuple(row.first_id for row in found["place"]),
        bodies=tuple(
            BodyPart(BodyRole(row.role), row.first_id, row.inferred, row.reason or {})
            for row in found["body"]
        ),
        citations=tuple(
            CitationPart(
                row.role, row.first_id, row.second_id, row.text, row.inferred, row.reason or {}
            )
            for row in found["citation"]
        ),
        steps=tuple(
            StepPart(row.text, row.role, FuzzyDate(row.first, row.last, row.raw), row.note)
            for row in found["step"]
        ),
        attendees=tuple(
            AttendeePart(Side(row.role), row.first_id, row.second_id) for row in found["attendee"]
        ),
        lifters=tuple(
            LifterPart(row.first_id, row.second_id, row.third_id) for row in found["lifter"]
        ),
        related=tuple(
            RelatedPart(row.first_id, row.inferred, row.reason or {}) for row in found["related"]
        ),
    )
