"""Effective levels: the highest of an object and its parents, kept in the same transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from tracker.domain.access import Level
from tracker.models import Filing, Meeting, Part, Recorded
from tracker.models.access import Grant
from tracker.record import kinds, search

if TYPE_CHECKING:
    from tracker.record.changes import Change


def effective(session: Session, obj: Recorded) -> Level:
    """What the level of the object must be, recomputed from its parents."""
    highest = obj.level
    for kind, object_id in obj.level_parents():
        parent = kinds.load(session, kind, object_id)
        if parent is not None:
            highest = max(highest, parent.effective_level)
    return highest


def settle(change: Change) -> None:
    """Give every touched object its effective level, and pass a change on to what hangs below.

    Parents come before their children because a child's touch never changes its parent.
    """
    session = change.session
    refiled = {t.obj.id for t in change.touched.values() if _filing_changed(t.parts_after)}
    pending = sorted(
        (t.obj for t in change.touched.values()), key=lambda obj: _DEPTH.get(obj.kind, 0)
    )
    seen_below: list[Recorded] = []
    while pending:
        obj = pending.pop(0)
        if isinstance(obj, Meeting) and (obj.id in refiled or change.makes(obj.id)):
            set_committed_value(obj, "filings", change.parts(Filing, obj.id))
        level = effective(session, obj)
        created = change.makes(obj.id)
        if level != obj.effective_level:
            obj.effective_level = level
            if obj.id not in change.touched:
                seen_below.append(obj)
        elif not created:
            continue
        _let_in(change, obj)
        if not created:
            pending.extend(kinds.children(session, obj))
    session.flush()
    search.index(change, seen_below)


# Objects of a greater depth take their level from objects of a smaller one.
_DEPTH = {"memorandum": 0, "tie": 0, "instrument": 0, "source": 0, "meeting": 1, "commitment": 1}
_DEPTH |= {"clause": 1, "mandate": 1, "resolution": 1, "framework": 1, "statement": 2, "action": 3}


def _filing_changed(parts: dict[UUID, Part]) -> bool:
    return any(isinstance(part, Filing) for part in parts.values())


def _let_in(change: Change, obj: Recorded) -> None:
    """Whoever makes an object confidential keeps sight of it."""
    actor = change.actor
    if obj.effective_level is not Level.CONFIDENTIAL or actor.user_id is None:
        return
    if actor.clearance is Level.CONFIDENTIAL:
        return
    change.session.merge(
        Grant(
            user_id=actor.user_id,
            object_id=obj.id,
            object_kind=obj.kind,
            granted_by=actor.user_id,
            granted_at=change.now,
        )
    )
