"""What the record of access keeps, and what can be wrong with the audit chain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class AccessEvent(StrEnum):
    """What is worth keeping although it changed nothing."""

    SIGNED_IN = "signed in"
    SIGN_IN_FAILED = "sign-in failed"
    SIGN_IN_HELD_BACK = "sign-in held back"
    SIGNED_OUT = "signed out"
    SESSION_ENDED = "session ended"
    PASSWORD_CHANGED = "password changed"  # noqa: S105
    ACCOUNT_CREATED = "account created"
    DENIED = "denied"
    CONFIDENTIAL_READ = "confidential read"
    DOWNLOADED = "downloaded"
    FACTOR_ENROLLED = "second factor enrolled"
    FACTOR_FAILED = "second factor failed"
    FACTOR_REMOVED = "second factor removed"
    RECOVERY_CODE_USED = "recovery code used"
    SESSION_LOCKED = "session locked"
    SESSION_UNLOCKED = "session unlocked"
    LINK_ISSUED = "link issued"
    LINK_USED = "link used"
    ROLE_CHANGED = "role changed"
    ACCOUNT_DEACTIVATED = "account deactivated"
    ACCOUNT_ACTIVATED = "account activated"
    EXPORTED = "exported"
    RELEASED = "released"


class Fault(StrEnum):
    """Why an entry does not fit the chain."""

    EDITED = "edited"  # it says something else than was sealed
    OUT_OF_ORDER = "out of order"  # it follows another entry than the one before it
    MISSING = "missing"  # there are later ones
    CUT_OFF = "cut off"  # an anchor knows of it, and nothing later is there
    REWRITTEN = "rewritten"  # it is sealed, and an anchor knows another one in its place
    ACCESS_CHANGED = "record of access changed"  # what the entry is the digest of


@dataclass(frozen=True, slots=True)
class Bad:
    """The entry at this place in the chain, and what is wrong with it."""

    seq: int
    fault: Fault


@dataclass(frozen=True, slots=True)
class Backstep:
    """The clock on the wall went backwards between the entry before and this one."""

    seq: int
    before: datetime
    at: datetime
