"""Who holds a post on a day, as far as the dates of the tenure tell."""

from __future__ import annotations

from datetime import date

from tracker.domain.dates import FuzzyDate


def is_held(since: FuzzyDate, until: FuzzyDate, day: date) -> bool:
    """Whether nothing says that the tenure had ended before the day, or begins after it.

    An end that is only bounded from above counts as its bound; an unknown end is no end.
    """
    if until.last is not None and until.last < day:
        return False
    return since.first is None or since.first <= day


def tenure_order(
    since: FuzzyDate, until: FuzzyDate, attested: FuzzyDate
) -> tuple[date, date, date]:
    """By this the latest tenure is the greatest; one without a known end is later than others."""
    end = date.max if until.is_unbounded else until.sort
    return end, max(since.sort, attested.sort), since.sort
