"""Who is named for a confidential object, beside those whose role reads everything."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.access import Level
from tracker.models import Recorded
from tracker.models.access import Grant
from tracker.record import kinds
from tracker.record.audit import Happening


def named(session: Session, object_id: UUID) -> set[UUID]:
    """The accounts that are named for an object now."""
    return set(
        session.scalars(
            select(Grant.user_id).where(Grant.object_id == object_id, Grant.ended_at.is_(None))
        )
    )


def let_in(
    session: Session, obj: Recorded, users: Collection[UUID], by: UUID | None, now: datetime
) -> Iterator[Happening]:
    """Name these accounts for the object; what the audit says of each that was not named yet."""
    if not users:
        return
    held = {
        grant.user_id: grant
        for grant in session.scalars(
            select(Grant).where(Grant.object_id == obj.id, Grant.user_id.in_(users))
        )
    }
    for user_id in users:
        grant = held.get(user_id)
        if grant is None:
            grant = Grant(user_id=user_id, object_id=obj.id, object_kind=obj.kind)
            session.add(grant)
        elif grant.ended_at is None:
            continue
        grant.granted_by, grant.granted_at, grant.ended_at = by, now, None
        yield _told("named", obj, None, user_id)


def let_go(session: Session, obj: Recorded, user_id: UUID, now: datetime) -> Iterator[Happening]:
    """End that an account is named for the object."""
    grant = session.get(Grant, (user_id, obj.id))
    if grant is not None and grant.ended_at is None:
        grant.ended_at = now
        yield _told("naming ended", obj, user_id, None)


def inherited(session: Session, obj: Recorded) -> set[UUID]:
    """Who may see an object that is confidential only because of what it hangs below: whoever is
    named for all of that."""
    if obj.level is Level.CONFIDENTIAL:
        return set()
    above = [
        parent.id
        for kind, object_id in obj.level_parents()
        if (parent := kinds.load(session, kind, object_id)) is not None
        and parent.effective_level is Level.CONFIDENTIAL
    ]
    return set.intersection(*(named(session, each) for each in above)) if above else set()


def below(session: Session, obj: Recorded) -> Iterator[Recorded]:
    """What hangs below an object and is confidential for no reason of its own."""
    seen, waiting = {obj.id}, [obj]
    while waiting:
        for child in kinds.children(session, waiting.pop()):
            if child.id not in seen and child.level is not Level.CONFIDENTIAL:
                seen.add(child.id)
                waiting.append(child)
                yield child


def _told(action: str, obj: Recorded, before: UUID | None, after: UUID | None) -> Happening:
    who = [str(each) if each else None for each in (before, after)]
    return Happening(action, obj.kind, obj.id, obj.version, {"fields": {"named": who}})
