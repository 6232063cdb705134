"""What the page on who may see an object shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from tracker import record
from tracker.domain.access import Actor, Level, Permission, ProposalState, Role
from tracker.domain.errors import NotFound
from tracker.models import LevelProposal, Recorded, SearchEntry
from tracker.models.access import Grant
from tracker.models.accounts import User
from tracker.models.base import Texts
from tracker.record.kinds import KINDS
from tracker.record.reading import open_to_reader, rows


@dataclass(frozen=True, slots=True)
class Above:
    """What an object's level cannot fall below."""

    kind: str
    id: UUID
    title: Texts
    level: Level


@dataclass(frozen=True, slots=True)
class Named:
    """An account that was named for the object."""

    user_id: UUID
    name: str
    role: Role
    active: bool
    by: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposal to lower the level, and what became of it."""

    from_level: Level
    to_level: Level
    state: ProposalState
    reason: str
    by_id: UUID | None
    by: str | None
    at: datetime
    decided_by: str | None
    decided_at: datetime | None
    decision: str

    @property
    def waits(self) -> bool:
        return self.state is ProposalState.WAITING


@dataclass(frozen=True, slots=True)
class AccessPage:
    """How far an object travels and why; who is named for it is for whoever keeps the record."""

    kind: str
    id: UUID
    version: int
    title: Texts
    own: Level
    level: Level
    above: tuple[Above, ...]
    hidden_above: int
    named: tuple[Named, ...]
    proposals: tuple[Proposal, ...]

    @property
    def is_confidential(self) -> bool:
        return self.level is Level.CONFIDENTIAL

    @property
    def waiting(self) -> Proposal | None:
        return next((each for each in self.proposals if each.waits), None)


def seen(session: Session, actor: Actor, kind: str, object_id: UUID) -> Recorded:
    """The object of any kind, or NotFound."""
    if kind not in KINDS:
        raise NotFound(kind)
    return record.get_visible(session, actor, KINDS[kind], object_id)


def access_page(session: Session, actor: Actor, kind: str, object_id: UUID) -> AccessPage:
    obj = seen(session, actor, kind, object_id)
    above, hidden = _above(session, actor, obj)
    keeps = actor.can(Permission.RECORD) or actor.can(Permission.AUDIT)
    return AccessPage(
        kind=kind,
        id=obj.id,
        version=obj.version,
        title=obj.search_title(),
        own=obj.level,
        level=obj.effective_level,
        above=above,
        hidden_above=hidden,
        named=_named(session, object_id) if keeps else (),
        proposals=_proposals(session, object_id) if keeps else (),
    )


def _above(session: Session, actor: Actor, obj: Recorded) -> tuple[tuple[Above, ...], int]:
    """What hangs above that the reader may see, and how much else there is."""
    parents = {object_id for _kind, object_id in obj.level_parents()}
    if not parents:
        return (), 0
    found = rows(
        session,
        select(
            SearchEntry.object_kind,
            SearchEntry.object_id,
            SearchEntry.title,
            SearchEntry.effective_level,
        )
        .where(
            SearchEntry.object_id.in_(parents),
            open_to_reader(SearchEntry.effective_level, SearchEntry.object_id),
        )
        .order_by(SearchEntry.effective_level.desc(), SearchEntry.key.desc()),
        actor,
    )
    return tuple(Above(*row) for row in found), len(parents) - len(found)


def _named(session: Session, object_id: UUID) -> tuple[Named, ...]:
    giver = aliased(User)
    found = session.execute(
        select(User.id, User.name, User.role, User.active, giver.name, Grant.granted_at)
        .join(User, User.id == Grant.user_id)
        .outerjoin(giver, giver.id == Grant.granted_by)
        .where(Grant.object_id == object_id, Grant.ended_at.is_(None))
        .order_by(Grant.granted_at, User.id)
    )
    return tuple(Named(*row) for row in found)


def _proposals(session: Session, object_id: UUID) -> tuple[Proposal, ...]:
    proposer, decider = aliased(User), aliased(User)
    found: Iterable[Any] = session.execute(
        select(
            LevelProposal.from_level,
            LevelProposal.to_level,
            LevelProposal.state,
            LevelProposal.reason,
            LevelProposal.proposed_by,
            proposer.name,
            LevelProposal.proposed_at,
            decider.name,
            LevelProposal.decided_at,
            LevelProposal.decision,
        )
        .outerjoin(proposer, proposer.id == LevelProposal.proposed_by)
        .outerjoin(decider, decider.id == LevelProposal.decided_by)
        .where(LevelProposal.object_id == object_id)
        .order_by(LevelProposal.proposed_at.desc(), LevelProposal.id.desc())
    )
    return tuple(Proposal(*row) for row in found)
