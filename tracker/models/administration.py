"""What administrators keep: limits of sessions by role, links that are handed over, resets of a
second factor that wait for a second administrator; and the locks of the throttle."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.access import Role
from tracker.domain.accounts import LinkPurpose
from tracker.models.base import Base
from tracker.models.ids import new_id
from tracker.models.types import choice


class RoleLimits(Base):
    """What an administrator set for a role; where there is no row, the defaults hold."""

    __tablename__ = "role_limits"

    role: Mapped[Role] = mapped_column(choice(Role), primary_key=True)
    idle_minutes: Mapped[int]
    absolute_hours: Mapped[int]
    remember_days: Mapped[int]
    version: Mapped[int]


class AccountLink(Base):
    """A link that was handed over. Its token is only in the link; here stands its SHA-256."""

    __tablename__ = "account_links"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[LinkPurpose] = mapped_column(choice(LinkPurpose))
    made_at: Mapped[datetime]
    # None: the command line.
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    expires_at: Mapped[datetime]
    # Used, or withdrawn because a newer one was made.
    ended_at: Mapped[datetime | None]


class FactorReset(Base):
    """That one administrator wants an account's second factor removed, and what another said."""

    __tablename__ = "factor_resets"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    reason: Mapped[str] = mapped_column(String(500))
    proposed_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    proposed_at: Mapped[datetime]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]
    approved: Mapped[bool | None]


class SignInLock(Base):
    """How often the throttle has closed one way to an account lately, and until when."""

    __tablename__ = "sign_in_locks"

    account: Mapped[str] = mapped_column(String(255), primary_key=True)
    way: Mapped[str] = mapped_column(String(40), primary_key=True)
    times: Mapped[int]
    until: Mapped[datetime]
