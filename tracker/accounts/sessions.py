"""Ending sessions of an account: at once, because every request reads its own row."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from tracker.accounts.chain import enter_account, held_account
from tracker.accounts.devices import forget_devices
from tracker.domain.access import Actor
from tracker.models.access import UserSession


def end_other_sessions(session: Session, actor: Actor, this: str, now: datetime) -> None:
    """All sessions of one's own but this one, and every remembered device."""
    user_id = held_account(session, actor.user_id).id
    end_sessions_of(session, user_id, but=UUID(this))
    enter_account(session, actor, now, user_id, "sessions ended", {})
    session.commit()


def end_sessions_of(session: Session, user_id: UUID, *, but: UUID | None = None) -> None:
    """Every session and remembered device of an account, because its role, password or factors
    change or it is switched off; that change enters the chain, and the caller commits."""
    ended = delete(UserSession).where(UserSession.user_id == user_id)
    session.execute(ended if but is None else ended.where(UserSession.id != but))
    forget_devices(session, user_id)
