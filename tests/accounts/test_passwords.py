"""Which passwords are accepted, and how they are kept."""

from __future__ import annotations

import gzip
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path

import pytest

from tracker import profiles
from tracker.accounts import guessable, passwords
from tracker.domain.errors import RuleBroken
from tracker.web.errors import Refused


@pytest.fixture(scope="module")
def keeper() -> passwords.Keeper:
    return passwords.Keeper("s" * 32, cost=(19_456, 2))


@pytest.mark.parametrize(
    "good",
    [
        "ابر نردبان کاشی هویج",
        "quartz ladder onion fjord",
        "x7#Kp!qLz0vM",
        "پنجره\u200cای رو به باغ انار",
        "q" * 60 + "wertzuiop" * 2,
        "zebra glacier " * 9,
        "onion kettle walrus",
        "7041 9938 2265 0471",
        "#%&?=+~^<>;:@{}[",
    ],
)
def test_accepted(good: str) -> None:
    passwords.check(good, "someone@example.org", "زهرا", "ابیانه", "Municipality of Kashmar")


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
        "M@shh4d Sh4hrd4ri 1403",
        "0sh-M4shh4d-2021",
        "خراسان رضوی ۱۳۹۹",
        "1qaz2wsx3edc",
        "letmein!!!letmein",
        "sunflower12345!",
        "monkey-butterfly",
        "C0mputer-Princess",
        "finalfantasy",
        "09151234567 1400",
        "1404/08/16 1404/08/16",
        "ابیانه۱۲۳۴۵۶۷۸",
        "Kashmar Kashmar 1402",
    ],
)
def test_refused(bad: str) -> None:
    with pytest.raises(RuleBroken):
        passwords.check(bad, "someone@example.org", "زهرا", "ابیانه", "Municipality of Kashmar")


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
    other = passwords.Keeper("t" * 32, cost=(19_456, 2))
    assert not other.verify("quartz ladder onion fjord", hashed)


def test_the_list_is_the_one_that_its_note_tells_of() -> None:
    folder = Path(guessable.__file__).parent
    unpacked = gzip.decompress((folder / "guessable_passwords.txt.gz").read_bytes())
    assert sha256(unpacked).hexdigest() in (folder / "guessable_passwords.md").read_text()
    assert len(guessable.common()) >= 10_000


def test_the_city_s_own_words_come_from_its_profile() -> None:
    words = guessable.words_of_city(profiles.load("ir"))
    assert {"مشهد", "Mashhad", "Municipality of Mashhad", "Iran"} <= set(words)


def test_few_sign_in_at_once_and_the_others_are_told_to_come_again(
    keeper: passwords.Keeper,
) -> None:
    """So that whoever knocks in great numbers leaves threads for the pages."""
    with ExitStack() as inside:
        for _ in range(3):
            inside.enter_context(passwords.few_at_once())
        with pytest.raises(Refused) as refused, passwords.few_at_once():
            raise AssertionError("a fourth came in")
    assert (refused.value.code, refused.value.retry_after) == (503, 2)
    with passwords.few_at_once():
        keeper.hash("quartz ladder onion fjord")


def test_one_hash_at_a_time(keeper: passwords.Keeper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_PATIENCE", 0.01)
    with passwords._own_turn(), ThreadPoolExecutor(1) as other:
        refused = other.submit(keeper.hash, "quartz ladder onion fjord").exception()
    assert isinstance(refused, Refused)
    assert refused.code == 503
