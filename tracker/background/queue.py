"""The queue: jobs that web threads put in and the background process takes out."""

from __future__ import annotations

from pathlib import Path

from huey import SqliteHuey

NAME = "peyvand"

# Jobs that somebody waits for come before the rest.
AWAITED = 10


def make_huey(instance: Path, *, immediate: bool = False) -> SqliteHuey:
    """The queue of the installation whose files are in `instance`.

    `immediate` runs each job where it is put in, for tests of what jobs do.
    """
    file = instance / "queue.db"
    file.touch(mode=0o600)
    # It holds jobs on their way, nothing that a power cut may not take: the business row that
    # asked for a job is committed first, in the database. Hence no fsync for every job.
    return SqliteHuey(NAME, filename=str(file), fsync=False, immediate=immediate)
