"""Links that are handed over: whoever holds one chooses the password of an account, once.

A link signs nobody in and takes nobody past the second factor. No mail is sent: an administrator,
or whoever has the command line, hands it over.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tracker.accounts import throttle
from tracker.accounts.chain import enter_account
from tracker.accounts.sessions import end_sessions_of
from tracker.domain.access import ANYBODY, Actor
from tracker.domain.accounts import LinkPurpose
from tracker.domain.errors import NotFound, RuleBroken
from tracker.lang import N_
from tracker.models.access import AccessEntry, AccessEvent
from tracker.models.accounts import User
from tracker.models.administration import AccountLink

LIFETIMES = {
    LinkPurpose.INVITATION: timedelta(hours=72),
    LinkPurpose.PASSWORD_RESET: timedelta(minutes=30),
}


@dataclass(frozen=True, slots=True)
class Handed:
    """A link as it is handed over: the only time that anybody sees its token."""

    token: str
    purpose: LinkPurpose
    until: datetime
    account_id: UUID
    email: str

    @property
    def path(self) -> str:
        return f"/link/{self.token}"


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link that still works leads to."""

    id: UUID
    account_id: UUID
    purpose: LinkPurpose
    email: str
    name: str


def address_of(handed: Handed, names: Iterable[str]) -> str:
    """The whole address where the site has a name of its own, else the path alone. What a
    browser says that the site is called is nothing to go by."""
    name = next((each for each in names if not each.startswith(".")), "")
    return f"https://{name}{handed.path}" if name else handed.path


def make_link(session: Session, by: Actor, account_id: UUID, now: datetime) -> Handed:
    handed = add_link(session, by, account_id, now)
    session.commit()
    return handed


def add_link(session: Session, by: Actor, account_id: UUID, now: datetime) -> Handed:
    """A new link for the account, in the place of older ones; the caller commits. It invites
    whoever has no password yet, and lets others choose a new one."""
    account = session.execute(
        select(User.email, User.password, User.active).where(User.id == account_id)
    ).one_or_none()
    if account is None:
        raise NotFound("account")
    if not account.active:
        raise RuleBroken(N_("This account is not active; activate it first"))
    purpose = LinkPurpose.PASSWORD_RESET if account.password else LinkPurpose.INVITATION
    token = secrets.token_urlsafe(32)
    until = now + LIFETIMES[purpose]
    enter_account(session, by, now, account_id, "link made", {"link": [None, purpose.value]})
    withdraw_links(session, account_id, now)
    session.add(
        AccountLink(
            token_hash=_hash(token),
            user_id=account_id,
            purpose=purpose,
            made_at=now,
            made_by=by.user_id,
            expires_at=until,
        )
    )
    issued = AccessEvent.LINK_ISSUED
    session.add(AccessEntry(at=now, event=issued, user_id=account_id, detail=purpose.value))
    return Handed(token, purpose, until, account_id, account.email)


def withdraw_links(session: Session, account_id: UUID, now: datetime) -> None:
    """No link of the account works any more; the caller commits."""
    session.execute(
        update(AccountLink)
        .where(AccountLink.user_id == account_id, AccountLink.ended_at.is_(None))
        .values(ended_at=now)
    )


def open_link(session: Session, token: str, now: datetime) -> Opened | None:
    """What the link leads to; None whatever it is that keeps it from working."""
    row = session.execute(
        select(AccountLink.id, AccountLink.user_id, AccountLink.purpose, User.email, User.name)
        .join(User, User.id == AccountLink.user_id)
        .where(
            AccountLink.token_hash == _hash(token),
            AccountLink.ended_at.is_(None),
            AccountLink.expires_at > now,
            User.active,
        )
    ).one_or_none()
    return None if row is None else Opened(*row)


def use_link(session: Session, opened: Opened, hashed: str, now: datetime) -> None:
    """Set the password. Whoever else is signed in to the account is no longer, no device is
    remembered, and nothing holds the account back; NotFound when the link was used meanwhile."""
    used = session.execute(
        update(AccountLink)
        .where(AccountLink.id == opened.id, AccountLink.ended_at.is_(None))
        .values(ended_at=now)
    )
    if not used.rowcount:  # type: ignore[attr-defined]
        raise NotFound("link")
    account = opened.account_id
    fields = {"link": [opened.purpose.value, None]}
    enter_account(session, ANYBODY, now, account, "password set", fields)
    session.execute(update(User).where(User.id == account).values(password=hashed))
    end_sessions_of(session, account)
    throttle.open_again(session, opened.email)
    session.commit()


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
