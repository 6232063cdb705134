"""Removing somebody's second factor: one administrator proposes, another one decides.

Whoever has lost telephone and recovery codes cannot come in; nor may one person alone decide
that somebody has. Where there is only one administrator, the command line is the second person.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tracker.accounts.chain import enter_account
from tracker.accounts.factors import remove_all_factors
from tracker.accounts.sessions import end_sessions_of
from tracker.domain.access import Actor
from tracker.domain.errors import NotFound, RuleBroken
from tracker.lang import N_
from tracker.models.access import AccessEntry, AccessEvent
from tracker.models.accounts import User
from tracker.models.administration import FactorReset
from tracker.record.turns import await_turn

OWN_FACTOR = N_("Nobody removes their own second factor here; ask another administrator")
OWN_PROPOSAL = N_("Whoever proposed this cannot approve it; another administrator must")
NO_FACTOR = N_("This account has no second factor")
WAITS = N_("A proposal for this account is waiting already")
DECIDED = N_("This has been decided meanwhile")


def propose(session: Session, by: Actor, account_id: UUID, reason: str, now: datetime) -> None:
    await_turn(session)
    account = session.execute(
        select(User.id, User.factor_since).where(User.id == account_id)
    ).one_or_none()
    if account is None:
        raise NotFound("account")
    if account_id == by.user_id:
        raise RuleBroken(OWN_FACTOR)
    if account.factor_since is None:
        raise RuleBroken(NO_FACTOR)
    if not reason:
        raise RuleBroken(N_("Say why, and how you made sure who asked"), field="reason")
    waiting = select(FactorReset.id).where(
        FactorReset.user_id == account_id, FactorReset.decided_at.is_(None)
    )
    if session.scalar(waiting) is not None:
        raise RuleBroken(WAITS)
    session.add(
        FactorReset(user_id=account_id, reason=reason, proposed_by=by.user_id, proposed_at=now)
    )
    enter_account(session, by, now, account_id, "reset proposed", {}, reason)
    session.commit()


def decide(session: Session, by: Actor, reset_id: UUID, decision: str, now: datetime) -> UUID:
    """Remove the factor on "approve", leave it on "decline" (whoever proposed it may do that too);
    whose it is."""
    await_turn(session)
    reset = session.get(FactorReset, reset_id, populate_existing=True)
    if reset is None:
        raise NotFound("reset")
    if decision not in ("approve", "decline"):
        raise RuleBroken(N_("Approve it or decline it"))
    if reset.decided_at is not None:
        raise RuleBroken(DECIDED)
    approved = decision == "approve"
    if approved and by.user_id in (reset.proposed_by, reset.user_id):
        raise RuleBroken(OWN_PROPOSAL)
    account_id = reset.user_id
    reset.decided_by, reset.decided_at, reset.approved = by.user_id, now, approved
    action = "reset approved" if approved else "reset declined"
    enter_account(session, by, now, account_id, action, {}, reset.reason)
    if approved:
        _remove(session, by, account_id, now)
    session.commit()
    return account_id


def remove_alone(session: Session, by: Actor, account_id: UUID, now: datetime) -> None:
    """Without a second administrator: for the command line."""
    await_turn(session)
    if session.scalar(select(User.factor_since).where(User.id == account_id)) is None:
        raise RuleBroken(NO_FACTOR)
    _remove(session, by, account_id, now)
    session.execute(
        update(FactorReset)
        .where(FactorReset.user_id == account_id, FactorReset.decided_at.is_(None))
        .values(decided_at=now, approved=True)
    )
    session.commit()


def _remove(session: Session, by: Actor, account_id: UUID, now: datetime) -> None:
    """All of it, and every session that it has let in."""
    remove_all_factors(session, by, account_id, now)
    end_sessions_of(session, account_id)
    session.add(AccessEntry(at=now, event=AccessEvent.FACTOR_REMOVED, user_id=account_id))
