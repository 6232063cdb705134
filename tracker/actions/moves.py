"""Taking an action from one state to the next, taking that back, and putting an action off."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import record
from tracker.actions.given import Postponement
from tracker.domain.access import Actor
from tracker.domain.actions import LIVE, MOVES, ActionState
from tracker.domain.dates import FuzzyDate
from tracker.domain.errors import RuleBroken
from tracker.domain.naming import Link
from tracker.models import Action, Filing, Obstacle, StateChange
from tracker.record import states
from tracker.record.links import relink


def move_action(
    session: Session,
    actor: Actor,
    action_id: UUID,
    step: states.Step,
    version: int | None,
    now: datetime,
    *,
    language: str,
    obstacle: Link | None = None,
) -> Action:
    """Take one step of the machine; one that blocks may name the obstacle."""
    with record.change(session, actor, now, reason=step.reason) as change:
        action = record.get_visible(session, actor, Action, action_id)
        change.expect(action, version)
        states.take(change, action, "state", MOVES, step)
        if action.state is ActionState.DONE:
            action.done_on = step.effective_on
        elif action.state is not ActionState.VERIFIED:
            action.done_on = FuzzyDate.unknown()
        if obstacle:
            action.obstacle_id = relink(
                change,
                obstacle,
                Obstacle.kind,
                field="obstacle",
                language=language,
                held=action.obstacle_id,
            )
    session.commit()
    return action


def take_back(
    session: Session, actor: Actor, action_id: UUID, version: int | None, now: datetime
) -> Action:
    """Undo one's own marking as done, as if the button had not been pressed.

    Reopening would forget that the action was in progress or blocked. The audit keeps both.
    """
    with record.change(session, actor, now) as change:
        action = record.get_visible(session, actor, Action, action_id)
        change.expect(action, version)
        last = session.scalar(
            select(StateChange)
            .where(StateChange.object_id == action_id)
            .order_by(StateChange.recorded_at.desc(), StateChange.id.desc())
            .limit(1)
        )
        if (
            action.state is not ActionState.DONE
            or last is None
            or not last.source
            or last.recorded_by != actor.user_id
        ):
            raise RuleBroken("This can no longer be taken back. Reopen the action instead.")
        action.state = ActionState(last.source)
        action.done_on = FuzzyDate.unknown()
        session.delete(last)
    session.commit()
    return action


def postpone_action(
    session: Session,
    actor: Actor,
    action_id: UUID,
    given: Postponement,
    version: int | None,
    now: datetime,
    *,
    today: date,
) -> Action:
    """Give an action a later day; why is kept with the change."""
    with record.change(session, actor, now, reason=given.reason) as change:
        action = record.get_visible(session, actor, Action, action_id)
        change.expect(action, version)
        _check(action, given.due, today)
        action.due = given.due
        for filing in session.scalars(select(Filing).where(Filing.holder_id == action_id)):
            filing.sort_on = given.due
    session.commit()
    return action


def _check(action: Action, due: FuzzyDate, today: date) -> None:
    if action.state not in LIVE:
        raise RuleBroken("Only what is still to be done can be postponed.")
    if due.last is None:
        raise RuleBroken("Say until which day: without one it could never be late.", field="due")
    if due.last < today:
        raise RuleBroken("This day has passed already.", field="due")
    if action.due.last is not None and due.last <= action.due.last:
        raise RuleBroken("This is not later than the day it is due now.", field="due")
