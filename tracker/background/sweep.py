"""What is done each minute: lost jobs are asked for again, finished things are cleared away."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from huey import SqliteHuey, crontab

log = logging.getLogger(__name__)

Sweep = Callable[[], object]


def every_minute(huey: SqliteHuey, sweeps: Sequence[Sweep]) -> None:
    """Have the consumer run `sweeps` each minute; one that fails does not keep the rest back."""

    def sweep() -> None:
        for step in sweeps:
            try:
                step()
            except Exception:
                log.exception("a sweep failed")

    huey.periodic_task(crontab(minute="*"), name="sweep", expires=60)(sweep)
