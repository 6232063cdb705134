"""The background process (`python -m tracker.worker`), which the supervisor keeps running."""

from __future__ import annotations

import logging
import os
import time

from tracker.background.consumer import consume
from tracker.background.parent import die_with_parent
from tracker.background.queue import make_huey
from tracker.background.renderings import Renderings
from tracker.background.sweep import every_minute
from tracker.briefings.printing import print_job
from tracker.config import Settings


def main() -> None:
    die_with_parent(os.getppid())
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    settings = Settings.from_env()
    huey = make_huey(settings.instance)
    print_job(huey, settings.instance)
    renderings = Renderings(settings.instance)
    every_minute(huey, [lambda: renderings.sweep(time.time())])
    consume(huey, settings.instance)


if __name__ == "__main__":
    main()
