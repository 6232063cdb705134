"""What every change of an account does first and last: hold its row, and enter the chain."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.access import Actor
from tracker.models.accounts import User
from tracker.record.audit import enter


def held_account(session: Session, user_id: UUID | None) -> User:
    """The account, held against another request that changes it at the same time."""
    return session.scalars(select(User).where(User.id == user_id).with_for_update()).one()


def enter_account(
    session: Session,
    actor: Actor,
    now: datetime,
    user_id: UUID,
    action: str,
    fields: dict[str, list[Any]],
    reason: str = "",
) -> None:
    """One entry of the chain about an account: field → [before, after]."""
    enter(
        session,
        actor,
        now,
        action=action,
        kind="account",
        object_id=user_id,
        changes={"fields": fields},
        reason=reason,
    )
