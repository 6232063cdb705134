"""script/bench: measures the product beside the bare baseline, on a generated city, in one run.

CPU time of the servers' processes, the median of some rounds; exit 1 if a figure is missed.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import gettempdir

from bench.figures import record, table
from bench.runner import OPERATIONS, Options, run

QUICK = (*OPERATIONS, "postgres", "memory")
EVERYTHING = (*QUICK, "growth")


def _known(what: str) -> str:
    if what not in (*EVERYTHING, "all"):
        raise argparse.ArgumentTypeError(f"{what} is none of {', '.join(EVERYTHING)}, all")
    return what


def main() -> int:
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument(
        "what",
        nargs="*",
        type=_known,
        default=QUICK,
        help=f"{', '.join(EVERYTHING)} or all; without it, all but growth, which takes a while",
    )
    parser.add_argument("--rows", type=int, default=100_000, help="meetings; actions are 3 times")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2, help="of load, for each in each round")
    parser.add_argument(
        "--kept",
        type=Path,
        default=Path(gettempdir()) / "peyvand-bench",
        help="the folder in which generated databases are kept for the next run",
    )
    parser.add_argument("--port", type=int, default=8800, help="the first of three or four")
    parser.add_argument("--record", action="store_true", help="add the figures to the history")
    given = parser.parse_args()
    what = frozenset(EVERYTHING if "all" in given.what else given.what)
    options = Options(
        what, given.rows, given.rounds, given.seconds, given.kept.absolute(), given.port
    )
    figures = list(run(options))
    print(table(figures))
    if given.record:
        record(figures, given.rows)
    return 0 if all(figure.ok for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
