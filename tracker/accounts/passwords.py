"""Passwords: which are accepted, and how they are kept: an HMAC whose key is not in the database,
then Argon2id, made anew at the next sign-in when its cost has been raised."""

from __future__ import annotations

import base64
import hashlib
import hmac
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app

from tracker.accounts.guessable import is_guessable
from tracker.domain.errors import RuleBroken
from tracker.lang import N_
from tracker.web.errors import Refused

SHORTEST = 12
LONGEST = 128
# A password that is tried costs a core for a seventh of a second: one at a time in each process.
_turn = threading.BoundedSemaphore(1)
_PATIENCE = 2
# Each that waits keeps a thread from the pages, and the database busy with counting.
_places = threading.BoundedSemaphore(3)

TOO_SHORT = N_("A password has at least %(shortest)s characters")
TOO_LONG = N_("A password has at most %(longest)s characters")
TOO_COMMON = N_(
    "This password is too easy to guess; take several words that do not belong together"
)


def normal(password: str) -> str:
    """One spelling for what looks the same, so that another keyboard can type it."""
    return unicodedata.normalize("NFKC", password)


def has_possible_length(password: str) -> bool:
    # Before it is normalised, too: what a megabyte looks like is not worth finding out.
    return len(password) <= 4 * LONGEST and SHORTEST <= len(normal(password)) <= LONGEST


def check(password: str, *words: str, field: str | None = "password") -> None:
    """RuleBroken unless it may be set; `words` are what the account and its city are called."""
    if len(password) < SHORTEST or len(normal(password[: 4 * LONGEST])) < SHORTEST:
        raise RuleBroken(TOO_SHORT, field=field, shortest=SHORTEST)
    if not has_possible_length(password):
        raise RuleBroken(TOO_LONG, field=field, longest=LONGEST)
    if is_guessable(normal(password), words):
        raise RuleBroken(TOO_COMMON, field=field)


class Keeper:
    """Hashes and verifies, with the settings of one installation; `cost` is the KiB of memory
    for a hash and the passes over it."""

    def __init__(self, salt: str, *, cost: tuple[int, int]) -> None:
        memory, passes = cost
        self._salt = salt.encode()
        self._hasher = PasswordHasher(memory_cost=memory, time_cost=passes, parallelism=1)
        # Verified when there is no such account, so that it takes as long.
        self._nobodys = self.hash("nobody has this password")

    def hash(self, password: str) -> str:
        with _own_turn():
            return self._hasher.hash(self._peppered(password))

    def verify(self, password: str, hashed: str | None) -> bool:
        """Whether it is the password of that hash; None takes as long and is never right."""
        if not has_possible_length(password):
            return False
        with _own_turn():
            try:
                self._hasher.verify(hashed or self._nobodys, self._peppered(password))
            except (VerificationError, InvalidHashError):
                return False
        return hashed is not None

    def is_outdated(self, hashed: str) -> bool:
        """Whether the hash was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(hashed)

    def _peppered(self, password: str) -> bytes:
        made = hmac.new(self._salt, normal(password).encode(), hashlib.sha512)
        return base64.b64encode(made.digest())


def keeper() -> Keeper:
    """The keeper of this installation."""
    found: Keeper = current_app.extensions["passwords"]
    return found


@contextmanager
def few_at_once() -> Iterator[None]:
    """Among the few that may be signing in; 503 at once for whoever comes on top of them."""
    if not _places.acquire(blocking=False):
        raise Refused(503, "", retry_after=_PATIENCE)
    try:
        yield
    finally:
        _places.release()


@contextmanager
def _own_turn() -> Iterator[None]:
    """Alone with the hash; 503 when one's turn does not come."""
    if not _turn.acquire(timeout=_PATIENCE):
        raise Refused(503, "", retry_after=_PATIENCE)
    try:
        yield
    finally:
        _turn.release()
