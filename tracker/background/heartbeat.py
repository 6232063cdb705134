"""Signs of life of the background process: a file that it touches while its threads work, and a
lock that the kernel takes from it the moment it is gone."""

from __future__ import annotations

import fcntl
import threading
from collections.abc import Callable
from pathlib import Path

INTERVAL = 5.0
# Three beats may be late before readers are told that nobody is at work.
PATIENCE = 3 * INTERVAL
LOCK = "background.lock"


def beat(instance: Path) -> None:
    """Say that the background process is at work. A file, so that no write lock is taken."""
    (instance / "heartbeat").touch()


def silence(instance: Path, now: float) -> float | None:
    """Seconds since the last beat, as of the wall clock `now`; None if there was never one, or if
    whoever beat last is gone."""
    if _is_let_go(instance):
        return None
    try:
        return now - (instance / "heartbeat").stat().st_mtime
    except FileNotFoundError:
        return None


def _is_let_go(instance: Path) -> bool:
    """Whether there is a lock that nobody holds. A beat alone could be that of a dead process."""
    try:
        with (instance / LOCK).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except (FileNotFoundError, BlockingIOError):
        return False
    return True


class Heart(threading.Thread):
    """Beats for as long as `at_work` says so."""

    def __init__(self, instance: Path, at_work: Callable[[], bool]) -> None:
        super().__init__(name="heart", daemon=True)
        self._instance = instance
        self._at_work = at_work
        self._stopped = threading.Event()

    def run(self) -> None:
        with (self._instance / LOCK).open("wb") as lock:
            # It waits for a predecessor that is still finishing, whose beats count until then.
            fcntl.flock(lock, fcntl.LOCK_EX)
            self._beat()

    def _beat(self) -> None:
        while not self._stopped.is_set():
            if self._at_work():
                beat(self._instance)
                self._stopped.wait(INTERVAL)
            else:
                self._stopped.wait(0.1)

    def stop(self) -> None:
        self._stopped.set()
