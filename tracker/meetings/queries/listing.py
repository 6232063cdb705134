"""The list of meetings, newest first, with what is still open from each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import and_, exists, func, select
from sqlalchemy.orm import Session

from tracker.domain.access import Actor, Level
from tracker.domain.actions import LIVE
from tracker.domain.dates import FuzzyDate
from tracker.domain.meetings import MeetingKind, MeetingState
from tracker.domain.texts import Texts
from tracker.models import Action, Filing, Meeting, Place, Tie
from tracker.models.keyset import PAGE, Cursor, newest_first
from tracker.record import visible_to

MOST_CHIPS = 12


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One line of the list; the place is None when unknown or not for this reader."""

    id: UUID
    title: Texts
    kind: MeetingKind
    state: MeetingState
    held_on: FuzzyDate
    place: Texts | None
    level: Level
    open_actions: int

    @property
    def cursor(self) -> Cursor:
        return Cursor(self.held_on.sort, self.id)


@dataclass(frozen=True, slots=True)
class TieChip:
    """A tie that the list may be narrowed to."""

    id: UUID
    title: Texts


def meeting_list(
    session: Session,
    actor: Actor,
    *,
    kind: MeetingKind | None = None,
    under: UUID | None = None,
    cursor: Cursor | None = None,
    limit: int = PAGE,
) -> list[MeetingRow]:
    """One page of meetings and one row more; `under` is a tie or memorandum."""
    open_actions = (
        select(func.count(Action.id))
        .where(Action.meeting_id == Meeting.id, Action.state.in_(LIVE), visible_to(actor, Action))
        .correlate(Meeting)
        .scalar_subquery()
    )
    statement: Any = (
        select(
            Meeting.id,
            Meeting.title,
            Meeting.meeting_kind,
            Meeting.state,
            Meeting.held_on,
            Place.name,
            Meeting.effective_level,
            open_actions,
        )
        .select_from(Meeting)
        .outerjoin(Place, and_(Place.id == Meeting.place_id, visible_to(actor, Place)))
        .where(visible_to(actor, Meeting))
    )
    if kind is not None:
        statement = statement.where(Meeting.meeting_kind == kind)
    if under is not None:
        statement = statement.where(
            exists(
                select(Filing.id).where(Filing.holder_id == Meeting.id, Filing.object_id == under)
            )
        )
    sort = Meeting.__table__.c.held_sort
    page = newest_first(statement, sort, Meeting.id, cursor, limit)
    return [MeetingRow(*row) for row in session.execute(page)]


def tie_chips(session: Session, actor: Actor, chosen: UUID | None) -> list[TieChip]:
    """Some ties by name, the chosen one always among them when the reader may see it."""
    rows = session.execute(
        select(Tie.id, Tie.title)
        .where(visible_to(actor, Tie))
        .order_by((Tie.id != chosen) if chosen else Tie.sort_name, Tie.sort_name, Tie.id)
        .limit(MOST_CHIPS)
    )
    return [TieChip(*row) for row in rows]
