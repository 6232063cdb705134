"""The queue: jobs that web threads put in and the background process takes out."""

from __future__ import annotations

from pathlib import Path

from tracker.background.kept import KeptHuey

NAME = "peyvand"

# Jobs that somebody waits for come before the rest.
AWAITED = 10


def make_huey(instance: Path, *, immediate: bool = False) -> KeptHuey:
    """The queue of the installation whose files are in `instance`.

    `immediate` runs each job where it is put in, for tests of what jobs do.
    """
    file = instance / "queue.db"
    file.touch(mode=0o600)
    # It outlives every process, but not a power cut, which may take what is on its way: the
    # business row that asked for a job is committed first, in the database. Hence no fsync.
    return KeptHuey(NAME, filename=str(file), fsync=False, immediate=immediate)
