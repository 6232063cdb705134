"""What administrators see of accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.access import Role
from tracker.domain.accounts import LinkPurpose
from tracker.domain.errors import NotFound
from tracker.models.access import UserSession
from tracker.models.accounts import User
from tracker.models.administration import AccountLink, FactorReset
from tracker.models.factors import RememberedDevice
from tracker.models.keyset import NameCursor, by_name


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account in the list, which goes by the address: it sorts alike in every language."""

    id: UUID
    email: str
    name: str
    role: Role
    active: bool
    has_password: bool
    last_sign_in: datetime | None

    @property
    def cursor(self) -> NameCursor:
        return NameCursor(self.email, self.id)


@dataclass(frozen=True, slots=True)
class OpenLink:
    """A link that was handed over and still works."""

    purpose: LinkPurpose
    until: datetime


@dataclass(frozen=True, slots=True)
class WaitingReset:
    """A proposal to remove the second factor that nobody has decided yet."""

    id: UUID
    account_id: UUID
    reason: str
    proposed_by: UUID
    proposer: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AccountPage:
    """One account, and what of it is open."""

    id: UUID
    email: str
    name: str
    role: Role
    language: str | None
    active: bool
    has_password: bool
    version: int
    created: datetime
    last_sign_in: datetime | None
    factor_since: datetime | None
    sessions: int
    devices: int
    link: OpenLink | None
    reset: WaitingReset | None
    administrators: int


def account_list(session: Session, sought: str, *, cursor: NameCursor | None) -> list[AccountRow]:
    statement = select(
        User.id,
        User.email,
        User.name,
        User.role,
        User.active,
        User.password.is_not(None),
        User.last_sign_in_at,
    )
    if sought:
        statement = statement.where(
            or_(
                User.name.icontains(sought, autoescape=True),
                User.email.icontains(sought, autoescape=True),
            )
        )
    rows = session.execute(by_name(statement, User.email, User.id, cursor))
    return [AccountRow(*row) for row in rows]


def account_page(session: Session, account_id: UUID, now: datetime) -> AccountPage:
    open_sessions = select(func.count()).where(UserSession.user_id == account_id)
    devices = select(func.count()).where(
        RememberedDevice.user_id == account_id, RememberedDevice.until > now
    )
    administrators = select(func.count(User.id)).where(
        User.role == Role.ADMINISTRATOR, User.active
    )
    row = session.execute(
        select(
            User.id,
            User.email,
            User.name,
            User.role,
            User.language,
            User.active,
            User.password.is_not(None).label("has_password"),
            User.version,
            User.created_at.label("created"),
            User.last_sign_in_at.label("last_sign_in"),
            User.factor_since,
            open_sessions.scalar_subquery().label("sessions"),
            devices.scalar_subquery().label("devices"),
        ).where(User.id == account_id)
    ).one_or_none()
    if row is None:
        raise NotFound("account")
    return AccountPage(
        **row._mapping,
        link=_open_link(session, account_id, now),
        reset=_waiting_reset(session, account_id),
        administrators=int(session.scalar(administrators) or 0),
    )


def waiting_resets(session: Session) -> list[WaitingReset]:
    """What waits for a second administrator, oldest first."""
    proposer = aliased(User)
    rows = session.execute(
        select(
            FactorReset.id,
            FactorReset.user_id,
            FactorReset.reason,
            FactorReset.proposed_by,
            proposer.name,
            FactorReset.proposed_at,
        )
        .join(proposer, proposer.id == FactorReset.proposed_by)
        .where(FactorReset.decided_at.is_(None))
        .order_by(FactorReset.proposed_at)
        .limit(20)
    )
    return [WaitingReset(*row) for row in rows]


def _waiting_reset(session: Session, account_id: UUID) -> WaitingReset | None:
    return next((each for each in waiting_resets(session) if each.account_id == account_id), None)


def _open_link(session: Session, account_id: UUID, now: datetime) -> OpenLink | None:
    row = session.execute(
        select(AccountLink.purpose, AccountLink.expires_at)
        .where(
            AccountLink.user_id == account_id,
            AccountLink.ended_at.is_(None),
            AccountLink.expires_at > now,
        )
        .limit(1)
    ).one_or_none()
    return None if row is None else OpenLink(*row)


def account_id_of(session: Session, email: str) -> UUID:
    """Whose address it is; NotFound when it is nobody's."""
    found = session.scalar(select(User.id).where(User.email == email))
    if found is None:
        raise NotFound("account")
    return found
