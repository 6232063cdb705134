"""Mandates with executor, help, resolution and due date; what is late, and on whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.access import Actor, Level
from tracker.domain.actions import LIVE
from tracker.domain.dates import FuzzyDate
from tracker.domain.follow_up import Completion
from tracker.domain.memoranda import Stage
from tracker.models import Action, Mandate, Memorandum, Organisation, Resolution, Term
from tracker.models.base import Texts
from tracker.record import visible_to
from tracker.record.reads import ActionLine, actions_of

MOST = 50


@dataclass(frozen=True, slots=True)
class MandateLine:
    """One mandate. `resolution_no` is empty while its number is not known."""

    id: UUID
    title: Texts
    level: Level
    issued_on: FuzzyDate
    due: FuzzyDate
    completion: Completion | None
    owner: Texts | None
    help_from: Texts | None
    resolution: Texts | None
    resolution_no: str | None
    adopted_on: FuzzyDate | None
    term: Texts | None

    def overdue_days(self, today: date) -> int | None:
        done = self.completion is Completion.DONE
        if done or self.due.last is None or self.due.last >= today:
            return None
        return (today - self.due.last).days


def mandates(session: Session, actor: Actor) -> list[MandateLine]:
    owner, helper = aliased(Organisation), aliased(Organisation)
    rows: Iterable[Any] = session.execute(
        select(
            Mandate.id,
            Mandate.title,
            Mandate.effective_level,
            Mandate.issued_on,
            Mandate.due,
            Mandate.completion,
            owner.name,
            helper.name,
            Resolution.title,
            Resolution.number,
            Resolution.adopted_on,
            Term.name,
        )
        .select_from(Mandate)
        .outerjoin(owner, and_(owner.id == Mandate.owner_id, visible_to(actor, owner)))
        .outerjoin(helper, and_(helper.id == Mandate.help_from_id, visible_to(actor, helper)))
        .outerjoin(
            Resolution,
            and_(Resolution.id == Mandate.resolution_id, visible_to(actor, Resolution)),
        )
        .outerjoin(Term, and_(Term.id == Mandate.term_id, visible_to(actor, Term)))
        .where(visible_to(actor, Mandate))
        .order_by(Mandate.__table__.c.issued_sort.desc(), Mandate.id.desc())
        .limit(MOST)
    )
    return [MandateLine(*row) for row in rows]


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


def memoranda(session: Session, actor: Actor) -> list[MemorandumLine]:
    rows = session.execute(
        select(Memorandum.id, Memorandum.title, Memorandum.stage)
        .where(visible_to(actor, Memorandum))
        .order_by(Memorandum.__table__.c.staged_sort.desc(), Memorandum.id.desc())
        .limit(MOST)
    )
    return [MemorandumLine(*row) for row in rows]
