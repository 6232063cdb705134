"""What can be wrong with what somebody asks for, in words the floors above turn into answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class RuleBroken(Exception):
    """A rule says no. `message` is a catalogue message with %(name)s places for `values`.

    `field` names the form field the refusal belongs to, or is None for the whole.
    """

    def __init__(self, message: str, *, field: str | None = None, **values: Any) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.values: Mapping[str, Any] = values


class NotFound(Exception):
    """Absent, or not for this reader: the two are never told apart."""


class Stale(Exception):
    """Somebody else saved this object after the form was opened."""

    def __init__(self, current_version: int) -> None:
        super().__init__(f"the object is at version {current_version}")
        self.current_version = current_version
