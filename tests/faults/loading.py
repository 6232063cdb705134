"""Users who read and write for a while, and what that leaves in memory."""

from __future__ import annotations

import http.client
import random
import statistics
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import psutil

from tests.background.running import Running
from tests.faults.books import clean, faults
from tests.faults.clerk import Answer, Clerk

PAGES = ("/", "/meetings/", "/actions/", "/documents/", "/people/", f"/search?q={quote('دیدار')}")
SHARE_OF_WRITES = 0.1
# Between two clicks, in seconds.
THINKING = (0.2, 1.5)
SAMPLES = 60
# Of the whole time; caches fill meanwhile.
WARMING_UP = 0.25
MOST_GROWTH = 0.05


@dataclass
class Watched:
    """What all processes of the product hold, now and then."""

    megabytes: list[float] = field(default_factory=list)
    files: list[int] = field(default_factory=list)
    threads: list[int] = field(default_factory=list)

    def look(self, running: Running) -> None:
        megabytes, files, threads = 0.0, 0, 0
        for process in running.family():
            try:
                with process.oneshot():
                    megabytes += process.memory_full_info().uss / 2**20
                    files += process.num_fds()
                    threads += process.num_threads()
            except psutil.Error:  # a renderer that was replaced
                continue
        self.megabytes.append(megabytes)
        self.files.append(files)
        self.threads.append(threads)

    def growth(self, of: list[float] | list[int]) -> float:
        """From the first third of what was seen to the last, as a share."""
        third = max(1, len(of) // 3)
        first, last = statistics.median(of[:third]), statistics.median(of[-third:])
        return round(last / first - 1, 4)


class User:
    """Somebody at work, who thinks between two clicks."""

    def __init__(self, clerk: Clerk, chance: random.Random) -> None:
        self.clerk = clerk
        self._chance = chance
        self.reads: list[float] = []
        self.writes: list[float] = []

    def work(self, over: threading.Event) -> None:
        while not over.wait(self._chance.uniform(*THINKING)):
            try:
                if self._chance.random() < SHARE_OF_WRITES:
                    work = self._chance.choice((self.clerk.log_meeting, self.clerk.keep_document))
                    self.writes.append(_seconds(work))
                else:
                    path = self._page()
                    self.reads.append(_seconds(lambda path=path: self.clerk.get(path)))
            except (OSError, http.client.HTTPException):
                continue  # the clerk has counted it

    def _page(self) -> str:
        if self.clerk.pages and self._chance.random() < 0.3:
            return self._chance.choice(self.clerk.pages)
        return self._chance.choice(PAGES)


def load(running: Running, users: int, seconds: float, chance: random.Random) -> dict[str, Any]:
    """Let them work; answers what they met and what grew."""
    crowd = [
        User(Clerk.of(running.url, running.port), random.Random(chance.random()))  # noqa: S311
        for _ in range(users)
    ]
    over = threading.Event()
    threads = [threading.Thread(target=user.work, args=(over,)) for user in crowd]
    for thread in threads:
        thread.start()
    watched = Watched()
    try:
        time.sleep(seconds * WARMING_UP)
        for _ in range(SAMPLES):
            time.sleep(seconds * (1 - WARMING_UP) / SAMPLES)
            watched.look(running)
    finally:
        over.set()
        for thread in threads:
            thread.join()
    met: Counter[int] = sum((user.clerk.met for user in crowd), Counter())
    found = faults(
        running.url, running.instance, [id_ for user in crowd for id_ in user.clerk.acknowledged]
    )
    errors = sum(count for status, count in met.items() if status not in (200, 303))
    growth = watched.growth(watched.megabytes)
    return {
        "seconds": seconds,
        "answers": {str(status): met[status] for status in sorted(met)},
        "reads_p95_ms": _p95([each for user in crowd for each in user.reads]),
        "writes_p95_ms": _p95([each for user in crowd for each in user.writes]),
        "megabytes": round(watched.megabytes[-1], 1),
        "growth": growth,
        "files_growth": watched.growth(watched.files),
        "threads_growth": watched.growth(watched.threads),
        **found,
        "good": errors == 0 and growth < MOST_GROWTH and found == clean(),
    }


def _seconds(work: Callable[[], Answer]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _p95(seconds: list[float]) -> float:
    ordered = sorted(seconds)
    return round(1000 * ordered[int(0.95 * len(ordered))], 1) if ordered else 0.0
