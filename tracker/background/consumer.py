"""Runs the queue's consumer in this process until it is told to stop."""

from __future__ import annotations

import logging
from pathlib import Path

from tracker.background.heartbeat import Heart
from tracker.background.kept import KeptHuey

log = logging.getLogger(__name__)

THREADS = 2


def consume(huey: KeptHuey, instance: Path) -> None:
    """Take jobs out of the queue; SIGTERM lets running ones end, SIGINT does not wait."""
    consumer = huey.create_consumer(
        workers=THREADS,
        worker_type="thread",
        initial_delay=0.05,
        max_delay=0.2,
        shutdown_timeout=6,
        graceful_signal="TERM",
    )

    def at_work() -> bool:
        return all(thread.is_alive() for _, thread in consumer.worker_threads)

    lost = huey.put_back()
    if lost:
        log.warning("put back %d jobs that were under way when the last process ended", lost)
    heart = Heart(instance, at_work)
    heart.start()
    try:
        consumer.run()
    finally:
        heart.stop()
