"""What can be done to accounts; one use case, one commit."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from tracker.domain.access import Actor, Role
from tracker.domain.errors import NotFound, RuleBroken
from tracker.lang import N_
from tracker.models.access import AccessEntry, AccessEvent, UserSession
from tracker.models.accounts import User

# Roles that an account can hold; the others are what somebody without one is.
HELD = tuple(role for role in Role if role not in (Role.ANONYMOUS, Role.GUEST))
# The domain is reserved: no mail can ever reach it.
DEMO_DOMAIN = "peyvand.invalid"


def normal_email(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


def create_account(
    session: Session, *, email: str, name: str, role: Role, password: str | None, now: datetime
) -> User:
    """A new account; `password` is a hash, or None where nobody signs in with one."""
    address = normal_email(email)
    local, _, domain = address.partition("@")
    if not (local and domain) or len(address) > 254 or any(c.isspace() for c in address):
        raise RuleBroken(N_("This is not an e-mail address"), field="email")
    if role not in HELD:
        raise RuleBroken(N_("No account can hold this role"), field="role")
    if session.scalar(select(User.id).where(User.email == address)) is not None:
        raise RuleBroken(N_("There is an account with this e-mail address already"), field="email")
    account = User(email=address, name=name or local, role=role, password=password, created_at=now)
    session.add(account)
    session.flush()
    session.add(
        AccessEntry(
            at=now, event=AccessEvent.ACCOUNT_CREATED, user_id=account.id, detail=role.value
        )
    )
    session.commit()
    return account


def demo_account(session: Session, role: Role, name: str, now: datetime) -> User:
    """The account that shows a role, made when it is first asked for."""
    email = f"demo-{role.value}@{DEMO_DOMAIN}"
    found = session.scalar(select(User).where(User.email == email))
    if found is not None:
        return found
    return create_account(session, email=email, name=name, role=role, password=None, now=now)


def note_sign_in(
    session: Session, actor: Actor, now: datetime, *, rehashed: str | None = None
) -> None:
    """Keep when somebody signed in last, and the hash of the password in today's form."""
    values: dict[str, Any] = {"last_sign_in_at": now}
    if rehashed is not None:
        values["password"] = rehashed
    session.execute(update(User).where(User.id == actor.user_id).values(**values))
    session.commit()


def change_password(session: Session, actor: Actor, hashed: str) -> None:
    """A new password ends all sessions of the account; the one that asked gets a new token."""
    session.execute(update(User).where(User.id == actor.user_id).values(password=hashed))
    session.execute(delete(UserSession).where(UserSession.user_id == actor.user_id))
    session.commit()


def choose_language(session: Session, actor: Actor, tag: str) -> None:
    session.execute(update(User).where(User.id == actor.user_id).values(language=tag))
    session.commit()


def end_session(session: Session, actor: Actor, session_id: UUID) -> None:
    """End one session of one's own; NotFound for any other."""
    ended = session.execute(
        delete(UserSession).where(
            UserSession.id == session_id, UserSession.user_id == actor.user_id
        )
    )
    if not ended.rowcount:  # type: ignore[attr-defined]
        raise NotFound("session")
    session.commit()
