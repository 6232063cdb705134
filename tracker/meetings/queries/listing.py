"""The list of meetings, newest first, with what is still open from each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Uuid, and_, bindparam, func, select, union_all
from sqlalchemy.orm import Session

from tracker.domain.access import Actor, Level
from tracker.domain.actions import LIVE
from tracker.domain.dates import FuzzyDate
from tracker.domain.meetings import MeetingKind, MeetingState
from tracker.domain.texts import Texts
from tracker.models import Action, Filing, Meeting, Place, Tie
from tracker.models.built_once import built_once
from tracker.models.keyset import ANY_CURSOR, PAGE, Cursor, after_values, newest_first
from tracker.record import asked_by, visible

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
    asked = _page(of_kind=kind is not None, under=under is not None, onward=cursor is not None)
    values = asked_by(actor, kind=kind, under=under, most=limit + 1, **after_values(cursor))
    return [MeetingRow(*row) for row in session.execute(asked, values)]


@built_once
def _page(*, of_kind: bool, under: bool, onward: bool) -> Select[Any]:
    open_actions = (
        select(func.count(Action.id))
        .where(Action.meeting_id == Meeting.id, Action.state.in_(LIVE), visible(Action))
        .correlate(Meeting)
        .scalar_subquery()
    )
    statement: Select[Any] = (
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
        .outerjoin(Place, and_(Place.id == Meeting.place_id, visible(Place)))
        .where(visible(Meeting))
    )
    sort, id_ = Meeting.__table__.c.held_sort, Meeting.id
    if of_kind:
        statement = statement.where(Meeting.meeting_kind == bindparam("kind"))
    if under:
        # Filings repeat the day of what they hold: the newest of a tie are read off one index.
        sort, id_ = Filing.__table__.c.on_sort, Filing.holder_id
        statement = statement.join(Filing, Filing.holder_id == Meeting.id).where(
            Filing.object_id == bindparam("under"), Filing.holder_kind == Meeting.kind
        )
    page = newest_first(statement, sort, id_, ANY_CURSOR if onward else None)
    return page.limit(bindparam("most"))


def tie_chips(session: Session, actor: Actor, chosen: UUID | None) -> list[TieChip]:
    """The first ties by name, and before them the chosen one when the reader may see it."""
    rows = session.execute(_CHIPS, asked_by(actor, chosen=chosen))
    first = {row.id: TieChip(*row) for row in rows}
    return list(first.values())


_TIES = select(Tie.id, Tie.title).where(visible(Tie))
_CHIPS = union_all(
    _TIES.where(Tie.id == bindparam("chosen", type_=Uuid())),
    select(_TIES.order_by(Tie.sort_name, Tie.id).limit(MOST_CHIPS).subquery()),
)
