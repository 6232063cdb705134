"""Figures, what they must be, what they are meant to become, and the history they are kept in."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

HISTORY = Path(__file__).with_name("history.jsonl")

# k in k × A + S, by operation: what it must not exceed, and the goal.
FACTORS = {
    "list": (3.5, 2.5),
    "list of all": (3.5, 2.5),
    "detail": (6.0, 4.0),
    "search rare": (4.0, 2.5),
    "search common": (4.0, 2.5),
    "create": (3.0, 2.0),
}
SIGNED_IN_MS = {"sqlite": 0.5, "postgresql": 1.0}
POSTGRES_FACTOR = 1.5
GROWTH = {(10_000, 100_000): (1.3, 1.2), (100_000, 1_000_000): (1.7, 1.3)}
MEMORY_MB = 250.0


@dataclass(frozen=True)
class Speed:
    """Of one operation on one server: CPU in milliseconds for a request, of the web server and of
    a database server beside it, and what a client saw."""

    cpu_ms: float
    database_ms: float
    per_second: float
    p50: float
    p99: float


@dataclass(frozen=True)
class Figure:
    """One figure. `ratio` is what `must` bounds where it is given, else `value` is; `baseline` is
    what it is held against: A, the other database, or the same with less data."""

    name: str
    value: float
    unit: str
    must: float
    goal: float | None = None
    ratio: float | None = None
    baseline: float | None = None
    signed_in: float | None = None
    seen: Speed | None = None

    @property
    def ok(self) -> bool:
        return (self.value if self.ratio is None else self.ratio) <= self.must


_HEAD = (
    "figure", "value", "against", "S", "ratio", "must", "goal", "", "r/s", "p50 ms", "p99 ms",
    "database ms",
)  # fmt: skip


def table(figures: Iterable[Figure]) -> str:
    """The figures for people, one a line."""
    rows = [_HEAD, *(_row(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if column else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def _row(figure: Figure) -> tuple[str, ...]:
    seen = figure.seen
    return (
        figure.name,
        f"{figure.value:.2f} {figure.unit}",
        _number(figure.baseline),
        _number(figure.signed_in),
        _number(figure.ratio),
        _number(figure.must),
        _number(figure.goal),
        "ok" if figure.ok else "MISSED",
        f"{seen.per_second:.0f}" if seen else "",
        f"{seen.p50:.1f}" if seen else "",
        f"{seen.p99:.1f}" if seen else "",
        f"{seen.database_ms:.2f}" if seen and seen.database_ms else "",
    )


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def record(figures: Iterable[Figure], meetings: int) -> None:
    """Add the figures to the history, with what they were measured on."""
    run = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _commit(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "meetings": meetings,
    }
    with HISTORY.open("a", encoding="utf-8") as history:
        for figure in figures:
            line = {**run, **_rounded(asdict(figure)), "ok": figure.ok}
            history.write(json.dumps(line) + "\n")


def _rounded(values: dict[str, object]) -> dict[str, object]:
    return {
        name: round(value, 3)
        if isinstance(value, float)
        else _rounded(value)
        if isinstance(value, dict)
        else value
        for name, value in values.items()
    }


def _commit() -> str:
    """The commit measured, with a plus when something had been changed since."""
    here = Path(__file__).parent
    asked = (["git", "rev-parse", "--short", "HEAD"], ["git", "status", "--porcelain"])
    head, changed = (
        subprocess.run(command, cwd=here, capture_output=True, text=True).stdout.strip()
        for command in asked
    )
    return f"{head}+" if changed else head
