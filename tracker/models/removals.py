"""What becomes of objects that were put away: how long each kind is kept, what somebody proposes
to destroy, and the stub of what was destroyed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.access import Level
from tracker.models.base import Base


class RetentionRule(Base):
    """For how many years after its removal an object of this kind cannot be destroyed. Of a kind
    without a rule nothing is ever destroyed."""

    __tablename__ = "retention_rules"

    object_kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    years: Mapped[int]
    set_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    set_at: Mapped[datetime]

    __table_args__ = (CheckConstraint("years BETWEEN 1 AND 100", name="years"),)


class DestructionProposal(Base):
    """That an object in the bin should be destroyed: it waits for somebody else's word."""

    __tablename__ = "destruction_proposals"

    object_id: Mapped[UUID] = mapped_column(primary_key=True)
    object_kind: Mapped[str] = mapped_column(String(20))
    proposed_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    proposed_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(500))


class DestroyedObject(Base):
    """What is left of an object: that there was one, and who let it go, when and why. `digest` is
    the SHA-256 of its last state."""

    __tablename__ = "destroyed_objects"

    object_id: Mapped[UUID] = mapped_column(primary_key=True)
    object_kind: Mapped[str] = mapped_column(String(20))
    effective_level: Mapped[Level]
    last_version: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime]
    removed_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    remove_reason: Mapped[str] = mapped_column(String(500), default="")
    proposed_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[str] = mapped_column(String(500))
    destroyed_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    destroyed_at: Mapped[datetime]

    __table_args__ = (CheckConstraint("proposed_by <> destroyed_by", name="two_people"),)
