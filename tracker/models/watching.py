"""What one request has seen of the records: whether anybody asked on behalf of a reader, and
whether anything confidential came out of the database."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(slots=True)
class Watch:
    """Kept for each request by the web floor; nobody watches the command line."""

    asked: bool = False
    confidential: bool = False


_current: ContextVar[Watch | None] = ContextVar("watch", default=None)


def begin() -> Watch:
    """Watch from here on, forgetting what was seen before."""
    watch = Watch()
    _current.set(watch)
    return watch


def note_asked() -> None:
    """Somebody asks for what a reader may see."""
    if (watch := _current.get()) is not None:
        watch.asked = True


def note_confidential() -> None:
    """A row of confidential level was read."""
    if (watch := _current.get()) is not None:
        watch.confidential = True
