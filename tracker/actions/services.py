"""Entering and correcting actions."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker import record
from tracker.actions.given import EnteredState, GivenAction, GivenOwner
from tracker.domain.access import Actor
from tracker.domain.actions import ActionState
from tracker.domain.errors import RuleBroken
from tracker.domain.naming import Link
from tracker.models import (
    Action,
    ActionOwner,
    Mandate,
    Meeting,
    Obstacle,
    Organisation,
    Person,
    Post,
    Recorded,
    Statement,
)
from tracker.record import Change, states, submissions
from tracker.record.filings import file_as_given, replace_parts
from tracker.record.links import relink, somebody

_OWNERS = (Person.kind, Post.kind, Organisation.kind)
_OWNER_MODELS: tuple[type[Recorded], ...] = (Person, Post, Organisation)


def enter_action(
    session: Session, actor: Actor, given: GivenAction, entered: EnteredState, now: datetime
) -> Action:
    """A new action, in whichever state it is already, after those of its meeting."""
    made = submissions.made(session, actor, given.submission, Action)
    if made is not None:
        return made
    with record.change(session, actor, now) as change:
        action = Action(text=given.text, state=entered.state)
        _fill(change, action, given)
        if entered.state is ActionState.DONE:
            action.done_on = entered.effective_on
        action.position = _next_position(session, action.meeting_id)
        session.add(action)
        session.flush()
        states.enter(change, action, entered.state, effective_on=entered.effective_on)
        _attach(change, action, given)
        submissions.remember(session, actor, given.submission, Action.kind, action.id, now)
    session.commit()
    return action


def correct_action(
    session: Session, actor: Actor, action_id: UUID, given: GivenAction, now: datetime
) -> Action:
    """An action as it is now known; its state changes by steps of their own."""
    with record.change(session, actor, now) as change:
        action = record.get_visible(session, actor, Action, action_id)
        change.expect(action, given.version)
        _fill(change, action, given)
        session.flush()
        _attach(change, action, given)
    session.commit()
    return action


def _fill(change: Change, action: Action, given: GivenAction) -> None:
    def link(to: Link, kind: str, field: str, held: UUID | None) -> UUID | None:
        return relink(change, to, kind, field=field, language=given.language, held=held)

    action.text = given.text
    action.due = given.due
    action.depends_on_organisation_id = link(
        given.depends_on, Organisation.kind, "depends_on", action.depends_on_organisation_id
    )
    action.follow_up_user_id = given.follow_up
    action.meeting_id = link(given.meeting, Meeting.kind, "meeting", action.meeting_id)
    action.statement_id = link(given.statement, Statement.kind, "statement", action.statement_id)
    action.obstacle_id = link(given.obstacle, Obstacle.kind, "obstacle", action.obstacle_id)
    action.mandate_id = link(given.mandate, Mandate.kind, "mandate", action.mandate_id)
    action.note = given.note
    action.evidence = given.evidence
    action.level = given.level


def _attach(change: Change, action: Action, given: GivenAction) -> None:
    replace_parts(change, ActionOwner, action.id, _owners(change, action, given))
    file_as_given(change, action, given.filed_under, sort_on=given.due, language=given.language)


def _owners(change: Change, action: Action, given: GivenAction) -> list[dict[str, Any]]:
    """The owners of the form; those whom the editor may not see were not on it, and stay."""
    held = {_holder(part): part for part in change.parts(ActionOwner, action.id)}
    rows: dict[UUID | None, dict[str, Any]] = {}
    for owner in given.owners:
        values = _answering(change, owner, given.language)
        holder = values["person_id"] or values["post_id"] or values["organisation_id"]
        part = held.pop(holder, None)
        if part is not None and values["post_id"] is None:
            values["post_id"] = part.post_id
        rows.setdefault(holder, {"id": part.id if part else None, **values})
    hidden = [{"id": part.id} for holder, part in held.items() if not _is_seen(change, holder)]
    return [*rows.values(), *hidden]


def _answering(change: Change, owner: GivenOwner, language: str) -> dict[str, UUID | None]:
    person, post, body = somebody(change, owner.who, _OWNERS, field=owner.at, language=language)
    if person is None and post is None and body is None:
        raise RuleBroken("Name who answers for it, or remove the row.", field=owner.at)
    return {
        "person_id": person.id if person else None,
        "post_id": post.id if post else None,
        "organisation_id": body.id if body else None,
    }


def _holder(part: ActionOwner) -> UUID | None:
    return part.person_id or part.post_id or part.organisation_id


def _is_seen(change: Change, holder: UUID | None) -> bool:
    return any(
        record.find(change.session, change.actor, model, holder) is not None
        for model in _OWNER_MODELS
    )


def _next_position(session: Session, meeting_id: UUID | None) -> int:
    if meeting_id is None:
        return 0
    last = session.scalar(select(func.max(Action.position)).where(Action.meeting_id == meeting_id))
    return 0 if last is None else last + 1
