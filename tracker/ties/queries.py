"""The list of ties, and a tie as its form shows it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from tracker import record
from tracker.domain.access import Actor
from tracker.domain.actions import LIVE
from tracker.domain.dates import FuzzyDate
from tracker.domain.follow_up import Completion, ObstacleState
from tracker.domain.meetings import NOT_HELD
from tracker.domain.memoranda import BEFORE_SIGNATURE
from tracker.domain.places import PlaceLevel
from tracker.domain.releases import Marking
from tracker.domain.statements import STANDING
from tracker.domain.ties import TieKind, TieState
from tracker.models import (
    Action,
    Clause,
    Filing,
    Instrument,
    Mandate,
    Meeting,
    Memorandum,
    Obstacle,
    Organisation,
    Place,
    Recorded,
    Statement,
    Tie,
    TieParty,
)
from tracker.models.base import Texts
from tracker.models.keyset import NameCursor, by_name
from tracker.record import parties
from tracker.record.grounds import ground_of, statement_under
from tracker.record.involvements import bodies_of
from tracker.record.links import link_to
from tracker.record.reading import visible_to
from tracker.record.releases import marking


@dataclass(frozen=True, slots=True)
class TieLine:
    """One tie in a list; a party without a place level is an organisation."""

    id: UUID
    title: Texts
    kind: TieKind
    levels: tuple[PlaceLevel | None, ...]
    state: TieState
    since: FuzzyDate
    last_contact: FuzzyDate | None
    open_items: int
    marking: Marking
    sort_name: str

    @property
    def cursor(self) -> NameCursor:
        return NameCursor(self.sort_name, self.id)


def tie_list(
    session: Session,
    actor: Actor,
    *,
    state: TieState | None = None,
    cursor: NameCursor | None = None,
) -> list[TieLine]:
    """A page of ties by name, and one more."""
    statement = select(
        Tie.id,
        Tie.title,
        Tie.tie_kind,
        Tie.state,
        Tie.since,
        marking(Tie),
        Tie.sort_name,
        _latest_meeting(actor).label("meeting_id"),
        _open_items(actor).label("open_items"),
    ).where(visible_to(actor, Tie))
    if state is not None:
        statement = statement.where(Tie.state == state)
    rows = session.execute(by_name(statement, Tie.sort_name, Tie.id, cursor)).all()
    levels = _levels(session, actor, [row.id for row in rows])
    held = _held_on(session, [row.meeting_id for row in rows if row.meeting_id])
    return [
        TieLine(
            row.id,
            row.title,
            row.tie_kind,
            levels[row.id],
            row.state,
            row.since,
            held.get(row.meeting_id),
            row.open_items,
            row.marking,
            row.sort_name,
        )
        for row in rows
    ]


def tie_for_form(session: Session, actor: Actor, tie_id: UUID, language: str) -> dict[str, Any]:
    """A tie as its form shows it."""
    tie = record.get_visible(session, actor, Tie, tie_id)
    ground = ground_of(session, actor, tie_id, "", language)
    clause = record.find(session, actor, Clause, tie.basis_clause_id)
    agreement = record.find(session, actor, Instrument, tie.agreement_id)
    return {
        "kind": tie.tie_kind,
        "parties": parties.parties_of(session, actor, TieParty, tie_id, language),
        "title": tie.title,
        "since": tie.since,
        "basis": link_to(clause, language),
        "agreement_copy": tie.agreement_copy,
        "agreement": link_to(agreement, language),
        "purpose": tie.purpose,
        "bodies": bodies_of(session, actor, tie_id, language),
        "said_in": statement_under(session, actor, tie_id, "state", language),
        "source": ground.source,
        "locator": ground.locator,
        "inferred": ground.inferred,
        "reason": dict(ground.reason),
        "level": tie.level,
        "version": tie.version,
    }


def _latest_meeting(actor: Actor) -> ScalarSelect[Any]:
    """The newest meeting under the tie that was held, as far as the reader may see it."""
    filings = Filing.__table__.c
    return (
        select(Meeting.id)
        .join(Filing, and_(Filing.holder_id == Meeting.id, Filing.holder_kind == Meeting.kind))
        .where(
            Filing.object_id == Tie.id,
            visible_to(actor, Meeting),
            Meeting.state.not_in(NOT_HELD),
        )
        .order_by(filings.on_sort.desc(), Filing.holder_id.desc())
        .limit(1)
        .correlate(Tie)
        .scalar_subquery()
    )


def _open_items(actor: Actor) -> ColumnElement[int]:
    """What the tie's page lists as open: memoranda before signature, obstacles, mandates that
    are not carried out, actions, and offers and opportunities that stand."""

    def filed(model: type[Recorded]) -> Select[Any]:
        return _filed(actor, model.kind)

    about = or_(
        Action.meeting_id.in_(filed(Meeting)),
        Action.obstacle_id.in_(filed(Obstacle)),
        Action.id.in_(filed(Action)),
    )
    carried = select(Action.mandate_id).where(about, visible_to(actor, Action)).correlate(Tie)
    return (
        _count(
            actor,
            Memorandum,
            Memorandum.id.in_(filed(Memorandum)),
            Memorandum.stage.in_(BEFORE_SIGNATURE),
        )
        + _count(
            actor,
            Obstacle,
            Obstacle.id.in_(filed(Obstacle)),
            Obstacle.state == ObstacleState.OPEN,
        )
        + _count(
            actor,
            Mandate,
            or_(Mandate.id.in_(filed(Mandate)), Mandate.id.in_(carried)),
            Mandate.completion.is_distinct_from(Completion.DONE),
        )
        + _count(actor, Action, Action.state.in_(LIVE), about)
        + _count(
            actor,
            Statement,
            Statement.statement_kind.in_(STANDING),
            or_(Statement.meeting_id.in_(filed(Meeting)), Statement.id.in_(filed(Statement))),
        )
    )


def _count(
    actor: Actor, model: type[Recorded], *criteria: ColumnElement[bool]
) -> ColumnElement[int]:
    return (
        select(func.count())
        .select_from(model)
        .where(visible_to(actor, model), *criteria)
        .correlate(Tie)
        .scalar_subquery()
    )


def _filed(actor: Actor, kind: str) -> Select[Any]:
    """What is filed under the tie of the row, or under a memorandum of it."""
    filing, of_memorandum = aliased(Filing), aliased(Filing)
    memoranda = (
        select(Memorandum.id)
        .join(of_memorandum, of_memorandum.holder_id == Memorandum.id)
        .where(of_memorandum.object_id == Tie.id, visible_to(actor, Memorandum))
        .correlate(Tie)
    )
    return (
        select(filing.holder_id)
        .where(
            filing.holder_kind == kind,
            or_(filing.object_id == Tie.id, filing.object_id.in_(memoranda)),
        )
        .correlate(Tie)
    )


def _levels(
    session: Session, actor: Actor, tie_ids: list[UUID]
) -> dict[UUID, tuple[PlaceLevel | None, ...]]:
    """At which levels the parties of each tie stand, ours first."""
    rows = session.execute(
        select(TieParty.tie_id, Place.place_level)
        .outerjoin(Place, and_(Place.id == TieParty.place_id, visible_to(actor, Place)))
        .outerjoin(
            Organisation,
            and_(Organisation.id == TieParty.organisation_id, visible_to(actor, Organisation)),
        )
        .where(
            TieParty.tie_id.in_(tie_ids), (Place.id.is_not(None)) | (Organisation.id.is_not(None))
        )
        .order_by(TieParty.position, TieParty.id)
    )
    found: dict[UUID, tuple[PlaceLevel | None, ...]] = defaultdict(tuple)
    for tie_id, level in rows:
        found[tie_id] += (level,)
    return found


def _held_on(session: Session, meeting_ids: list[UUID]) -> dict[UUID, FuzzyDate]:
    rows = session.execute(select(Meeting.id, Meeting.held_on).where(Meeting.id.in_(meeting_ids)))
    return {row.id: row.held_on for row in rows}
