"""Actions as every page prints them: what, in which state, by when, and who answers for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.access import Actor
from tracker.domain.actions import LIVE, ActionState, Overdue, overdue
from tracker.domain.dates import FuzzyDate
from tracker.domain.releases import Marking
from tracker.models import Action, ActionOwner, Meeting, Organisation, Person, Post
from tracker.models.base import Texts
from tracker.models.built_once import built_once
from tracker.models.types import day_in, days_of
from tracker.record.reading import rows, visible
from tracker.record.releases import marking

MOST = 200


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One action; of its owners those whom the reader may see."""

    id: UUID
    text: Texts
    state: ActionState
    due: FuzzyDate
    done_on: FuzzyDate
    owners: tuple[Texts, ...]
    depends_on: Texts | None
    marking: Marking
    version: int
    meeting_id: UUID | None
    meeting: Texts | None
    obstacle_id: UUID | None
    mandate_id: UUID | None

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    def late(self, as_of: date) -> Overdue | None:
        return overdue(self.state, self.due.last, as_of)


def owned_by_us() -> Select[UUID]:
    """The actions that a body of the city's own answers for, or a post in one."""
    return (
        select(ActionOwner.action_id)
        .outerjoin(Post, Post.id == ActionOwner.post_id)
        .join(
            Organisation,
            Organisation.id == func.coalesce(ActionOwner.organisation_id, Post.organisation_id),
        )
        .where(Organisation.is_ours)
    )


def waiting_on(actor: Actor) -> ColumnElement[bool]:
    """Live actions that the actor follows up, and those of ours that nobody follows up."""
    nobody = and_(Action.follow_up_user_id.is_(None), Action.id.in_(owned_by_us()))
    return and_(Action.state.in_(LIVE), or_(Action.follow_up_user_id == actor.user_id, nobody))


def overdue_on(day: date) -> ColumnElement[bool]:
    """Live actions whose last possible day lies before this one, as `domain.actions.overdue`."""
    return and_(Action.state.in_(LIVE), Action.__table__.c.due_last < day)


def actions_of(
    session: Session,
    actor: Actor,
    *,
    criterion: ColumnElement[bool],
    limit: int = MOST,
    **values: Any,
) -> list[ActionLine]:
    """The actions that meet the criterion: the live ones first, by the day they are due.

    `values` are those of the parameters that the criterion leaves open.
    """
    asked = _lines_where(criterion, limit)
    return _lines(rows(session, asked, actor, **values))


@built_once
def _lines_where(criterion: ColumnElement[bool], limit: int) -> Select[*tuple[Any, ...]]:
    due_last = Action.__table__.c.due_last
    order = (
        case((Action.state.in_(LIVE), 0), else_=1),
        due_last.is_(None),
        due_last,
        Action.position,
        Action.id,
    )
    page = (
        select(Action.id)
        .where(visible(Action), criterion)
        .order_by(*order)
        .limit(limit)
        .subquery()
    )
    return (
        select(
            Action.id,
            Action.text,
            Action.state,
            *days_of(Action, "due"),
            *days_of(Action, "done"),
            marking(Action),
            Action.version,
            Action.meeting_id,
            Action.obstacle_id,
            Action.mandate_id,
            Meeting.title.label("meeting"),
            _HELPER.name.label("helper"),
            Person.name.label("person"),
            Post.title.label("post"),
            Organisation.name.label("organisation"),
        )
        .select_from(Action)
        .join(page, page.c.id == Action.id)
        .outerjoin(Meeting, and_(Meeting.id == Action.meeting_id, visible(Meeting)))
        .outerjoin(
            _HELPER, and_(_HELPER.id == Action.depends_on_organisation_id, visible(_HELPER))
        )
        .outerjoin(ActionOwner, ActionOwner.action_id == Action.id)
        .outerjoin(Person, and_(Person.id == ActionOwner.person_id, visible(Person)))
        .outerjoin(Post, and_(Post.id == ActionOwner.post_id, visible(Post)))
        .outerjoin(
            Organisation,
            and_(Organisation.id == ActionOwner.organisation_id, visible(Organisation)),
        )
        .order_by(*order, ActionOwner.position)
    )


_HELPER = aliased(Organisation)


def _lines(rows: Iterable[Any]) -> list[ActionLine]:
    """A row for each owner of each action, the rows of an action together."""
    by_action: dict[UUID, list[Any]] = {}
    for row in rows:
        by_action.setdefault(row.id, []).append(row)
    return [_line(of_one[0], of_one) for of_one in by_action.values()]


def _line(row: Any, owners: list[Any]) -> ActionLine:
    return ActionLine(
        id=row.id,
        text=row.text,
        state=row.state,
        due=day_in(row, "due"),
        done_on=day_in(row, "done"),
        owners=tuple(
            name for o in owners if (name := o.person or o.post or o.organisation) is not None
        ),
        depends_on=row.helper,
        marking=row.marking,
        version=row.version,
        meeting_id=row.meeting_id,
        meeting=row.meeting,
        obstacle_id=row.obstacle_id,
        mandate_id=row.mandate_id,
    )
