"""What somebody may see of their own account."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.access import Actor, Role
from tracker.models.access import UserSession
from tracker.models.accounts import User


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who may sign in by an address, and the hash that their password must have."""

    actor: Actor
    password: str | None


def credentials(session: Session, email: str) -> Credentials | None:
    """Plain values: an object would be read anew, in a writing transaction, once the one that
    read it has been let go."""
    found = session.execute(
        select(User.id, User.role, User.name, User.language, User.password).where(
            User.email == email, User.active
        )
    ).one_or_none()
    if found is None:
        return None
    return Credentials(Actor(found.id, found.role, found.name, found.language), found.password)


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A browser in which the account is signed in."""

    id: UUID
    since: datetime
    seen: datetime
    address: str
    browser: str
    is_this: bool


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """The account as its owner sees it."""

    email: str
    name: str
    role: Role
    language: str | None
    password: str | None
    sessions: tuple[OpenSession, ...]


def own_account(session: Session, actor: Actor, this_session: str) -> OwnAccount:
    account = session.execute(
        select(User.email, User.name, User.role, User.language, User.password).where(
            User.id == actor.user_id
        )
    ).one()
    rows = session.execute(
        select(
            UserSession.id,
            UserSession.created_at,
            UserSession.seen_at,
            UserSession.address,
            UserSession.browser,
        )
        .where(UserSession.user_id == actor.user_id)
        .order_by(UserSession.seen_at.desc(), UserSession.id.desc())
        .limit(50)
    )
    return OwnAccount(
        account.email,
        account.name,
        account.role,
        account.language,
        account.password,
        tuple(
            OpenSession(
                row.id,
                row.created_at,
                row.seen_at,
                row.address,
                row.browser,
                row.id.hex == this_session,
            )
            for row in rows
        ),
    )
