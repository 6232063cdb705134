"""How long a session of each role lasts, and how long a device is remembered: defaults, bounds,
and what an administrator has set within them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from tracker.domain.access import Role


@dataclass(frozen=True, slots=True)
class Limits:
    """`remember_days` 0: a device is remembered for as long as one session may last."""

    idle_minutes: int
    absolute_hours: int
    remember_days: int

    @property
    def idle(self) -> timedelta:
        return timedelta(minutes=self.idle_minutes)

    @property
    def absolute(self) -> timedelta:
        return timedelta(hours=self.absolute_hours)

    @property
    def remembered(self) -> timedelta:
        return timedelta(days=self.remember_days) or self.absolute

    def is_idle(self, seen_at: datetime, now: datetime) -> bool:
        """Whether nobody has been at it for too long."""
        return now - seen_at > self.idle

    def is_over(self, created_at: datetime, now: datetime) -> bool:
        """Whether it has lasted too long, however busy."""
        return now - created_at > self.absolute


@dataclass(frozen=True, slots=True)
class Bounds:
    """What may be set: anything from `least` to `most`."""

    least: int
    most: int

    def holds(self, value: int) -> bool:
        return self.least <= value <= self.most


# By the fields of Limits: nobody may set a session that never ends, nor one in which no minute
# of a meeting can be written down.
BOUNDS: dict[str, Bounds] = {
    "idle_minutes": Bounds(5, 60),
    "absolute_hours": Bounds(1, 24),
    "remember_days": Bounds(0, 30),
}

_STAFF = Limits(idle_minutes=30, absolute_hours=12, remember_days=7)
_READERS = Limits(idle_minutes=30, absolute_hours=12, remember_days=0)
DEFAULTS: dict[Role, Limits] = {
    Role.OFFICIAL: _READERS,
    Role.COUNCIL: _READERS,
    Role.STAFF: _STAFF,
    Role.APPROVER: _STAFF,
    Role.AUDITOR: _STAFF,
    Role.ADMINISTRATOR: Limits(idle_minutes=15, absolute_hours=12, remember_days=7),
}

# No session that is older, or longer unseen, can be anybody's, whatever is set.
LONGEST_IDLE = timedelta(minutes=BOUNDS["idle_minutes"].most)
LONGEST_ABSOLUTE = timedelta(hours=BOUNDS["absolute_hours"].most)

_NAMES = tuple(each.name for each in fields(Limits))


def of(row: Any) -> Limits:
    """The limits of a row that has `role` and, joined from `role_limits`, the three of the role:
    all null where nothing was set."""
    if row.idle_minutes is None:
        return DEFAULTS.get(row.role, _READERS)
    return Limits(row.idle_minutes, row.absolute_hours, row.remember_days)


def out_of_bounds(limits: Limits) -> tuple[str, ...]:
    """The names of what may not be set like this."""
    return tuple(name for name in _NAMES if not BOUNDS[name].holds(getattr(limits, name)))
