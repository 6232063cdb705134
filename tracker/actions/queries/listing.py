"""The list of actions: mine, overdue, open, all."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Date, func, literal, select, true, tuple_
from sqlalchemy.orm import Session

from tracker.domain.access import Actor
from tracker.domain.actions import LIVE
from tracker.models import Action
from tracker.models.keyset import PAGE, Cursor, newest_first
from tracker.record.reading import visible_to
from tracker.record.reads import ActionLine, actions_of
from tracker.record.reads.actions import overdue_on, waiting_on


class Show(StrEnum):
    """Which actions a list shows."""

    MINE = "mine"
    OVERDUE = "overdue"
    OPEN = "open"
    ALL = "all"


def action_list(
    session: Session,
    actor: Actor,
    show: Show,
    *,
    today: date,
    cursor: Cursor | None = None,
    limit: int = PAGE,
) -> list[ActionLine]:
    """A page of actions and one more.

    What is still to be done comes by the last possible day, what has none at the end; all of them
    come newest first.
    """
    statement: Any = select(Action.id).where(
        visible_to(actor, Action), _criterion(actor, show, today)
    )
    if show is Show.ALL:
        sort = Action.__table__.c.due_sort
        page = newest_first(statement, sort, Action.id, cursor, limit)
    else:
        page = _soonest_first(statement, cursor, limit)
    ids = session.scalars(page).all()
    lines = actions_of(session, actor, criterion=Action.id.in_(ids), limit=limit + 1)
    found = {line.id: line for line in lines}
    return [found[action_id] for action_id in ids]


def place_of(show: Show, line: ActionLine) -> Cursor:
    """Where a row stands in that list."""
    day = line.due.sort if show is Show.ALL else line.due.last or date.max
    return Cursor(day, line.id)


def _criterion(actor: Actor, show: Show, today: date) -> ColumnElement[bool]:
    match show:
        case Show.MINE:
            return waiting_on(actor)
        case Show.OVERDUE:
            return overdue_on(today)
        case Show.OPEN:
            return Action.state.in_(LIVE)
        case Show.ALL:
            return true()


def _soonest_first(statement: Any, cursor: Cursor | None, limit: int) -> Any:
    day = func.coalesce(Action.__table__.c.due_last, literal(date.max, Date))
    if cursor is not None:
        statement = statement.where(tuple_(day, Action.id) > tuple_(cursor.sort, cursor.id))
    return statement.order_by(day, Action.id).limit(limit + 1)
