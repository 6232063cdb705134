"""What time it is: the one place where a request reads the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime

from tracker.web.city import profile


def now() -> datetime:
    return datetime.now(UTC)


def today() -> date:
    """The day it is in the city, whatever the server's own zone."""
    return datetime.now(profile().zone).date()
