"""What the form of an action shows of what is on record."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tracker import record
from tracker.domain.access import GRANTS, Actor, Permission
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
from tracker.models.accounts import User
from tracker.record.filings import filed_under
from tracker.record.kinds import KINDS
from tracker.record.links import link_to

_RECORDING = [role for role, permissions in GRANTS.items() if Permission.RECORD in permissions]


def action_for_form(
    session: Session, actor: Actor, action_id: UUID, language: str
) -> dict[str, Any]:
    """An action as its form shows it."""
    action = record.get_visible(session, actor, Action, action_id)

    def link(model: type[Recorded], object_id: UUID | None) -> Link:
        return link_to(record.find(session, actor, model, object_id), language)

    return {
        "text": action.text,
        "owners": _owners(session, actor, action_id, language),
        "due": action.due,
        "depends_on": link(Organisation, action.depends_on_organisation_id),
        "follow_up": action.follow_up_user_id,
        "meeting": link(Meeting, action.meeting_id),
        "statement": link(Statement, action.statement_id),
        "obstacle": link(Obstacle, action.obstacle_id),
        "mandate": link(Mandate, action.mandate_id),
        "filed_under": [
            {"under": under} for under in filed_under(session, actor, action_id, language)
        ],
        "note": action.note,
        "evidence": action.evidence,
        "level": action.level,
        "version": action.version,
    }


def accounts(session: Session, *, besides: UUID | None = None) -> dict[UUID, str]:
    """Who can follow an action up: whoever records, and whoever does so already."""
    rows = session.execute(
        select(User.id, User.name)
        .where(or_(User.role.in_(_RECORDING) & User.active, User.id == besides))
        .order_by(User.name, User.id)
    )
    return {row.id: row.name for row in rows}


def came_from(session: Session, actor: Actor, kind: str, object_id: UUID, language: str) -> Link:
    """The object from whose page the form was opened; NotFound when there is no such object."""
    return link_to(record.get_visible(session, actor, KINDS[kind], object_id), language)


def _owners(
    session: Session, actor: Actor, action_id: UUID, language: str
) -> list[dict[str, Link]]:
    parts = session.scalars(
        select(ActionOwner)
        .where(ActionOwner.action_id == action_id)
        .order_by(ActionOwner.position, ActionOwner.id)
    ).all()
    found = (
        record.find(session, actor, Person, part.person_id)
        or record.find(session, actor, Post, part.post_id)
        or record.find(session, actor, Organisation, part.organisation_id)
        for part in parts
    )
    return [{"who": link_to(owner, language)} for owner in found if owner is not None]
