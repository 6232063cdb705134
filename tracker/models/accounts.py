"""Accounts and what belongs to one: passkeys, sessions, named grants, and the record of access.

The only models that know Flask-Security: its `UserMixin` and `WebAuthnMixin` are inherited, and
its ready-made columns are not, because those tie accounts to integer keys and to a roles table.
An account holds one role, in a column of its own; `roles` shows it in the form the mixin expects.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from flask_security import AsaList, RoleMixin, UserMixin, WebAuthnMixin
from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.access import Role
from tracker.models.base import Base
from tracker.models.ids import new_id
from tracker.models.types import choice


class HeldRole(RoleMixin):
    """A role as Flask-Security sees it: a name; what it permits stands in `domain.access`."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.permissions: list[str] = []


class User(UserMixin, Base):
    """Somebody who can sign in."""

    __tablename__ = "users"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)  # type: ignore[assignment]
    email: Mapped[str] = mapped_column(String(255), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[Role] = mapped_column(choice(Role))
    language: Mapped[str | None] = mapped_column(String(35))
    password: Mapped[str | None] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(
        String(64), unique=True, default=lambda: uuid4().hex
    )
    created_at: Mapped[datetime]
    last_sign_in_at: Mapped[datetime | None]

    # Second factor: there from the first migration, because the mapper of an account that may
    # have one needs all of it, and adding it later means moving live accounts.
    tf_primary_method: Mapped[str | None] = mapped_column(String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255))
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(AsaList()))
    fs_webauthn_user_handle: Mapped[str | None] = mapped_column(  # type: ignore[assignment]
        String(64), unique=True
    )
    webauthn: Mapped[list[Passkey]] = relationship(  # type: ignore[assignment]
        back_populates="user", cascade="all, delete"
    )

    @property
    def roles(self) -> list[HeldRole]:  # type: ignore[override]
        return [HeldRole(self.role.value)]


class Passkey(WebAuthnMixin, Base):
    """One registered passkey or security key of an account."""

    __tablename__ = "passkeys"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)  # type: ignore[assignment]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    user: Mapped[User] = relationship(back_populates="webauthn")
    credential_id: Mapped[bytes] = mapped_column(LargeBinary(1024), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(default=0)
    transports: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(AsaList()))
    backup_state: Mapped[bool]
    device_type: Mapped[str] = mapped_column(String(64))
    extensions: Mapped[str | None] = mapped_column(String(255))
    create_datetime: Mapped[datetime]
    lastuse_datetime: Mapped[datetime]
    name: Mapped[str] = mapped_column(String(64))
    usage: Mapped[str] = mapped_column(String(64))


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


class AccessEvent(StrEnum):
    """What is worth keeping although it changed nothing."""

    SIGNED_IN = "signed in"
    SIGN_IN_FAILED = "sign-in failed"
    SIGN_IN_HELD_BACK = "sign-in held back"
    SIGNED_OUT = "signed out"
    SESSION_ENDED = "session ended"
    PASSWORD_CHANGED = "password changed"  # noqa: S105
    ACCOUNT_CREATED = "account created"
    DENIED = "denied"
    CONFIDENTIAL_READ = "confidential read"
    DOWNLOADED = "downloaded"


class AccessEntry(Base):
    """Who saw, downloaded, tried. Append-only, held so by triggers of the migration."""

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


class SignInTry(Base):
    """One try at signing in that did not succeed (yet): what the throttle counts."""

    __tablename__ = "sign_in_tries"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account: Mapped[str] = mapped_column(String(255))
    address: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(index=True)

    __table_args__ = (Index("ix_sign_in_tries_account", "account", "at"),)


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
