"""The list of meetings, newest first, with what is still open from each."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, Text, Uuid, and_, bindparam, cast, func, select, union_all
from sqlalchemy.orm import Session

from tracker.domain.access import Actor
from tracker.domain.actions import LIVE
from tracker.domain.dates import FuzzyDate
from tracker.domain.meetings import MeetingKind, MeetingState
from tracker.domain.releases import Marking
from tracker.models import Action, Filing, Meeting, Place, Tie
from tracker.models.base import Texts
from tracker.models.built_once import built_once
from tracker.models.keyset import ANY_CURSOR, PAGE, Cursor, after_values, newest_first
from tracker.models.types import stored_texts
from tracker.record import rows, visible
from tracker.record.releases import marking

MOST_CHIPS = 12


class MeetingRow(NamedTuple):
    """One line of the list, as the database has it: most lines have been drawn before, and are
    never read. The place is None when unknown or not for this reader."""

    id: UUID
    stored_title: str
    kind: MeetingKind
    state: MeetingState
    first: date | None
    last: date | None
    raw: str
    sort: date
    stored_place: str | None
    marking: Marking
    open_actions: int

    @property
    def title(self) -> Texts:
        return stored_texts(self.stored_title)

    @property
    def place(self) -> Texts | None:
        return None if self.stored_place is None else stored_texts(self.stored_place)

    @property
    def held_on(self) -> FuzzyDate:
        return FuzzyDate(self.first, self.last, self.raw)

    @property
    def cursor(self) -> Cursor:
        return Cursor(self.sort, self.id)


class TieChip(NamedTuple):
    """A tie that the list may be narrowed to."""

    id: UUID
    stored_title: str

    @property
    def title(self) -> Texts:
        return stored_texts(self.stored_title)


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
    values = {"kind": kind, "under": under, "most": limit + 1, **after_values(cursor)}
    return [MeetingRow(*row) for row in rows(session, asked, actor, **values)]


@built_once
def _page(*, of_kind: bool, under: bool, onward: bool) -> Select[Any]:
    open_actions = (
        select(func.count(Action.id))
        .where(Action.meeting_id == Meeting.id, Action.state.in_(LIVE), visible(Action))
        .correlate(Meeting)
        .scalar_subquery()
    )
    held = Meeting.__table__.c
    statement: Select[Any] = (
        select(
            Meeting.id,
            cast(Meeting.title, Text),
            Meeting.meeting_kind,
            Meeting.state,
            held.held_first,
            held.held_last,
            held.held_raw,
            held.held_sort,
            cast(Place.name, Text),
            marking(Meeting),
            open_actions,
        )
        .select_from(Meeting)
        .outerjoin(Place, and_(Place.id == Meeting.place_id, visible(Place)))
        .where(visible(Meeting))
    )
    sort, id_ = held.held_sort, Meeting.id
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
    first = {row.id: TieChip(*row) for row in rows(session, _CHIPS, actor, chosen=chosen)}
    return list(first.values())


_TIES = select(Tie.id, cast(Tie.title, Text)).where(visible(Tie))
_CHIPS = union_all(
    _TIES.where(Tie.id == bindparam("chosen", type_=Uuid())),
    select(_TIES.order_by(Tie.sort_name, Tie.id).limit(MOST_CHIPS).subquery()),
)
