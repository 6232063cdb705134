"""Raising a level, proposing a lower one and deciding on it; naming people and ending that."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from tracker import record
from tracker.access.queries import seen
from tracker.domain.access import CLEARANCE, Actor, Level, Permission, Role
from tracker.domain.errors import NotFound, RuleBroken
from tracker.models import LevelProposal, Recorded
from tracker.models.accounts import User
from tracker.record import Change, grants, lowering


def set_level(
    session: Session,
    actor: Actor,
    kind: str,
    object_id: UUID,
    level: Level,
    version: int | None,
    now: datetime,
) -> Recorded:
    """A higher level at once; a lower one is proposed, with the reason the session supplies."""
    with record.change(session, actor, now) as change:
        obj = seen(session, actor, kind, object_id)
        change.expect(obj, version)
        obj.level = level
    session.commit()
    return obj


def decide(
    session: Session,
    actor: Actor,
    kind: str,
    object_id: UUID,
    *,
    agrees: bool,
    reason: str,
    version: int | None,
    now: datetime,
) -> LevelProposal:
    """Agree to a lower level, or decline it with a reason; never on one's own proposal."""
    with record.change(session, actor, now) as change:
        obj = seen(session, actor, kind, object_id)
        change.expect(obj, version)
        proposal = _waiting(session, obj)
        if not actor.may_decide(proposal.proposed_by):
            raise RuleBroken("Another person than whoever proposed it decides on it.")
        if not agrees and not reason:
            raise RuleBroken("Say why you decline it.", field="reason")
        lowering.decide(change, obj, proposal, agrees=agrees, reason=reason)
    session.commit()
    return proposal


def withdraw(
    session: Session,
    actor: Actor,
    kind: str,
    object_id: UUID,
    version: int | None,
    now: datetime,
) -> Recorded:
    """Take back what one proposed."""
    with record.change(session, actor, now) as change:
        obj = seen(session, actor, kind, object_id)
        change.expect(obj, version)
        proposal = _waiting(session, obj)
        if proposal.proposed_by != actor.user_id:
            raise RuleBroken("Only whoever proposed it can withdraw it.")
        lowering.withdraw(change, obj, proposal)
    session.commit()
    return obj


def _waiting(session: Session, obj: Recorded) -> LevelProposal:
    proposal = lowering.waiting(session, obj)
    if proposal is None:
        raise RuleBroken("No lower level is proposed any more.")
    return proposal


def name_account(
    session: Session,
    actor: Actor,
    kind: str,
    object_id: UUID,
    who: str,
    version: int | None,
    now: datetime,
) -> Recorded:
    """Let an account see a confidential object, and what is confidential only because of it."""
    with record.change(session, actor, now) as change:
        obj = seen(session, actor, kind, object_id)
        change.expect(obj, version)
        if obj.effective_level is not Level.CONFIDENTIAL:
            raise RuleBroken("Nobody needs to be named: it is not confidential.", field="who")
        user = _account(session, who)
        _refuse_naming(user)
        if user.id in grants.named(session, obj.id):
            raise RuleBroken("This account is named already.", field="who")
        _let_in(change, obj, user.id)
        for child in list(grants.below(session, obj)):
            if user.id in grants.inherited(session, child):
                _let_in(change, child, user.id)
    session.commit()
    return obj


def end_naming(
    session: Session,
    actor: Actor,
    kind: str,
    object_id: UUID,
    user_id: UUID | None,
    version: int | None,
    now: datetime,
) -> Recorded:
    """Close the object to an account at once, and what it saw only because of the object."""
    with record.change(session, actor, now) as change:
        obj = seen(session, actor, kind, object_id)
        change.expect(obj, version)
        named = grants.named(session, obj.id)
        if user_id is None or user_id not in named:
            raise NotFound
        if not _recorders(session, named - {user_id}):
            raise RuleBroken("Name another account that may record first: nobody else could.")
        for each in (obj, *grants.below(session, obj)):
            change.told += grants.let_go(session, each, user_id, now)
            session.flush()
    session.commit()
    return obj


def _let_in(change: Change, obj: Recorded, user_id: UUID) -> None:
    by = change.actor.user_id
    change.told += grants.let_in(change.session, obj, [user_id], by, change.now)
    change.session.flush()


def _account(session: Session, who: str) -> User:
    """The active account of that address or name."""
    typed = who.strip().lower()
    found = session.scalars(
        select(User)
        .where(User.active, or_(User.email == typed, func.lower(User.name) == typed))
        .order_by(User.id)
        .limit(2)
    ).all()
    if not found:
        raise RuleBroken("No active account has this address or name.", field="who")
    if len(found) > 1:
        raise RuleBroken("Several accounts have this name: give the address.", field="who")
    return found[0]


def _refuse_naming(user: User) -> None:
    """Nobody can name themselves: whoever names sees the object, and is named already."""
    clearance = CLEARANCE[user.role]
    if clearance is None:
        raise RuleBroken("An account of this role reads no records.", field="who")
    if clearance is Level.CONFIDENTIAL:
        raise RuleBroken("An account of this role reads it without being named.", field="who")


def _recorders(session: Session, users: set[UUID]) -> bool:
    """Whether any of these accounts can still change the object and name others for it."""
    recording = [role for role in Role if Actor(None, role).can(Permission.RECORD)]
    found = session.scalar(
        select(User.id).where(User.id.in_(users), User.active, User.role.in_(recording)).limit(1)
    )
    return found is not None
