"""Has a file looked through by a child of its own, and waits no longer than a deadline."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import BoundedSemaphore

from tracker.domain.documents import FileRefusal, FileRefused, FileType, Treatment

SECONDS = 20
# Of one process: a child may take a gigabyte for as long as that.
_AT_ONCE = 2
_WAITED_SECONDS = 10
_turns = BoundedSemaphore(_AT_ONCE)
_BESIDE = Path(__file__).resolve().parents[2]


class Busy(Exception):
    """Too many files are being looked through already."""


def inspected(file_type: FileType, file: Path, target: Path) -> tuple[Path, list[Treatment]]:
    """What is to be kept, the file itself or what was made of it at `target`, and what was done
    to it; FileRefused when it is not to be taken in."""
    with _turn():
        try:
            child = subprocess.run(  # noqa: S603  a module of our own
                [
                    sys.executable,
                    "-P",
                    "-m",
                    "tracker.storage.inspecting",
                    file_type,
                    file,
                    target,
                ],
                env=_environment(),
                cwd=file.parent,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as late:
            raise FileRefused(FileRefusal.TOO_SLOW) from late
    if child.returncode < 0:
        # Ended by a limit: of its time, of its memory or of what it may write.
        raise FileRefused(FileRefusal.TOO_SLOW)
    if child.returncode > 0:
        raise FileRefused(FileRefusal.DAMAGED)
    said = json.loads(child.stdout)
    if "refused" in said:
        raise FileRefused(FileRefusal(said["refused"]))
    treated = [Treatment(each) for each in said["treated"]]
    return (target if treated else file), treated


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(timeout=_WAITED_SECONDS):
        raise Busy
    try:
        yield
    finally:
        _turns.release()


def _environment() -> dict[str, str]:
    """All that the child needs: nothing of the parent's, which may be a secret, is in it."""
    return {"PYTHONPATH": str(_BESIDE), "PYTHONDONTWRITEBYTECODE": "1"}
