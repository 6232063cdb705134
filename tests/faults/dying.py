"""A command that kills itself in the middle: `python -m tests.faults.dying upgrade URL 40`.

`upgrade` dies when it is about to make its Nth statement, `backup` when its progress has been told
of N times. Ends quietly when there were not that many.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from sqlalchemy import event

from tracker.backup.making import make_backup
from tracker.config import Settings
from tracker.models.engine import make_engine
from tracker.models.migrate import upgrade


class Fate:
    """Death at the Nth step."""

    def __init__(self, steps: int) -> None:
        self._steps = count(1)
        self._last = steps

    def step(self, *_: object) -> None:
        if next(self._steps) == self._last:
            os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    what, where, steps = sys.argv[1:]
    fate = Fate(int(steps))
    if what == "upgrade":
        engine = make_engine(where)
        event.listen(engine, "before_cursor_execute", fate.step)
        upgrade(engine)
    else:
        settings = Settings.from_env()
        folder = Path(where)
        make_backup(settings, folder, datetime.now(UTC), with_secrets=False, progress=fate.step)


if __name__ == "__main__":
    main()
