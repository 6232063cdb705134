"""What somebody may see of their own second factors, and what a proof is checked against."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.domain.access import Actor
from tracker.models.accounts import Passkey, User
from tracker.models.factors import RecoveryCode, RememberedDevice


@dataclass(frozen=True, slots=True)
class OwnPasskey:
    id: UUID
    name: str
    made_at: datetime
    used_at: datetime


@dataclass(frozen=True, slots=True)
class OwnDevice:
    """A browser in which the second factor is not asked for again until then."""

    id: UUID
    browser: str
    address: str
    made_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class OwnFactors:
    """The second factors of an account as its owner sees them."""

    email: str
    has_password: bool
    has_authenticator: bool
    since: datetime | None
    codes_left: int
    passkeys: tuple[OwnPasskey, ...]
    devices: tuple[OwnDevice, ...]


def own_factors(session: Session, owner: Actor, now: datetime) -> OwnFactors:
    left = (
        select(func.count())
        .where(RecoveryCode.user_id == User.id, RecoveryCode.used_at.is_(None))
        .scalar_subquery()
    )
    account = session.execute(
        select(
            User.email,
            User.password.is_not(None).label("has_password"),
            User.tf_totp_secret.is_not(None).label("has_authenticator"),
            User.factor_since,
            left.label("codes_left"),
        ).where(User.id == owner.user_id)
    ).one()
    passkeys = session.execute(
        select(Passkey.id, Passkey.name, Passkey.create_datetime, Passkey.lastuse_datetime)
        .where(Passkey.user_id == owner.user_id)
        .order_by(Passkey.create_datetime, Passkey.id)
    )
    return OwnFactors(
        account.email,
        account.has_password,
        account.has_authenticator,
        account.factor_since,
        account.codes_left,
        tuple(OwnPasskey(*row) for row in passkeys),
        own_devices(session, owner.user_id, now),
    )


def own_devices(session: Session, user_id: UUID | None, now: datetime) -> tuple[OwnDevice, ...]:
    """The devices on which an account's second factor is remembered now."""
    rows = session.execute(
        select(
            RememberedDevice.id,
            RememberedDevice.browser,
            RememberedDevice.address,
            RememberedDevice.made_at,
            RememberedDevice.until,
        )
        .where(RememberedDevice.user_id == user_id, RememberedDevice.until > now)
        .order_by(RememberedDevice.made_at.desc(), RememberedDevice.id)
        .limit(50)
    )
    return tuple(OwnDevice(*row) for row in rows)


@dataclass(frozen=True, slots=True)
class KeptPasskey:
    """A passkey as it is checked, and whose it is."""

    id: UUID
    owner: Actor
    public_key: bytes
    sign_count: int
    handle: str


def kept_passkey(session: Session, credential_id: bytes) -> KeptPasskey | None:
    """The passkey of an account that is switched on."""
    row = session.execute(
        select(
            Passkey.id,
            Passkey.public_key,
            Passkey.sign_count,
            User.id.label("user_id"),
            User.role,
            User.name,
            User.language,
            User.fs_webauthn_user_handle,
        )
        .join(User, User.id == Passkey.user_id)
        .where(Passkey.credential_id == credential_id, User.active)
    ).one_or_none()
    if row is None:
        return None
    owner = Actor(row.user_id, row.role, row.name, row.language)
    return KeptPasskey(
        row.id, owner, row.public_key, row.sign_count, row.fs_webauthn_user_handle or ""
    )


def credential_ids(session: Session, owner: Actor) -> tuple[bytes, ...]:
    """The passkeys that the owner may prove with."""
    return tuple(
        session.scalars(
            select(Passkey.credential_id)
            .where(Passkey.user_id == owner.user_id)
            .order_by(Passkey.create_datetime)
        )
    )
