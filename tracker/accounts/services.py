"""What can be done to accounts; one use case, one commit."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from tracker.accounts.chain import enter_account, held_account
from tracker.accounts.sessions import end_sessions_of
from tracker.domain.access import ANYBODY, Actor, Role
from tracker.domain.errors import NotFound, RuleBroken
from tracker.lang import N_
from tracker.models.access import AccessEntry, AccessEvent, UserSession
from tracker.models.accounts import User
from tracker.record.turns import await_turn

# Roles that an account can hold; the others are what somebody without one is.
HELD = tuple(role for role in Role if role not in (Role.ANONYMOUS, Role.GUEST))
# Whoever reaches the command line of the server manages it, and has no account there.
COMMAND_LINE = Actor(None, Role.ADMINISTRATOR)
# The domain is reserved: no mail can ever reach it.
DEMO_DOMAIN = "peyvand.invalid"


def normal_email(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account to be; `password` is a hash, or None where nobody signs in with one yet."""

    email: str
    name: str
    role: Role
    password: str | None = None
    language: str | None = None


def create_account(
    session: Session, wanted: NewAccount, now: datetime, *, by: Actor = COMMAND_LINE
) -> User:
    account = add_account(session, wanted, now, by=by)
    session.commit()
    return account


def add_account(session: Session, wanted: NewAccount, now: datetime, *, by: Actor) -> User:
    """The same as a part of a use case, which commits."""
    email = normal_email(wanted.email)
    local, _, domain = email.partition("@")
    if not (local and domain) or len(email) > 254 or any(c.isspace() for c in email):
        raise RuleBroken(N_("This is not an e-mail address"), field="email")
    if wanted.role not in HELD:
        raise RuleBroken(N_("No account can hold this role"), field="role")
    await_turn(session)
    if session.scalar(select(User.id).where(User.email == email)) is not None:
        raise RuleBroken(N_("There is an account with this e-mail address already"), field="email")
    name = wanted.name or local
    account = User(
        email=email,
        name=name,
        role=wanted.role,
        password=wanted.password,
        language=wanted.language,
        created_at=now,
    )
    session.add(account)
    session.flush()
    event, role = AccessEvent.ACCOUNT_CREATED, wanted.role.value
    session.add(AccessEntry(at=now, event=event, user_id=account.id, detail=role))
    told = {"email": email, "name": name, "role": role, "language": wanted.language}
    fields = {each: [None, value] for each, value in told.items() if value}
    enter_account(session, by, now, account.id, "created", fields)
    return account


def demo_account(session: Session, role: Role, name: str, now: datetime) -> User:
    """The account that shows a role, made when it is first asked for."""
    email = f"demo-{role.value}@{DEMO_DOMAIN}"
    found = session.scalar(select(User).where(User.email == email))
    if found is not None:
        return found
    return create_account(session, NewAccount(email, name, role), now, by=ANYBODY)


def note_sign_in(
    session: Session, actor: Actor, now: datetime, *, rehashed: str | None = None
) -> None:
    """Keep when somebody signed in last, and the hash of the password in today's form."""
    values: dict[str, Any] = {"last_sign_in_at": now}
    if rehashed is not None:
        values["password"] = rehashed
    session.execute(update(User).where(User.id == actor.user_id).values(**values))
    session.commit()


def change_password(
    session: Session, actor: Actor, hashed: str, this_session: str, now: datetime
) -> None:
    """A new password ends all other sessions of the account; this one gets a new token."""
    user_id = held_account(session, actor.user_id).id
    session.execute(update(User).where(User.id == user_id).values(password=hashed))
    end_sessions_of(session, user_id, but=UUID(this_session))
    enter_account(session, actor, now, user_id, "password set", {})
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
