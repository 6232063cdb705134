"""What `script/break` does: kills at random under load, then a count of what was lost.

Exit 1 if a paper was not delivered, a job lost, an orphan left, or a 5xx other than 503 seen.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from tests.background.queued import is_made, put_in_queue
from tests.background.running import (
    Reader,
    Running,
    eventually,
    is_gone,
    plant_tie,
    reader,
    running,
)

PAGES = ("/", "/ties/", "/meetings/", "/actions/")
READERS_OF_PAGES, READERS_OF_PAPERS = 3, 2
VICTIMS = ("renderer", "background", "web worker", "web server", "supervisor")


class Breaking:
    """Readers who read, somebody who kills, and their books."""

    def __init__(self, product: Running, chance: random.Random) -> None:
        self._product = product
        self._chance = chance
        self._reader = reader(product, plant_tie(product))
        self._numbers = count()
        self._over = threading.Event()
        self._delivered: Counter[bool] = Counter()
        self._kills: Counter[str] = Counter()
        self._queued: list[str] = []
        self._orphans = 0

    def run(self, seconds: float) -> dict[str, object]:
        ends = time.monotonic() + seconds
        with ThreadPoolExecutor() as crowd:
            reading = [crowd.submit(self._read_pages) for _ in range(READERS_OF_PAGES)]
            reading += [crowd.submit(self._read_papers) for _ in range(READERS_OF_PAPERS)]
            try:
                while time.monotonic() < ends:
                    self._queued.append(
                        put_in_queue(self._product, self._reader, next(self._numbers))
                    )
                    time.sleep(self._chance.uniform(0, 4))
                    self._kill(self._chance.choice(VICTIMS))
            finally:
                self._over.set()
            for each in reading:
                each.result()
        with contextlib.suppress(AssertionError):
            eventually(lambda: not self._lost(), 120)
        return self._books()

    def _read_pages(self) -> None:
        while not self._over.is_set():
            self._note(self._reader, random.choice(PAGES))  # noqa: S311  any will do
            time.sleep(0.02)

    def _read_papers(self) -> None:
        while not self._over.is_set():
            self._note(self._reader, self._reader.briefing(next(self._numbers)))

    def _note(self, reader: Reader, path: str) -> None:
        self._delivered[reader.patiently(path).status == 200] += 1

    def _kill(self, kind: str) -> None:
        victim = self._victim(kind)
        if victim is None:
            return  # the last blow has not been got over yet
        self._kills[kind] += 1
        family = self._product.family()
        victim.kill()
        if kind == "supervisor":
            self._product.process.wait()
            with contextlib.suppress(AssertionError):
                eventually(lambda: all(map(is_gone, family)), 15)
            self._orphans += sum(not is_gone(each) for each in family)
            self._product.start_again()

    def _victim(self, kind: str) -> psutil.Process | None:
        product = self._product
        try:
            if kind == "supervisor":
                return psutil.Process(product.process.pid)
            if kind == "background":
                return product.child("tracker.worker")
            if kind == "web server":
                return product.child("granian")
            several = product.web_workers() if kind == "web worker" else product.warm_renderers()
            return self._chance.choice(several)
        except (StopIteration, IndexError, psutil.Error):
            return None

    def _lost(self) -> list[str]:
        return [key for key in self._queued if not is_made(self._product, key)]

    def _books(self) -> dict[str, object]:
        met = Counter(self._reader.met)
        return {
            "kills": dict(self._kills),
            "answers": {str(status): met[status] for status in sorted(met) if status},
            "broken lines": met[0],
            "delivered": self._delivered[True],
            "not delivered": self._delivered[False],
            "jobs": len(self._queued),
            "jobs lost": len(self._lost()),
            "orphans": self._orphans,
            "5xx other than 503": sum(met[status] for status in met if status >= 500) - met[503],
        }


def main() -> int:
    parser = argparse.ArgumentParser(prog="script/break", description=__doc__)
    parser.add_argument("seconds", nargs="?", type=float, default=120.0)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))  # noqa: S311
    asked = parser.parse_args()
    with TemporaryDirectory(prefix="peyvand-broken-") as folder, running(Path(folder)) as product:
        books = Breaking(product, random.Random(asked.seed)).run(asked.seconds)  # noqa: S311
    print(json.dumps({"seed": asked.seed, "seconds": asked.seconds, **books}))  # noqa: T201
    bad = ("not delivered", "jobs lost", "orphans", "5xx other than 503")
    return 1 if any(books[each] for each in bad) else 0


if __name__ == "__main__":
    sys.exit(main())
