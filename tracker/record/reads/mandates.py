"""Mandates as every list prints them: of whom, with whose help, by when, and how far they came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select, true
from sqlalchemy.orm import Session, aliased

from tracker.domain.access import Actor
from tracker.domain.dates import FuzzyDate
from tracker.domain.follow_up import Completion
from tracker.domain.releases import Marking
from tracker.models import Mandate, Organisation, Resolution, Term
from tracker.models.base import Texts
from tracker.models.keyset import PAGE, Cursor, newest_first
from tracker.record.reading import visible_to
from tracker.record.releases import marking


@dataclass(frozen=True, slots=True)
class MandateLine:
    """One mandate. `resolution_no` is empty while its number is not known."""

    id: UUID
    title: Texts
    marking: Marking
    issued_on: FuzzyDate
    due: FuzzyDate
    completion: Completion | None
    owner: Texts | None
    help_from: Texts | None
    resolution: Texts | None
    resolution_no: str | None
    adopted_on: FuzzyDate | None
    term: Texts | None

    @property
    def cursor(self) -> Cursor:
        return Cursor(self.issued_on.sort, self.id)

    def overdue_days(self, today: date) -> int | None:
        return overdue_days(self.completion, self.due, today)


def overdue_days(completion: StrEnum | None, due: FuzzyDate, today: date) -> int | None:
    """Late only when the last possible day has passed; without one it never is."""
    if completion is Completion.DONE or due.last is None or due.last >= today:
        return None
    return (today - due.last).days


def mandates_of(
    session: Session,
    actor: Actor,
    *,
    criterion: ColumnElement[bool] | None = None,
    cursor: Cursor | None = None,
    limit: int = PAGE,
) -> list[MandateLine]:
    """A page of the mandates that meet the criterion, the newest first, and one more."""
    owner, helper = aliased(Organisation), aliased(Organisation)
    statement = (
        select(
            Mandate.id,
            Mandate.title,
            marking(Mandate),
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
        .where(visible_to(actor, Mandate), true() if criterion is None else criterion)
    )
    sort = Mandate.__table__.c.issued_sort
    rows: Iterable[Any] = session.execute(newest_first(statement, sort, Mandate.id, cursor, limit))
    return [MandateLine(*row) for row in rows]
