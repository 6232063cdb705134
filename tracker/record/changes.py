"""The unit of change. Nothing recorded can be flushed outside one; the caller commits."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session, UOWTransaction

from tracker.domain.access import Actor
from tracker.domain.errors import NotFound, Stale
from tracker.models import Part, Recorded
from tracker.record import audit, kinds, levels, lowering, search, snapshots, submissions, titles
from tracker.record.turns import await_turn

AnyPart = TypeVar("AnyPart", bound=Part)

_KEY = "change"


@dataclass(slots=True)
class Touched:
    """One object within a change: what it was, and what became of its parts."""

    obj: Recorded
    action: str
    before: dict[str, Any] = field(default_factory=dict)
    parts_before: dict[UUID, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    parts_after: dict[UUID, Part] = field(default_factory=dict)


@dataclass(slots=True)
class Change:
    """What one use case changes, by whom, when and why."""

    session: Session
    actor: Actor
    now: datetime
    reason: str = ""
    touched: dict[UUID, Touched] = field(default_factory=dict)
    # What was looked up: a session forgets what nobody holds, and would read it again.
    held: list[Recorded] = field(default_factory=list)
    published: bool = False  # what is entered was public before it came here
    lowered: set[UUID] = field(default_factory=set)  # whose level two people agreed to lower
    told: list[audit.Happening] = field(default_factory=list)  # what the audit says beside

    def expect(self, obj: Recorded, version: int | None) -> None:
        """Refuse when somebody else saved the object after the form was opened, and when this very
        form has saved it already. Whoever does not say which version they saw is refused too."""
        submissions.take_in_once(self.session, self.actor, obj, self.now)
        # The session may have read it before this change had its turn, for the form.
        self.session.refresh(obj, ["version"])
        if obj.version != version:
            raise Stale(obj.version)

    def remove(self, obj: Recorded) -> None:
        """Put away, not destroy: the row stays, with who, when and why."""
        obj.deleted_at = self.now
        obj.deleted_by = self.actor.user_id
        obj.delete_reason = self.reason

    def makes(self, object_id: UUID) -> bool:
        """Whether the object is new: nothing was recorded of it before this change."""
        known = self.touched.get(object_id)
        if known is None:
            return any(
                isinstance(new, Recorded) and new.id == object_id for new in self.session.new
            )
        return known.action == "created"

    def parts(self, model: type[AnyPart], root_id: UUID) -> list[AnyPart]:
        """The parts of one kind that an object has by now, in their order."""
        if self.makes(root_id):
            self.session.flush()
            present = self.touched[root_id].parts_after.values()
            found = [part for part in present if isinstance(part, model)]
            return sorted(found, key=lambda part: part.position)
        root = getattr(model, model.root_column)
        return list(
            self.session.scalars(select(model).where(root == root_id).order_by(model.position))
        )

    def touch(self, obj: Recorded) -> Touched:
        """Count the object as changed: its version rises once, however much of it changes."""
        known = self.touched.get(obj.id)
        if known is None:
            known = Touched(obj, "changed", before=snapshots.before(obj))
            self.touched[obj.id] = known
            obj.version += 1
            obj.updated_at = self.now
            obj.updated_by = self.actor.user_id
        return known


@contextmanager
def change(
    session: Session, actor: Actor, now: datetime, *, reason: str = "", published: bool = False
) -> Iterator[Change]:
    """Everything recorded within is audited, levelled and made searchable when the block ends.

    `session.info` supplies the audit key and, within a request, its Origin. What is `published`
    elsewhere already may be entered as public, which else takes two people.
    """
    if _KEY in session.info:
        raise RuntimeError("a change is under way already")
    await_turn(session)
    current = Change(session, actor, now, reason, published=published)
    session.info[_KEY] = current
    try:
        yield current
        session.flush()
        titles.follow_names(current)
        lowering.hold(current)
        levels.settle(current)
        search.index(current, [t.obj for t in current.touched.values()])
        search.index(current, search.published_by(current))
        session.flush()
        audit.append(current, monotonic_ns=time.monotonic_ns(), origin=audit.origin_of(session))
    finally:
        del session.info[_KEY]


def _root_of(session: Session, part: Part) -> Recorded:
    if hasattr(part, "root"):
        kind, object_id = part.root()
    else:
        kind, object_id = part.root_kind, getattr(part, part.root_column)
    # What is new is asked for first: the database does not know it yet, and would say so.
    root = next(
        (new for new in session.new if isinstance(new, Recorded) and new.id == object_id), None
    )
    if root is None:
        with session.no_autoflush:
            root = kinds.load(session, kind, object_id)
    if root is None:
        raise NotFound(f"{kind} {object_id}")
    return root


@event.listens_for(Session, "before_flush")
def _collect(session: Session, _context: UOWTransaction, _instances: object) -> None:
    new = [obj for obj in session.new if isinstance(obj, Recorded | Part)]
    dirty = [
        obj
        for obj in session.dirty
        if isinstance(obj, Recorded | Part) and session.is_modified(obj)
    ]
    gone = [obj for obj in session.deleted if isinstance(obj, Recorded | Part)]
    if not (new or dirty or gone):
        return
    current: Change | None = session.info.get(_KEY)
    if current is None:
        raise RuntimeError("recorded objects change only within record.change")
    for obj in new:
        if isinstance(obj, Recorded):
            snapshots.stamp(obj, current.now, current.actor.user_id)
            snapshots.name_for_sorting(obj)
            current.touched.setdefault(obj.id, Touched(obj, "created"))
    for obj in dirty:
        if isinstance(obj, Recorded):
            current.touch(obj)
            snapshots.name_for_sorting(obj)
    for obj in gone:
        if isinstance(obj, Recorded):
            raise RuntimeError("objects are put away, never deleted")
    for part in (*new, *dirty, *gone):
        if isinstance(part, Part):
            _note_part(session, current, part)


def _note_part(session: Session, current: Change, part: Part) -> None:
    state = inspect(part)
    if part.id is None:
        snapshots.identify(part)
    touched = current.touch(_root_of(session, part))
    if not state.pending and part.id not in touched.parts_before:
        touched.parts_before[part.id] = (part.__tablename__, snapshots.before(part))  # type: ignore[attr-defined]
    if part in session.deleted:
        touched.parts_after.pop(part.id, None)
    else:
        touched.parts_after[part.id] = part
