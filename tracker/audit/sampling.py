"""A sample of the record: objects drawn at random, each with its entries checked."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.audit.filters import USERS
from tracker.domain.access import Level
from tracker.domain.audit import Fault
from tracker.models import AuditEntry, SearchEntry
from tracker.models.base import Texts
from tracker.record.audit_check import faults_at
from tracker.record.kinds import KINDS

USUAL, MOST = 20, 100
# Draws for each object wanted: most entries made nothing, and are passed over.
_DRAWS = 30
# Of each object, on average; more are counted nowhere, so the page says where it stopped.
_MOST_ENTRIES = 40


@dataclass(frozen=True, slots=True)
class Draw:
    """What makes a sample the same again: how many, from which seed, out of which entries."""

    wanted: int
    seed: int
    upto: int


class Entry(NamedTuple):
    seq: int
    at: datetime
    action: str
    user: str | None
    role: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """One object; `title` is none once it was put away."""

    kind: str
    id: UUID
    title: Texts | None
    level: Level | None
    entries: tuple[Entry, ...]
    faults: dict[int, Fault]


def newest_entry(session: Session) -> int:
    return session.scalar(select(AuditEntry.seq).order_by(AuditEntry.seq.desc()).limit(1)) or 0


def sample(session: Session, draw: Draw, key: bytes) -> list[Drawn]:
    """The objects in the order in which they were drawn. Each is as likely as any other: it is
    drawn by the entry that made it."""
    objects = _drawn(session, draw)
    rows = session.execute(
        select(
            AuditEntry.object_id,
            AuditEntry.seq,
            AuditEntry.at,
            AuditEntry.action,
            USERS.c.name,
            AuditEntry.role,
        )
        .outerjoin(USERS, USERS.c.id == AuditEntry.actor_id)
        .where(AuditEntry.object_id.in_(objects), AuditEntry.seq <= draw.upto)
        .order_by(AuditEntry.seq)
        .limit(_MOST_ENTRIES * max(draw.wanted, 1))
    ).all()
    entries: dict[UUID, list[Entry]] = {object_id: [] for object_id in objects}
    for object_id, *entry in rows:
        entries[object_id].append(Entry._make(entry))
    faults = faults_at(session.connection(), [row.seq for row in rows], key)
    return [
        Drawn(
            kind,
            object_id,
            title,
            level,
            tuple(entries[object_id]),
            {each.seq: faults[each.seq] for each in entries[object_id] if each.seq in faults},
        )
        for object_id, (kind, title, level) in objects.items()
    ]


def _drawn(session: Session, draw: Draw) -> dict[UUID, tuple[str, Texts | None, Level | None]]:
    places = random.Random(draw.seed).sample(  # noqa: S311  to be drawn again, not to be secret
        range(1, draw.upto + 1), min(draw.upto, draw.wanted * _DRAWS)
    )
    rows = session.execute(
        select(
            AuditEntry.seq,
            AuditEntry.object_id,
            AuditEntry.object_kind,
            SearchEntry.title,
            SearchEntry.effective_level,
        )
        .outerjoin(SearchEntry, SearchEntry.object_id == AuditEntry.object_id)
        .where(
            AuditEntry.seq.in_(places),
            AuditEntry.action == "created",
            AuditEntry.object_kind.in_(KINDS),
        )
    )
    made = {row.seq: row for row in rows}
    chosen = [made[place] for place in places if place in made][: draw.wanted]
    return {row.object_id: (row.object_kind, row.title, row.effective_level) for row in chosen}
