"""What belongs to the second factor beside the account's own columns: recovery codes, devices on
which it is not asked for again, and the challenges that passkeys answer."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base
from tracker.models.ids import new_id
from tracker.models.types import choice


class RecoveryCode(Base):
    """One of ten codes for the day on which the telephone is lost; only its hash is kept."""

    __tablename__ = "recovery_codes"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class RememberedDevice(Base):
    """A browser in which the second factor of an account was proved and need not be again until
    then. The token is only in its cookie."""

    __tablename__ = "remembered_devices"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    made_at: Mapped[datetime]
    until: Mapped[datetime]
    address: Mapped[str] = mapped_column(String(64), default="")
    browser: Mapped[str] = mapped_column(String(200), default="")


class Purpose(StrEnum):
    """What a passkey is asked for."""

    REGISTER = "register"
    PROVE = "prove"


class PasskeyChallenge(Base):
    """What a passkey has to sign: once, soon, and in the browser that asked for it."""

    __tablename__ = "passkey_challenges"

    challenge: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    purpose: Mapped[Purpose] = mapped_column(choice(Purpose))
    browser_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    made_at: Mapped[datetime] = mapped_column(index=True)
