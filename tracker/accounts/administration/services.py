"""What an administrator does to accounts. Each use case is one commit, told to the audit chain
in it, and has its effect at once: a session that should no longer be there is gone with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from tracker.accounts import links
from tracker.accounts.chain import enter_account
from tracker.accounts.links import Handed
from tracker.accounts.services import HELD, NewAccount, add_account
from tracker.accounts.sessions import end_sessions_of
from tracker.domain.access import Actor, Role
from tracker.domain.errors import NotFound, RuleBroken, Stale
from tracker.lang import N_
from tracker.models.access import AccessEntry, AccessEvent, UserSession
from tracker.models.accounts import User
from tracker.models.factors import RememberedDevice
from tracker.record.turns import await_turn

OWN_ROLE = N_("Nobody changes their own role; ask another administrator")
OWN_ACCOUNT = N_("Nobody deactivates their own account; ask another administrator")
LAST = N_("This is the last active administrator; make another one first")


@dataclass(frozen=True, slots=True)
class AccountEntry:
    """An account as it is to be; `version` is the one that the form was opened at."""

    name: str
    role: Role
    language: str | None
    version: int | None


def open_account(session: Session, by: Actor, wanted: NewAccount, now: datetime) -> Handed:
    """A new account without a password, and the invitation with which its owner chooses one."""
    account = add_account(session, wanted, now, by=by)
    handed = links.add_link(session, by, account.id, now)
    session.commit()
    return handed


def correct_account(
    session: Session, by: Actor, account_id: UUID, entry: AccountEntry, now: datetime
) -> None:
    account = _account(session, account_id)
    if entry.version != account.version:
        raise Stale(account.version)
    if entry.role not in HELD:
        raise RuleBroken(N_("No account can hold this role"), field="role")
    before = {"name": account.name, "role": account.role.value, "language": account.language}
    after = {"name": entry.name, "role": entry.role.value, "language": entry.language}
    fields: dict[str, list[Any]] = {
        each: [before[each], after[each]] for each in before if before[each] != after[each]
    }
    if not fields:
        return
    if "role" in fields:
        if account.id == by.user_id:
            raise RuleBroken(OWN_ROLE, field="role")
        _keep_an_administrator(session, account)
        end_sessions_of(session, account_id)
        said = f"{account.role.value} → {entry.role.value}"
        _note(session, AccessEvent.ROLE_CHANGED, account_id, now, said)
    account.name, account.role, account.language = entry.name, entry.role, entry.language
    account.version += 1
    enter_account(session, by, now, account_id, "changed", fields)
    session.commit()


def deactivate(session: Session, by: Actor, account_id: UUID, now: datetime) -> None:
    """Nobody gets into the account until it is activated again."""
    account = _account(session, account_id)
    if account.id == by.user_id:
        raise RuleBroken(OWN_ACCOUNT)
    if not account.active:
        return
    _keep_an_administrator(session, account)
    account.active = False
    account.version += 1
    end_sessions_of(session, account_id)
    links.withdraw_links(session, account_id, now)
    _note(session, AccessEvent.ACCOUNT_DEACTIVATED, account_id, now)
    enter_account(session, by, now, account_id, "deactivated", {"active": [True, False]})
    session.commit()


def activate(session: Session, by: Actor, account_id: UUID, now: datetime) -> None:
    account = _account(session, account_id)
    if account.active:
        return
    account.active = True
    account.version += 1
    _note(session, AccessEvent.ACCOUNT_ACTIVATED, account_id, now)
    enter_account(session, by, now, account_id, "activated", {"active": [False, True]})
    session.commit()


def end_sessions(session: Session, by: Actor, account_id: UUID, now: datetime) -> int:
    """Sign the account out everywhere; how many sessions there were."""
    _account(session, account_id)
    count = _clear(session, UserSession, account_id)
    _note(session, AccessEvent.SESSION_ENDED, account_id, now)
    enter_account(session, by, now, account_id, "sessions ended", {"sessions": [count, 0]})
    session.commit()
    return count


def withdraw_devices(session: Session, by: Actor, account_id: UUID, now: datetime) -> int:
    """Ask for the second factor again in every browser; how many were remembered."""
    _account(session, account_id)
    count = _clear(session, RememberedDevice, account_id)
    enter_account(session, by, now, account_id, "devices withdrawn", {"devices": [count, 0]})
    session.commit()
    return count


def _account(session: Session, account_id: UUID) -> User:
    """The account, while no other change can come between."""
    await_turn(session)
    account = session.get(User, account_id, populate_existing=True)
    if account is None:
        raise NotFound("account")
    return account


def _keep_an_administrator(session: Session, account: User) -> None:
    """RuleBroken when nobody would be left to manage accounts without this one."""
    others = select(func.count()).where(
        User.role == Role.ADMINISTRATOR, User.active, User.id != account.id
    )
    if account.role is Role.ADMINISTRATOR and account.active and not session.scalar(others):
        raise RuleBroken(LAST)


def _clear(
    session: Session, table: type[UserSession] | type[RememberedDevice], account_id: UUID
) -> int:
    """Delete what the account has of it; how many there were."""
    gone = session.execute(delete(table).where(table.user_id == account_id))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def _note(
    session: Session, event: AccessEvent, account_id: UUID, now: datetime, detail: str = ""
) -> None:
    session.add(AccessEntry(at=now, event=event, user_id=account_id, detail=detail))
