"""What the record floor itself keeps: audit entries, search entries, translations."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.access import Level
from tracker.models.base import Base, Texts
from tracker.models.ids import new_id

# What most entries do not say; an index of the others costs a usual change nothing.
RARE_ACTION = "action NOT IN ('created', 'changed')"


class AuditEntry(Base):
    """One change of one object, chained by hash to the entry before it. Append-only."""

    __tablename__ = "audit"

    seq: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    format: Mapped[int]
    at: Mapped[datetime]
    monotonic_ns: Mapped[int] = mapped_column(BigInteger)
    actor_id: Mapped[UUID | None]
    role: Mapped[str] = mapped_column(String(20))
    session: Mapped[str] = mapped_column(String(64))
    address: Mapped[str] = mapped_column(String(64))
    request_id: Mapped[str] = mapped_column(String(64))
    action: Mapped[str] = mapped_column(String(20))
    object_kind: Mapped[str] = mapped_column(String(20))
    object_id: Mapped[UUID]
    object_version: Mapped[int]
    changes: Mapped[dict[str, Any]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(String(500))
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

    __table_args__ = (
        Index("ix_audit_object", "object_id", "seq"),
        Index("ix_audit_actor", "actor_id", "seq"),
        Index("ix_audit_kind", "object_kind", "seq"),
        Index("ix_audit_at", "at"),
        Index(
            "ix_audit_rare",
            "action",
            "seq",
            sqlite_where=text(RARE_ACTION),
            postgresql_where=text(RARE_ACTION),
        ),
    )


class SearchEntry(Base):
    """What an object is found by. The key carries the date: day ordinal × 2^24 + counter.

    `folded` are all its words, `titled` those of its title alone.
    """

    __tablename__ = "search_entries"

    key: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    object_kind: Mapped[str] = mapped_column(String(20))
    object_id: Mapped[UUID] = mapped_column(unique=True)
    effective_level: Mapped[Level]
    sort_on: Mapped[date] = mapped_column(Date)
    title: Mapped[Texts]
    titled: Mapped[str] = mapped_column(Text, server_default="")
    folded: Mapped[str] = mapped_column(Text)

    __table_args__ = (Index("ix_search_entries_kind", "object_kind", "key"),)


class Translation(Base):
    """Who put a field into a language, and from which original; stale when that changes."""

    __tablename__ = "translations"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    object_kind: Mapped[str] = mapped_column(String(20))
    object_id: Mapped[UUID]
    field: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(12))
    source_language: Mapped[str] = mapped_column(String(12))
    source_digest: Mapped[str] = mapped_column(String(64))
    translated_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    translated_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("object_id", "field", "language"),)
