"""Passwords: which are accepted, and Flask-Security's own functions to hash and verify them.

Flask-Security is set up over a small application of its own, entered for the length of a call.
Set up over the served one, it would ask for its user, with a query, on every request, static
files included; its views bring inline styles that our policy forbids. What it knows about
keeping passwords (an HMAC, then Argon2id, with rehashing when the parameters change) is used as
it is.
"""

from __future__ import annotations

import threading
import unicodedata

from flask import Flask
from flask_security import Security, SQLAlchemyUserDatastore
from flask_security.utils import hash_password, verify_password

from tracker.accounts.words import GUESSABLE
from tracker.domain.errors import RuleBroken
from tracker.lang import N_
from tracker.models.accounts import HeldRole, User
from tracker.web.db import db
from tracker.web.errors import Refused

SHORTEST = 12
LONGEST = 128
# One at a time in each process: a password that is tried costs a core for a twentieth of a second.
_turn = threading.BoundedSemaphore(1)
_PATIENCE = 5

TOO_SHORT = N_("A password has at least %(shortest)s characters")
TOO_LONG = N_("A password has at most %(longest)s characters")
TOO_COMMON = N_(
    "This password is too easy to guess; take several words that do not belong together"
)


def normal(password: str) -> str:
    """One spelling for what looks the same, so that another keyboard can type it."""
    return unicodedata.normalize("NFKC", password)


def has_possible_length(password: str) -> bool:
    return SHORTEST <= len(normal(password)) <= LONGEST


def check(password: str, *own_words: str, field: str | None = "password") -> None:
    """RuleBroken unless it may be set; `own_words` are the account's name and address."""
    text = normal(password)
    if len(text) < SHORTEST:
        raise RuleBroken(TOO_SHORT, field=field, shortest=SHORTEST)
    if len(text) > LONGEST:
        raise RuleBroken(TOO_LONG, field=field, longest=LONGEST)
    if _is_common(text, own_words):
        raise RuleBroken(TOO_COMMON, field=field)


def _letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalpha())


def _is_common(text: str, own_words: tuple[str, ...]) -> bool:
    """Whether nothing is left of it without digits, signs and words that anybody would try."""
    left = _letters(text)
    own = {_letters(part) for word in own_words for part in word.replace("@", " ").split()}
    known = sorted(GUESSABLE | {word for word in own if len(word) >= 3}, key=len)
    for word in reversed(known):
        left = left.replace(word, "")
    return len(set(left)) < 4


class Keeper:
    """Hashes and verifies, with the settings of one installation; `cost` is in KiB of memory."""

    def __init__(self, salt: str, secret: str, *, cost: int) -> None:
        self._vault = Flask("passwords")
        self._vault.config.update(
            SECRET_KEY=secret,
            SECURITY_PASSWORD_SALT=salt,
            SECURITY_PASSWORD_HASH="argon2",  # noqa: S106
            SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS={
                "argon2__type": "ID",
                "argon2__memory_cost": cost,
                "argon2__time_cost": 2,
                "argon2__parallelism": 1,
            },
            SECURITY_PASSWORD_LENGTH_MIN=SHORTEST,
            SECURITY_CLI_USERS_NAME=False,
            SECURITY_CLI_ROLES_NAME=False,
        )
        self._security = Security(
            self._vault, SQLAlchemyUserDatastore(db, User, HeldRole), register_blueprint=False
        )
        # Verified when there is no such account, so that it takes as long.
        self._nobodys = self.hash("nobody has this password")

    def hash(self, password: str) -> str:
        with self._own_turn(), self._vault.app_context():
            return str(hash_password(normal(password)))

    def verify(self, password: str, hashed: str | None) -> bool:
        """Whether it is the password of that hash; None takes as long and is never right."""
        if not has_possible_length(password):
            return False
        with self._own_turn(), self._vault.app_context():
            right = bool(verify_password(normal(password), hashed or self._nobodys))
        return right and hashed is not None

    def is_outdated(self, hashed: str) -> bool:
        """Whether the hash was made with other parameters than today's."""
        return bool(self._security.pwd_context.needs_update(hashed))

    def _own_turn(self) -> _Turn:
        return _Turn()


class _Turn:
    def __enter__(self) -> None:
        if not _turn.acquire(timeout=_PATIENCE):
            raise Refused(503, "", retry_after=_PATIENCE)

    def __exit__(self, *_: object) -> None:
        _turn.release()
