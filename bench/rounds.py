"""Rounds: every question to every server in turn, again and again, and the median of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from bench.figures import Speed
from bench.load import Order
from bench.processes import Served, cpu_seconds

_WARM_UP_SECONDS = 0.7


@dataclass(frozen=True)
class Task:
    """One operation asked of one server."""

    name: str
    side: str
    served: Served
    order: Order
    database: int | None = None  # the process of a database server, counted apart


Speeds = dict[tuple[str, str], Speed]


def speeds(tasks: Sequence[Task], rounds: int, seconds: float) -> Speeds:
    """By the name of the operation and the side that answered."""
    for task in tasks:
        _once(task, _WARM_UP_SECONDS)
    seen: dict[tuple[str, str], list[Speed]] = defaultdict(list)
    for _ in range(rounds):
        for task in tasks:
            seen[task.name, task.side].append(_once(task, seconds))
    return {key: _median(each) for key, each in seen.items()}


def _once(task: Task, seconds: float) -> Speed:
    before = _spent(task)
    result = task.served.load(replace(task.order, seconds=seconds))
    own, database = (now - then for now, then in zip(_spent(task), before, strict=True))
    each = 1000 / result.requests
    return Speed(own * each, database * each, result.per_second, result.p50, result.p99)


def _spent(task: Task) -> tuple[float, float]:
    database = cpu_seconds(task.database) if task.database else 0.0
    return task.served.cpu_seconds(), database


def _median(each: Iterable[Speed]) -> Speed:
    columns = zip(*(vars(speed).values() for speed in each), strict=True)
    return Speed(*(median(column) for column in columns))
