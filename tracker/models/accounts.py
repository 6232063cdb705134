"""Accounts and their passkeys. An account holds one role."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, LargeBinary, String
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.access import Role
from tracker.models.base import Base
from tracker.models.ids import new_id
from tracker.models.types import WordsType, choice


class User(Base):
    """Somebody who can sign in."""

    __tablename__ = "users"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(String(255), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[Role] = mapped_column(choice(Role))
    language: Mapped[str | None] = mapped_column(String(35))
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    # Names the account to libraries that keep it in a cookie. Ours keep nothing there; the column
    # stays, because taking one out of a table that all others point at is not worth it.
    fs_uniquifier: Mapped[str] = mapped_column(
        String(64), unique=True, default=lambda: uuid4().hex
    )
    created_at: Mapped[datetime]
    last_sign_in_at: Mapped[datetime | None]
    # Goes up with each change by an administrator, whose form says which one it was opened at.
    version: Mapped[int] = mapped_column(default=1, server_default="1")

    # Second factor: there from the first migration, because the mapper of an account that may
    # have one needs all of it, and adding it later means moving live accounts.
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255))
    # Since when there is one at all, of whatever kind: what signing in goes by.
    factor_since: Mapped[datetime | None]
    # The step whose code was taken last, and later ones whose codes are worth nothing any more.
    totp_step: Mapped[int | None]
    totp_spent: Mapped[list[int]] = mapped_column(JSON, default=list, server_default="[]")
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(
        MutableList.as_mutable(WordsType())
    )
    fs_webauthn_user_handle: Mapped[str | None] = mapped_column(String(64), unique=True)
    webauthn: Mapped[list[Passkey]] = relationship(back_populates="user", cascade="all, delete")


class Passkey(Base):
    """One registered passkey or security key of an account."""

    __tablename__ = "passkeys"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    user: Mapped[User] = relationship(back_populates="webauthn")
    credential_id: Mapped[bytes] = mapped_column(LargeBinary(1024), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(default=0)
    transports: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(WordsType()))
    backup_state: Mapped[bool]
    device_type: Mapped[str] = mapped_column(String(64))
    extensions: Mapped[str | None] = mapped_column(String(255))
    create_datetime: Mapped[datetime]
    lastuse_datetime: Mapped[datetime]
    name: Mapped[str] = mapped_column(String(64))
    usage: Mapped[str] = mapped_column(String(64))
