"""Floods of the same, folded: a few rows of the record of access a minute, the rest counted.

Whoever asks a thousand times for what they may not have would else fill the record, and hide in
it what else they did. Each process counts for itself, and writes down what it has counted with
the next request that it answers once the minute is over.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from tracker.models.access import AccessEvent
from tracker.models.ids import new_id

Note = dict[str, Any]
MOST_A_MINUTE = 20
_MINUTE = timedelta(minutes=1)
# So many who flood at once are told apart; beyond them the oldest are written out early.
_MOST_KEPT = 1000
_FOLDED = frozenset(
    {
        AccessEvent.DENIED,
        AccessEvent.FACTOR_FAILED,
        AccessEvent.SIGN_IN_FAILED,
        AccessEvent.SIGN_IN_HELD_BACK,
    }
)


@dataclass(slots=True)
class _Window:
    """The minute that began with the first of them."""

    since: datetime
    passed: int = 0
    held: int = 0
    last: Note = field(default_factory=dict)


class Floods:
    """Decides for each note whether it gets a row of its own."""

    def __init__(self) -> None:
        self._windows: dict[tuple[str, str], _Window] = {}
        self._lock = Lock()

    def rows(self, notes: list[Note], now: datetime) -> list[Note]:
        """The rows to write now: of these notes those that pass, and what was counted in minutes
        that are over."""
        if not (notes or self._windows):
            return []
        with self._lock:
            return [*self._over(now), *(note for note in notes if self._passes(note, now))]

    def _passes(self, note: Note, now: datetime) -> bool:
        if note["event"] not in _FOLDED:
            return True
        key = note["event"].value, note["session"] or note["address"]
        window = self._windows.setdefault(key, _Window(now))
        if window.passed < MOST_A_MINUTE:
            window.passed += 1
            return True
        window.held += 1
        window.last = note
        return False

    def _over(self, now: datetime) -> list[Note]:
        # Windows stand in the order in which they began.
        over = []
        for key in list(self._windows):
            window = self._windows[key]
            if now - window.since < _MINUTE and len(self._windows) <= _MOST_KEPT:
                break
            del self._windows[key]
            if window.held:
                # Of now: the days before may have been sealed already.
                over.append({**window.last, "id": new_id(), "at": now, "times": window.held})
        return over
