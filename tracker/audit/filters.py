"""What the auditor asks of the audit and of the record of access, as criteria."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, String, Uuid, column, or_, select, table, text

from tracker.domain.access import Role
from tracker.domain.audit import AccessEvent
from tracker.domain.dates import FuzzyDate
from tracker.models import AuditEntry
from tracker.models.access import AccessEntry
from tracker.models.registers import RARE_ACTION

USUAL_ACTIONS = frozenset({"created", "changed"})
USERS = table("users", column("id", Uuid), column("name", String), column("email", String))
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Days:
    """From the first day to the last, both included, as the clocks of the city have them."""

    first: date | None = None
    last: date | None = None

    @classmethod
    def between(cls, first: FuzzyDate, last: FuzzyDate) -> Days:
        """The widest that the two dates can mean."""
        return cls(first.first or first.last, last.last or last.first)

    def criteria(self, at: Any, zone: ZoneInfo) -> Iterator[ColumnElement[bool]]:
        if self.first is not None:
            yield at >= _midnight(self.first, zone)
        if self.last is not None and self.last < date.max:
            yield at < _midnight(self.last + _DAY, zone)


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Which entries of the audit. `who` is a piece of a name or address, or the id of an account;
    `thing` an id, or an address that holds one."""

    who: str = ""
    role: Role | None = None
    kind: str = ""
    action: str = ""
    thing: str = ""
    words: str = ""
    days: Days = Days()

    def criteria(self, zone: ZoneInfo) -> list[ColumnElement[bool]]:
        return [*self._criteria(), *self.days.criteria(AuditEntry.at, zone)]

    def _criteria(self) -> Iterator[ColumnElement[bool]]:
        if self.who:
            yield AuditEntry.actor_id.in_(_accounts(self.who))
        if self.role is not None:
            yield AuditEntry.role == self.role.value
        if self.kind:
            yield AuditEntry.object_kind == self.kind
        if self.action:
            yield AuditEntry.action == self.action
        if self.action and self.action not in USUAL_ACTIONS:
            # Says which index will do.
            yield text(RARE_ACTION)  # type: ignore[misc]
        if self.thing:
            yield AuditEntry.object_id == (id_in(self.thing) or UUID(int=0))
        if self.words:
            yield AuditEntry.reason.icontains(self.words, autoescape=True)


@dataclass(frozen=True, slots=True)
class AccessFilter:
    """Which rows of the record of access; the same words as for entries."""

    who: str = ""
    event: AccessEvent | None = None
    kind: str = ""
    thing: str = ""
    address: str = ""
    days: Days = Days()

    def criteria(self, zone: ZoneInfo) -> list[ColumnElement[bool]]:
        return [*self._criteria(), *self.days.criteria(AccessEntry.at, zone)]

    def _criteria(self) -> Iterator[ColumnElement[bool]]:
        if self.who:
            # Who failed to sign in is told by what was typed.
            typed = AccessEntry.detail.icontains(self.who, autoescape=True)
            yield or_(AccessEntry.user_id.in_(_accounts(self.who)), typed)
        if self.event is not None:
            yield AccessEntry.event == self.event
        if self.kind:
            yield AccessEntry.object_kind == self.kind
        if self.thing:
            yield AccessEntry.object_id == (id_in(self.thing) or UUID(int=0))
        if self.address:
            yield AccessEntry.address == self.address


def id_in(words: str) -> UUID | None:
    """The id that somebody pasted, alone or in the address of a page."""
    found = _UUID.search(words)
    return UUID(found[0]) if found else None


def _accounts(who: str) -> Any:
    account = id_in(who)
    if account is not None:
        return [account]
    return select(USERS.c.id).where(
        or_(
            USERS.c.name.icontains(who, autoescape=True),
            USERS.c.email.icontains(who, autoescape=True),
        )
    )


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
