"""Whose a session is and how far they have come in it, out of one joined row.

Only an open session acts. In any other its owner may do one thing, which opens it: enrol a second
factor, prove it, or unlock.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import bindparam, exists, select

from tracker.domain.access import needs_factor
from tracker.models.access import Grant, UserSession
from tracker.models.accounts import User
from tracker.models.administration import RoleLimits
from tracker.web.limits import Limits

# What could lose an account asks for a proof that is no older than this.
FRESH = timedelta(minutes=15)


class Standing(StrEnum):
    """How far a browser has come."""

    NOBODY = "nobody"
    LOCKED = "locked"  # its owner has been away, or said so
    UNENROLLED = "unenrolled"  # needs a second factor and has none
    UNPROVED = "unproved"  # has a second factor and has not shown it here
    OPEN = "open"


class Changed:
    """A row as it is about to be, for the rest of the request that changes it."""

    def __init__(self, row: Any, changed: dict[str, Any]) -> None:
        self._row, self._changed = row, changed

    def __getattr__(self, name: str) -> Any:
        return self._changed[name] if name in self._changed else getattr(self._row, name)


_IS_NAMED = exists().where(Grant.user_id == User.id, Grant.ended_at.is_(None))

FIND = (
    select(
        UserSession.id,
        UserSession.created_at,
        UserSession.seen_at,
        UserSession.factor_at,
        UserSession.fresh_at,
        UserSession.locked_at,
        UserSession.data,
        User.id.label("user_id"),
        User.name,
        User.role,
        User.language,
        User.factor_since,
        RoleLimits.idle_minutes,
        RoleLimits.absolute_hours,
        RoleLimits.remember_days,
        _IS_NAMED.label("is_named"),
    )
    .join(User, User.id == UserSession.user_id)
    .outerjoin(RoleLimits, RoleLimits.role == User.role)
    .where(UserSession.token_hash == bindparam("token_hash"), User.active)
)


def standing_of(row: Any, limits: Limits, now: datetime, *, second_factor: bool) -> Standing:
    """How far the owner of this row has come; `second_factor`: whether one is asked for here."""
    if row.locked_at is not None or limits.is_idle(row.seen_at, now):
        return Standing.LOCKED
    if not second_factor or row.factor_at is not None:
        return Standing.OPEN
    if row.factor_since is not None:
        return Standing.UNPROVED
    if needs_factor(row.role, named=bool(row.is_named)):
        return Standing.UNENROLLED
    return Standing.OPEN


def is_fresh(row: Any, now: datetime) -> bool:
    """Whether its owner proved a short while ago to be at it."""
    proved_at: datetime = row.fresh_at or row.created_at
    return now - proved_at <= FRESH
