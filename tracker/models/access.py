"""What belongs to accounts and needs none of their machinery: sessions, named grants, forms that
were saved, and the record of access."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.audit import AccessEvent as AccessEvent
from tracker.models.base import Base
from tracker.models.ids import new_id
from tracker.models.types import choice


class UserSession(Base):
    """One signed-in browser. The token itself is only in its cookie; here stands its SHA-256."""

    __tablename__ = "user_sessions"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime] = mapped_column(index=True)
    address: Mapped[str] = mapped_column(String(64), default="")
    browser: Mapped[str] = mapped_column(String(200), default="")
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # When the second factor was proved in it, when its owner last proved to be at it (None: not
    # since it began), and since when it is locked.
    factor_at: Mapped[datetime | None]
    fresh_at: Mapped[datetime | None]
    locked_at: Mapped[datetime | None]


class Grant(Base):
    """That a person was named for one object above the clearance of their role."""

    __tablename__ = "grants"

    user_id: Mapped[UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    object_id: Mapped[UUID] = mapped_column(primary_key=True)
    object_kind: Mapped[str] = mapped_column(String(20))
    granted_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    granted_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_grants_object", "object_id"),)


class AccessEntry(Base):
    """Who saw, downloaded, tried. Append-only, held so by triggers of the migration.

    `times` is more than one where a flood of the same was folded into one row.
    """

    __tablename__ = "access_log"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    at: Mapped[datetime] = mapped_column(index=True)
    event: Mapped[AccessEvent] = mapped_column(choice(AccessEvent))
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"), index=True)
    session: Mapped[str] = mapped_column(String(32), default="")
    address: Mapped[str] = mapped_column(String(64), default="")
    request_id: Mapped[str] = mapped_column(String(32), default="")
    object_kind: Mapped[str] = mapped_column(String(20), default="")
    object_id: Mapped[UUID | None]
    detail: Mapped[str] = mapped_column(String(300), default="")
    times: Mapped[int] = mapped_column(default=1, server_default="1")

    __table_args__ = (
        Index("ix_access_log_event", "event", "at"),
        Index("ix_access_log_object", "object_id", "at"),
    )


class SignInTry(Base):
    """One try at signing in that did not succeed (yet): what the throttle counts."""

    __tablename__ = "sign_in_tries"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account: Mapped[str] = mapped_column(String(255))
    address: Mapped[str] = mapped_column(String(64))
    # How it came: `accounts.throttle` says which ways there are, and counts each apart.
    way: Mapped[str] = mapped_column(String(40), server_default="stranger")
    at: Mapped[datetime] = mapped_column(index=True)

    __table_args__ = (
        Index("ix_sign_in_tries_account", "account", "at"),
        Index("ix_sign_in_tries_address", "address", "at"),
    )


class Submission(Base):
    """That a form was saved, and as what: sending it again finds the same object."""

    __tablename__ = "submissions"

    user_id: Mapped[UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    object_kind: Mapped[str] = mapped_column(String(20))
    object_id: Mapped[UUID]
    at: Mapped[datetime]
