"""Who holds a post on a day."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.domain.dates import FuzzyDate
from tracker.domain.tenures import is_held, tenure_order

DAY = date(2021, 11, 7)
UNKNOWN = FuzzyDate.unknown()


@pytest.mark.parametrize(
    ("since", "until", "held"),
    [
        (UNKNOWN, UNKNOWN, True),
        (FuzzyDate.exact(DAY), UNKNOWN, True),
        (FuzzyDate.exact(date(2021, 11, 8)), UNKNOWN, False),
        (UNKNOWN, FuzzyDate.exact(DAY), True),
        (UNKNOWN, FuzzyDate.exact(date(2021, 11, 6)), False),
        (UNKNOWN, FuzzyDate.on_or_before(date(2020, 1, 1)), False),
        (FuzzyDate.on_or_before(DAY), UNKNOWN, True),
        (UNKNOWN, FuzzyDate(date(2022, 1, 1), None), True),
    ],
)
def test_a_post_is_held_until_something_says_otherwise(
    since: FuzzyDate, until: FuzzyDate, held: bool
) -> None:
    assert is_held(since, until, DAY) is held


def test_a_tenure_without_an_end_comes_last() -> None:
    ended = tenure_order(UNKNOWN, FuzzyDate.exact(DAY), UNKNOWN)
    assert tenure_order(UNKNOWN, UNKNOWN, FuzzyDate.exact(date(1990, 1, 1))) > ended
