"""A queue that loses no job: one taken out is kept aside until it has ended.

Whoever takes jobs may be killed at any moment; the next one puts back what is still aside. A job
can thus be done twice, never not at all, and has to be written for that.
"""

from __future__ import annotations

import threading
from datetime import datetime
from typing import Any, cast

from huey import SqliteHuey
from huey.api import Task
from huey.storage import SqliteStorage

_ASIDE = """
create table if not exists aside (
    id integer not null primary key,
    queue text not null,
    data blob not null,
    priority real not null
)
"""


class KeptStorage(SqliteStorage):  # type: ignore[misc]
    """Huey's own, but taking a job out moves it aside in the same transaction."""

    ddl = (*SqliteStorage.ddl, _ASIDE)

    def __init__(self, *args: Any, **options: Any) -> None:
        self._taken = threading.local()
        super().__init__(*args, **options)

    def dequeue(self) -> bytes | None:
        self._taken.id = None
        # Idle consumers look often: without a lock first.
        if not self.queue_size():
            return None
        with self.db(commit=True) as cursor:
            cursor.execute(
                "select id, data, priority from task where queue = ?"
                " order by priority desc, id limit 1",
                (self.name,),
            )
            found = cursor.fetchone()
            if found is None:
                return None
            task, data, priority = found
            cursor.execute("delete from task where id = ?", (task,))
            cursor.execute(
                "insert into aside (queue, data, priority) values (?, ?, ?)",
                (self.name, data, priority),
            )
            self._taken.id = cursor.lastrowid
        return cast(bytes, data)

    def forget_taken(self) -> None:
        """The job that this thread has taken has ended."""
        taken = getattr(self._taken, "id", None)
        if taken is not None:
            self.sql("delete from aside where id = ?", (taken,), commit=True)
            self._taken.id = None

    def put_back(self) -> int:
        """Queue again what was taken and never ended; answers how many jobs that were."""
        with self.db(commit=True) as cursor:
            cursor.execute(
                "insert into task (queue, data, priority)"
                " select queue, data, priority from aside where queue = ? order by id",
                (self.name,),
            )
            count: int = cursor.rowcount
            cursor.execute("delete from aside where queue = ?", (self.name,))
        return count


class KeptHuey(SqliteHuey):  # type: ignore[misc]
    """Huey over that storage: a job has ended when it has a result, an error or an excuse."""

    storage_class = KeptStorage

    def dequeue(self) -> Task | None:
        try:
            return super().dequeue()
        except Exception:
            # Such as a job of a release that is gone: putting it back would not help it.
            self.storage.forget_taken()
            raise

    def execute(self, task: Task, timestamp: datetime | None = None) -> Any:
        result = super().execute(task, timestamp)
        if isinstance(self.storage, KeptStorage):
            self.storage.forget_taken()
        return result

    def put_back(self) -> int:
        return cast(int, self.storage.put_back())
