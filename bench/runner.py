"""One run: databases, servers, rounds, figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.databases import Postgres, sqlite_copy
from bench.figures import FACTORS, GROWTH, MEMORY_MB, POSTGRES_FACTOR, SIGNED_IN_MS, Figure
from bench.processes import Served
from bench.questions import READS, questions
from bench.rounds import Speeds, Task, speeds
from bench.same_sql import write_down
from bench.sides import EMPTY, FOR_READERS, Baseline, Product

OPERATIONS = {
    "list": ("list", "list of all"),
    "detail": ("detail",),
    "search": ("search rare", "search common"),
    "create": ("create",),
}
SQLITE, POSTGRES, A = "sqlite", "postgresql", "A"


@dataclass(frozen=True)
class Options:
    """What to measure, how thoroughly, and where databases are kept."""

    what: frozenset[str]
    rows: int
    rounds: int
    seconds: float
    kept: Path
    port: int

    @property
    def operations(self) -> list[str]:
        """Those named; all of them where only what is compared by them is wanted."""
        named = [name for what, names in OPERATIONS.items() if what in self.what for name in names]
        return named or list(FACTORS)


def run(options: Options) -> Iterator[Figure]:
    """The figures, as they are there."""
    options.kept.mkdir(parents=True, exist_ok=True)
    if options.what - {"growth"}:
        with _Run(options) as started:
            yield from started.against_baseline()
    if "growth" in options.what:
        with _Run(options) as started:
            yield from started.growth()


class _Run:
    """What one comparison starts, ended with it."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._ending = ExitStack()

    def __enter__(self) -> _Run:
        folder = TemporaryDirectory(prefix="run-", dir=self._options.kept)
        self._folder = Path(self._ending.enter_context(folder))
        self._port = self._options.port
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.close()

    def against_baseline(self) -> Iterator[Figure]:
        """Each operation against A; the same on PostgreSQL; the memory of it all afterwards."""
        options, names = self._options, self._options.operations
        url = self._city(options.rows)
        product = self._product(url)
        asked = questions(url, options.rows)
        own, written_down = self._city(options.rows), self._folder / "statements.json"
        write_down(own, asked, written_down)
        baseline = Baseline(own, written_down, self._next_port(), self._ending)
        tasks = _empty(product, SQLITE)
        for name in names:
            tasks.append(Task(name, A, baseline.served, baseline.order(asked[name])))
            tasks.append(Task(name, SQLITE, product.served, product.order(asked[name])))
        if "postgres" in options.what:
            server = Postgres(options.kept)
            self._ending.callback(server.close)
            other = self._product(server.copy(options.rows))
            tasks += _empty(other, POSTGRES)
            tasks += [
                Task(name, POSTGRES, other.served, other.order(asked[name]), server.pid)
                for name in names
            ]
        seen = speeds(tasks, options.rounds, options.seconds)
        yield from _factors(seen, names)
        if "postgres" in options.what:
            yield from _beside_sqlite(seen, names)
        if "memory" in options.what:
            yield from _memory(product.served)

    def growth(self) -> Iterator[Figure]:
        """Each reading operation over ten and a hundred times the data."""
        tasks = []
        sizes = sorted({size for pair in GROWTH for size in pair})
        for size in sizes:
            url = self._city(size)
            product = self._product(url)
            asked = questions(url, size)
            tasks += [
                Task(name, str(size), product.served, product.order(asked[name])) for name in READS
            ]
        tasks.sort(key=lambda task: READS.index(task.name))
        seen = speeds(tasks, self._options.rounds, self._options.seconds)
        for name in READS:
            for fewer, more in pairwise(sizes):
                speed, before = seen[name, str(more)], seen[name, str(fewer)]
                must, goal = GROWTH[fewer, more]
                yield Figure(
                    f"{name}, {fewer:,} to {more:,}",
                    speed.cpu_ms,
                    "ms",
                    must,
                    goal,
                    ratio=speed.cpu_ms / before.cpu_ms,
                    baseline=before.cpu_ms,
                    seen=speed,
                )

    def _city(self, meetings: int) -> str:
        return sqlite_copy(self._options.kept, self._folder, meetings)

    def _product(self, url: str) -> Product:
        return Product(url, self._next_port(), self._folder / "instance", self._ending)

    def _next_port(self) -> int:
        self._port += 1
        return self._port - 1


def _empty(product: Product, side: str) -> list[Task]:
    return [
        Task(name, side, product.served, order) for name, order in product.empty_orders().items()
    ]


def _signed_in(seen: Speeds, side: str) -> float:
    """The price of being signed in."""
    return seen[FOR_READERS, side].cpu_ms - seen[EMPTY, side].cpu_ms


def _factors(seen: Speeds, names: Sequence[str]) -> Iterator[Figure]:
    price = _signed_in(seen, SQLITE)
    yield Figure("signed in", price, "ms", SIGNED_IN_MS[SQLITE], seen=seen[FOR_READERS, SQLITE])
    for name in names:
        speed, bare = seen[name, SQLITE], seen[name, A].cpu_ms
        factor = (speed.cpu_ms - price) / bare
        must, goal = FACTORS[name]
        yield Figure(name, speed.cpu_ms, "ms", must, goal, factor, bare, price, speed)


def _beside_sqlite(seen: Speeds, names: Sequence[str]) -> Iterator[Figure]:
    price = _signed_in(seen, POSTGRES)
    yield Figure("signed in, PostgreSQL", price, "ms", SIGNED_IN_MS[POSTGRES])
    for name in names:
        speed, before = seen[name, POSTGRES], seen[name, SQLITE].cpu_ms
        ratio = speed.cpu_ms / before
        yield Figure(
            f"{name}, PostgreSQL to SQLite",
            speed.cpu_ms,
            "ms",
            POSTGRES_FACTOR,
            ratio=ratio,
            baseline=before,
            seen=speed,
        )


def _memory(served: Served) -> Iterator[Figure]:
    yield Figure("memory of the web workers", served.pss_megabytes(), "MB", MEMORY_MB)
    yield Figure("PDF engines in them", float(served.holds_engine()), "", 0)
