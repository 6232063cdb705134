"""Putting an object into the bin, taking it out again, and destroying it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID
from zlib import crc32

from sqlalchemy.orm import Session

from tracker import record
from tracker.domain.access import Actor
from tracker.domain.errors import Stale
from tracker.models import Recorded
from tracker.models.types import canonical_json
from tracker.record import destruction, removals, submissions
from tracker.record.kinds import KINDS
from tracker.record.turns import await_turn


class Meant(NamedTuple):
    """The object that somebody means, and the version of it that they saw."""

    kind: str
    id: UUID
    version: int | None


def remove(session: Session, actor: Actor, meant: Meant, reason: str, now: datetime) -> Recorded:
    """Put an object away, with what has no meaning without it."""
    with record.change(session, actor, now, reason=reason) as change:
        obj = record.get_visible(session, actor, KINDS[meant.kind], meant.id)
        change.expect(obj, meant.version)
        removals.put_away(change, obj)
    session.commit()
    return obj


def restore(session: Session, actor: Actor, meant: Meant, now: datetime) -> Recorded:
    """Bring an object back, with what was put away with it."""
    with record.change(session, actor, now) as change:
        obj = removals.get_removed(session, actor, meant.kind, meant.id)
        change.expect(obj, meant.version)
        removals.bring_back(change, obj)
        destruction.refuse(session, actor, obj, now)
    session.commit()
    return obj


def propose(session: Session, actor: Actor, meant: Meant, reason: str, now: datetime) -> Recorded:
    """Ask a second person to destroy what lies in the bin."""
    obj = _in_bin(session, actor, meant, now)
    destruction.propose(session, actor, obj, reason, now)
    session.commit()
    return obj


def refuse(session: Session, actor: Actor, meant: Meant, now: datetime) -> Recorded:
    """Keep in the bin what somebody proposed to destroy."""
    obj = _in_bin(session, actor, meant, now)
    destruction.refuse(session, actor, obj, now)
    session.commit()
    return obj


def destroy(session: Session, actor: Actor, meant: Meant, now: datetime) -> Recorded:
    """Destroy what somebody else proposed to destroy."""
    obj = _in_bin(session, actor, meant, now)
    destruction.destroy(session, actor, obj, now)
    session.commit()
    return obj


def set_rules(
    session: Session,
    actor: Actor,
    wanted: Mapping[str, int | None],
    version: int | None,
    now: datetime,
) -> None:
    """Say for how many years removed objects of each kind are kept; None: for ever."""
    await_turn(session)
    present = version_of(destruction.rules(session))
    if version != present:
        raise Stale(present)
    destruction.set_rules(session, actor, wanted, now)
    session.commit()


def version_of(rules: Mapping[str, int]) -> int:
    """A number that tells one set of rules from another: they have no version of their own."""
    return crc32(canonical_json(dict(rules)).encode()) % 10**9


def _in_bin(session: Session, actor: Actor, meant: Meant, now: datetime) -> Recorded:
    await_turn(session)
    obj = removals.get_removed(session, actor, meant.kind, meant.id)
    submissions.take_in_once(session, actor, obj, now)
    if obj.version != meant.version:
        raise Stale(obj.version)
    return obj
