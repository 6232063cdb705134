"""Proposals to lower a level, each decided by somebody other than whoever made it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.access import Level, ProposalState
from tracker.models.base import Base
from tracker.models.ids import new_id
from tracker.models.types import choice

_WAITING = text("state = 'waiting'")


class LevelProposal(Base):
    """That an object should travel further than it may now, and what became of that."""

    __tablename__ = "level_proposals"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    object_kind: Mapped[str] = mapped_column(String(20))
    object_id: Mapped[UUID]
    from_level: Mapped[Level]
    to_level: Mapped[Level]
    reason: Mapped[str] = mapped_column(String(500))
    proposed_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    proposed_at: Mapped[datetime]
    state: Mapped[ProposalState] = mapped_column(
        choice(ProposalState), default=ProposalState.WAITING
    )
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]
    decision: Mapped[str] = mapped_column(String(500), default="")

    __table_args__ = (
        # Even a service gone wrong cannot let one person decide alone.
        CheckConstraint(
            "state <> 'approved' OR"
            " (decided_by IS NOT NULL AND (proposed_by IS NULL OR proposed_by <> decided_by))",
            name="two_people",
        ),
        Index("ix_level_proposals_object", "object_id", "proposed_at"),
        Index(
            "ix_level_proposals_waiting",
            "object_id",
            unique=True,
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
    )
