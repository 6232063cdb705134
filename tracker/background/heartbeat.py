"""The sign of life of the background process: a file that it touches while its threads work."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

INTERVAL = 5.0
# Three beats may be late before readers are told that nobody is at work.
PATIENCE = 3 * INTERVAL


def beat(instance: Path) -> None:
    """Say that the background process is at work. A file, so that no write lock is taken."""
    (instance / "heartbeat").touch()


def silence(instance: Path, now: float) -> float | None:
    """Seconds since the last beat, as of the wall clock `now`; None if there was never one."""
    try:
        return now - (instance / "heartbeat").stat().st_mtime
    except FileNotFoundError:
        return None


class Heart(threading.Thread):
    """Beats for as long as `at_work` says so."""

    def __init__(self, instance: Path, at_work: Callable[[], bool]) -> None:
        super().__init__(name="heart", daemon=True)
        self._instance = instance
        self._at_work = at_work
        self._stopped = threading.Event()

    def run(self) -> None:
        while not self._stopped.is_set():
            if self._at_work():
                beat(self._instance)
                self._stopped.wait(INTERVAL)
            else:
                self._stopped.wait(0.1)

    def stop(self) -> None:
        self._stopped.set()
