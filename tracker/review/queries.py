"""Mandates with executor, help, resolution and due date; what is late, and on whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from tracker.domain.access import Actor
from tracker.domain.actions import LIVE
from tracker.domain.memoranda import Stage
from tracker.domain.releases import Marking
from tracker.models import Action, Memorandum
from tracker.models.base import Texts
from tracker.record import visible_to
from tracker.record.reads import ActionLine, actions_of
from tracker.record.reads.mandates import MandateLine, mandates_of
from tracker.record.releases import marking

MOST = 50


def mandates(session: Session, actor: Actor) -> list[MandateLine]:
    return mandates_of(session, actor)[:MOST]


def late_actions(session: Session, actor: Actor, today: date) -> list[ActionLine]:
    criterion = and_(Action.state.in_(LIVE), Action.__table__.c.due_last < today)
    return actions_of(session, actor, criterion=criterion, limit=MOST)


def waiting(session: Session, actor: Actor) -> list[ActionLine]:
    """Live actions that somebody else's help is needed for."""
    criterion = and_(Action.state.in_(LIVE), Action.depends_on_organisation_id.is_not(None))
    return actions_of(session, actor, criterion=criterion, limit=MOST)


@dataclass(frozen=True, slots=True)
class MemorandumLine:
    id: UUID
    title: Texts
    stage: Stage
    marking: Marking


def memoranda(session: Session, actor: Actor) -> list[MemorandumLine]:
    rows = session.execute(
        select(Memorandum.id, Memorandum.title, Memorandum.stage, marking(Memorandum))
        .where(visible_to(actor, Memorandum))
        .order_by(Memorandum.__table__.c.staged_sort.desc(), Memorandum.id.desc())
        .limit(MOST)
    )
    return [MemorandumLine(*row) for row in rows]
