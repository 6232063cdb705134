"""The entries of one object and of what stands on its page, as far as a reader may see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, exists, literal, select, union_all
from sqlalchemy.orm import Session

from tracker.domain.access import Actor, Level
from tracker.domain.errors import NotFound
from tracker.models import AuditEntry, Clause, Commitment
from tracker.models.access import Grant
from tracker.models.accounts import User
from tracker.models.base import Texts
from tracker.models.keyset import PAGE, SequenceCursor
from tracker.record.kinds import KINDS
from tracker.record.reading import asked_by, get_visible, open_to_reader

# What readers are told; the audit keeps more, such as who was named for the object.
_TOLD = (
    "created", "changed", "removed", "restored",
    "level proposed", "proposal approved", "proposal declined", "proposal withdrawn",
    "proposal void",
)  # fmt: skip
# Objects that are changed with the form of another one, and the column that names it.
_BELOW: dict[str, tuple[Any, str]] = {
    "memorandum": (Commitment, "memorandum_id"),
    "instrument": (Clause, "instrument_id"),
}
# An entry of an object whose level nothing tells is for nobody below the highest.
_UNTOLD = Level.CONFIDENTIAL


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; what it changed is left out where it was written above the reader's clearance."""

    seq: int
    at: datetime
    who: str | None
    action: str
    kind: str
    object_id: UUID
    changes: Mapping[str, Any]
    reason: str
    is_withheld: bool

    @property
    def cursor(self) -> SequenceCursor:
        return SequenceCursor(self.seq)


@dataclass(frozen=True, slots=True)
class Told:
    """An object and a page of its entries, and one more."""

    title: Texts
    level: Level
    entries: tuple[Entry, ...]


def history(
    session: Session,
    actor: Actor,
    kind: str,
    object_id: UUID,
    cursor: SequenceCursor | None = None,
) -> Told:
    """The newest first. Whoever may not see the object gets NotFound."""
    if kind not in KINDS:
        raise NotFound(kind)
    obj = get_visible(session, actor, KINDS[kind], object_id)
    rows = session.execute(_entries(kind, object_id, cursor), asked_by(actor)).all()
    levels = _Levels(session, {row.object_id for row in rows})
    sees_all = _is_named(session, actor, object_id)
    return Told(
        obj.search_title(),
        obj.effective_level,
        tuple(
            _entry(row, sees_all or _may_read(actor, levels.at(row.object_id, row.seq)))
            for row in rows
        ),
    )


def _entries(
    kind: str, object_id: UUID, cursor: SequenceCursor | None
) -> Select[*tuple[Any, ...]]:
    statement = (
        select(
            AuditEntry.seq,
            AuditEntry.at,
            User.name.label("who"),
            AuditEntry.action,
            AuditEntry.object_kind,
            AuditEntry.object_id,
            AuditEntry.changes,
            AuditEntry.reason,
        )
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .where(AuditEntry.object_id.in_(_of(kind, object_id)), AuditEntry.action.in_(_TOLD))
    )
    if cursor is not None:
        statement = statement.where(AuditEntry.seq < cursor.number)
    return statement.order_by(AuditEntry.seq.desc()).limit(PAGE + 1)


def _of(kind: str, object_id: UUID) -> Any:
    """The object, and what is changed with its form: removed or not, up to the clearance."""
    itself = select(literal(object_id))
    if kind not in _BELOW:
        return itself
    model, column = _BELOW[kind]
    below = select(model.id).where(
        getattr(model, column) == object_id, open_to_reader(model.effective_level, model.id)
    )
    return union_all(itself, below)


def _entry(row: Any, may_read: bool) -> Entry:
    return Entry(
        row.seq,
        row.at,
        row.who,
        row.action,
        row.object_kind,
        row.object_id,
        row.changes if may_read else {},
        row.reason if may_read else "",
        not may_read,
    )


def _may_read(actor: Actor, level: Level) -> bool:
    return actor.clearance is not None and level <= actor.clearance


def _is_named(session: Session, actor: Actor, object_id: UUID) -> bool:
    grant = exists().where(
        Grant.user_id == actor.user_id,
        Grant.object_id == object_id,
        Grant.ended_at.is_(None),
    )
    return bool(session.scalar(select(grant)))


class _Levels:
    """The level of objects at each of their entries: what was written while an object was more
    confidential than now is not opened by lowering its level."""

    def __init__(self, session: Session, ids: Collection[UUID]) -> None:
        # The entry, the higher level of before and after, the level from then on.
        self._steps: dict[UUID, list[tuple[int, Level, Level]]] = defaultdict(list)
        step = AuditEntry.changes[("fields", "effective_level")]
        told: Sequence[Any] = session.execute(
            select(AuditEntry.object_id, AuditEntry.seq, step.as_json())
            .where(AuditEntry.object_id.in_(ids), step.as_string().is_not(None))
            .order_by(AuditEntry.seq)
        ).all()
        for object_id, seq, names in told:
            reached = [Level[name.upper()] for name in names if name]
            self._steps[object_id].append((seq, max(reached), reached[-1]))

    def at(self, object_id: UUID, seq: int) -> Level:
        """The higher of the two at an entry that changed it."""
        before = [step for step in self._steps[object_id] if step[0] <= seq]
        if not before:
            return _UNTOLD
        changed_at, highest, reached = before[-1]
        return highest if changed_at == seq else reached
