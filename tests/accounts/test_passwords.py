"""Which passwords are accepted, and how they are kept."""

from __future__ import annotations

import pytest

from tracker.accounts import passwords
from tracker.domain.errors import RuleBroken


@pytest.fixture(scope="module")
def keeper() -> passwords.Keeper:
    return passwords.Keeper("s" * 32, "k" * 32, cost=19_456)


@pytest.mark.parametrize(
    "good",
    [
        "ابر نردبان کاشی هویج",
        "quartz ladder onion fjord",
        "x7#Kp!qLz0vM",
        "پنجره\u200cای رو به باغ انار",
        "q" * 60 + "wertzuiop" * 2,
        "zebra" * 25,
    ],
)
def test_accepted(good: str) -> None:
    passwords.check(good, "someone@example.org", "زهرا")


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "x" * 11,
        "x" * 129,
        "aaaaaaaaaaaaaaaa",
        "123456789012",
        "password1234",
        "Password!!!!!2026",
        "mashhad1400!!",
        "Shahrdari@1400",
        "شهرداری‌مشهد۱۴۰۰",
        "استان رضوی ۱۴۰۴",
        "someone1234567",
        "qwertyuiop12",
        "زهرا زهرا زهرا",
    ],
)
def test_refused(bad: str) -> None:
    with pytest.raises(RuleBroken):
        passwords.check(bad, "someone@example.org", "زهرا")


def test_kept_by_argon2_with_our_cost(keeper: passwords.Keeper) -> None:
    hashed = keeper.hash("quartz ladder onion fjord")
    assert hashed.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert keeper.verify("quartz ladder onion fjord", hashed)
    assert not keeper.verify("quartz ladder onion fjorD", hashed)
    assert not keeper.is_outdated(hashed)
    assert hashed != keeper.hash("quartz ladder onion fjord")


def test_nothing_is_cut_off(keeper: passwords.Keeper) -> None:
    long = "ه" * 127
    hashed = keeper.hash(long + "۱")
    assert keeper.verify(long + "۱", hashed)
    assert not keeper.verify(long + "۲", hashed)


def test_no_account_takes_as_long_and_is_never_right(keeper: passwords.Keeper) -> None:
    assert not keeper.verify("nobody has this password", None)


def test_another_installation_knows_no_password_of_ours(keeper: passwords.Keeper) -> None:
    hashed = keeper.hash("quartz ladder onion fjord")
    other = passwords.Keeper("t" * 32, "k" * 32, cost=19_456)
    assert not other.verify("quartz ladder onion fjord", hashed)
