"""The limits of sessions: defaults by role, and bounds that hold whatever is stored."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest

from tests import build
from tracker.accounts.services import HELD
from tracker.domain.access import Role
from tracker.web import limits
from tracker.web.limits import BOUNDS, DEFAULTS, Limits


def row(role: Role, *values: int | None) -> SimpleNamespace:
    names = ("idle_minutes", "absolute_hours", "remember_days")
    return SimpleNamespace(role=role, **dict(zip(names, values or (None,) * 3, strict=True)))


@pytest.mark.parametrize(
    ("role", "idle", "absolute", "days"),
    [
        (Role.OFFICIAL, 30, 12, 0),
        (Role.COUNCIL, 30, 12, 0),
        (Role.STAFF, 30, 12, 7),
        (Role.APPROVER, 30, 12, 7),
        (Role.AUDITOR, 30, 12, 7),
        (Role.ADMINISTRATOR, 15, 12, 7),
    ],
)
def test_where_nothing_was_set_the_defaults_hold(
    role: Role, idle: int, absolute: int, days: int
) -> None:
    assert limits.of(row(role)) == Limits(idle, absolute, days)


def test_every_role_has_limits_within_bounds() -> None:
    assert set(DEFAULTS) == set(HELD)
    assert [limits.out_of_bounds(each) for each in DEFAULTS.values()] == [()] * len(HELD)


def test_what_was_set_holds() -> None:
    found = limits.of(row(Role.STAFF, 10, 8, 1))
    assert found == Limits(10, 8, 1)
    assert found.remembered == timedelta(days=1)


@pytest.mark.parametrize("name", BOUNDS)
def test_nothing_may_be_set_beyond_the_bounds(name: str) -> None:
    good = {each: bounds.least for each, bounds in BOUNDS.items()}
    bounds = BOUNDS[name]
    for value in (bounds.least, bounds.most):
        assert limits.out_of_bounds(Limits(**{**good, name: value})) == ()
    for value in (bounds.least - 1, bounds.most + 1):
        assert limits.out_of_bounds(Limits(**{**good, name: value})) == (name,)


def test_over_and_idle_are_told_apart() -> None:
    now, short = build.NOW, Limits(15, 12, 0)
    assert not short.is_idle(now - timedelta(minutes=15), now)
    assert short.is_idle(now - timedelta(minutes=15, seconds=1), now)
    assert not short.is_over(now - timedelta(hours=12), now)
    assert short.is_over(now - timedelta(hours=12, seconds=1), now)
