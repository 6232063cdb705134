"""The background process (`python -m tracker.worker`), which the supervisor keeps running."""

from __future__ import annotations

import logging
import os
import time
from datetime import UTC, datetime

from tracker.background.consumer import consume
from tracker.background.files import Tidying
from tracker.background.parent import die_with_parent
from tracker.background.queue import make_huey
from tracker.background.renderings import Renderings
from tracker.background.sealing import Sealing
from tracker.background.soundness import Watch
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
    watch = Watch(settings.database_url, settings.instance)
    sealing = Sealing(
        settings.database_url, settings.instance, settings.secrets.audit_key.encode()
    )
    tidying = Tidying(
        settings.database_url,
        settings.documents_folder,
        settings.secrets.audit_key.encode(),
        settings.clamd,
    )
    every_minute(
        huey,
        [
            lambda: renderings.sweep(time.time()),
            watch,
            lambda: sealing.keep(datetime.now(UTC)),
            tidying,
        ],
    )
    consume(huey, settings.instance)


if __name__ == "__main__":
    main()
