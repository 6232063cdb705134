"""How long what was put away is kept before it may be destroyed."""

from __future__ import annotations

from datetime import date

LONGEST_KEPT = 100


def kept_until(removed_on: date, years: int) -> date:
    """The first day on which it may be destroyed; a leap day is made up for in March."""
    year = removed_on.year + years
    try:
        return removed_on.replace(year=year)
    except ValueError:
        return date(year, 3, 1)
