"""What belongs to accounts and is said to people."""

from __future__ import annotations

from enum import StrEnum


class LinkPurpose(StrEnum):
    """What a link is for; either way its holder chooses a password."""

    INVITATION = "invitation"
    PASSWORD_RESET = "password reset"  # noqa: S105
