"""What can be wrong with what somebody asks for, in words the floors above turn into answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID


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


class SentBefore(Exception):
    """This very form has changed the object already: sending it again changes nothing."""

    def __init__(self, kind: str, object_id: UUID) -> None:
        super().__init__(f"{kind} {object_id}")
        self.kind = kind
        self.object_id = object_id


class Stale(Exception):
    """Somebody else saved this object after the form was opened."""

    def __init__(self, current_version: int) -> None:
        super().__init__(f"the object is at version {current_version}")
        self.current_version = current_version
