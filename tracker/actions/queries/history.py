"""What became of an action: the states it has had, and the days it was due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.actions import ActionState
from tracker.domain.dates import FuzzyDate
from tracker.models import AuditEntry, StateChange

_MOST = 100


@dataclass(frozen=True, slots=True)
class Happening:
    """A state that was reached, or another due date: `state` is None, `before` what it was."""

    recorded_at: datetime
    on: FuzzyDate
    reason: str
    state: ActionState | None = None
    before: FuzzyDate | None = None
    after: FuzzyDate | None = None


def history(session: Session, action_id: UUID, due: FuzzyDate) -> tuple[Happening, ...]:
    """The latest on top. `due` is the day it is due now."""
    found = [*_states(session, action_id), *_due_dates(session, action_id, due)]
    # Sorting keeps the order of the table where two were recorded at once.
    return tuple(sorted(found, key=lambda each: each.recorded_at, reverse=True))


def _states(session: Session, action_id: UUID) -> list[Happening]:
    rows = session.execute(
        select(
            StateChange.recorded_at,
            StateChange.effective_on,
            StateChange.reason,
            StateChange.target,
        )
        .where(StateChange.object_id == action_id)
        .order_by(StateChange.recorded_at.desc(), StateChange.id.desc())
        .limit(_MOST)
    )
    return [Happening(at, on, reason, ActionState(target)) for at, on, reason, target in rows]


def _due_dates(session: Session, action_id: UUID, due: FuzzyDate) -> list[Happening]:
    """Walked backwards from the present one, because an entry holds only what it changed."""
    rows = session.execute(
        select(AuditEntry.at, AuditEntry.reason, AuditEntry.changes)
        .where(AuditEntry.object_id == action_id, AuditEntry.action == "changed")
        .order_by(AuditEntry.seq.desc())
        .limit(_MOST)
    )
    found = []
    after = due
    for at, reason, changes in rows:
        before = _before(after, changes.get("fields", {}))
        if before != after:
            day = FuzzyDate.exact(at.date())
            found.append(Happening(at, day, reason, before=before, after=after))
        after = before
    return found


def _before(after: FuzzyDate, fields: dict[str, Any]) -> FuzzyDate:
    def day(column: str, now: date | None) -> date | None:
        if column not in fields:
            return now
        old = fields[column][0]
        return date.fromisoformat(old) if old else None

    raw = fields["due_raw"][0] or "" if "due_raw" in fields else after.raw
    return FuzzyDate(day("due_first", after.first), day("due_last", after.last), raw)
