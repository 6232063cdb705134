"""Effective levels: the highest of an object and its parents, kept in the same transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from tracker.domain.access import Level
from tracker.models import DocumentHolder, Filing, Part, Recorded
from tracker.record import grants, kinds, lowering, search

if TYPE_CHECKING:
    from tracker.record.changes import Change, Touched


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
    rehung = {t.obj.id for t in change.touched.values() if _is_rehung(t)}
    pending = sorted(
        (t.obj for t in change.touched.values()), key=lambda obj: _DEPTH.get(obj.kind, 0)
    )
    seen_below: list[Recorded] = []
    while pending:
        obj = pending.pop(0)
        if obj.kind in _HUNG_BY and (obj.id in rehung or change.makes(obj.id)):
            name, part = _HUNG_BY[obj.kind]
            set_committed_value(obj, name, change.parts(part, obj.id))
        level = effective(session, obj)
        created = change.makes(obj.id)
        if lowering.publishes(change, obj, level):
            obj.level = level = Level.INTERNAL
            lowering.propose(change, obj, Level.PUBLIC)
        elif level < obj.effective_level and not created and not change.lowered:
            # Taken from under what was higher, it keeps for itself the level that it had from it.
            obj.level = level = obj.effective_level
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
_DEPTH |= {"clause": 1, "mandate": 1, "resolution": 1, "framework": 1, "obstacle": 1}
_DEPTH |= {"statement": 2, "action": 3}
_DEPTH |= {"document": 4}

# Parents that stand in parts: the relationship that lists them, and the part.
_HUNG_BY: dict[str, tuple[str, type[Filing | DocumentHolder]]] = {
    "meeting": ("filings", Filing),
    "obstacle": ("filings", Filing),
    "document": ("holders", DocumentHolder),
}


def _is_rehung(touched: Touched) -> bool:
    parts: list[Part] = list(touched.parts_after.values())
    tables = {table for table, _values in touched.parts_before.values()}
    return any(
        part.__tablename__ in tables or any(isinstance(each, part) for each in parts)
        for _name, part in _HUNG_BY.values()
    )


def _let_in(change: Change, obj: Recorded) -> None:
    """Whoever makes an object confidential keeps sight of it; what came to hang below a
    confidential one is seen by whoever is named for that."""
    if obj.effective_level is not Level.CONFIDENTIAL:
        return
    actor = change.actor
    users = grants.inherited(change.session, obj)
    if actor.user_id is not None and actor.clearance is not Level.CONFIDENTIAL:
        users.add(actor.user_id)
    change.told += grants.let_in(change.session, obj, users, actor.user_id, change.now)
