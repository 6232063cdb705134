"""Recovery codes: ten, each opens once, for the day on which the telephone is lost."""

from __future__ import annotations

import secrets

from tracker.accounts import totp

MANY = 10
_GROUPS, _LENGTH = 4, 4
# Without what is taken for something else when it is copied by hand.
_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def new_codes() -> tuple[str, ...]:
    """Ten codes of eighty bits, in groups for the eye."""
    return tuple(
        "-".join("".join(secrets.choice(_SIGNS) for _ in range(_LENGTH)) for _ in range(_GROUPS))
        for _ in range(MANY)
    )


def bare(typed: str) -> str:
    """A code as it is hashed: without groups, in capitals."""
    return "".join(sign for sign in totp.bare(typed).upper() if sign.isalnum())


def is_one(typed: str) -> bool:
    """Whether it has the form of a recovery code rather than of an app's."""
    return len(bare(typed)) == _GROUPS * _LENGTH
