"""How far back the exceptions look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, cast, func, true


@dataclass(frozen=True, slots=True)
class Period:
    """Since an instant, or since ever; `dialect` because no two databases count days alike."""

    since: datetime | None
    dialect: str

    def covers(self, at: Any) -> ColumnElement[bool]:
        return true() if self.since is None else at >= self.since

    def day_of(self, at: Any) -> ColumnElement[date]:
        return func.date(at) if self.dialect == "sqlite" else cast(at, Date)

    def days_later(self, day: Any, days: int) -> ColumnElement[date]:
        """For comparing with `day_of`."""
        return func.date(day, f"+{days} days") if self.dialect == "sqlite" else day + days
