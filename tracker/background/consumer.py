"""Runs the queue's consumer in this process until it is told to stop."""

from __future__ import annotations

from pathlib import Path

from huey import SqliteHuey

from tracker.background.heartbeat import Heart

THREADS = 2


def consume(huey: SqliteHuey, instance: Path) -> None:
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

    heart = Heart(instance, at_work)
    heart.start()
    try:
        consumer.run()
    finally:
        heart.stop()
