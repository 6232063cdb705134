"""What `script/soak` does: blows for as long as wanted, or a working day in a few minutes.

    kill   kill -9 of everything while clerks write and upload; then everything is counted
    full   the disks of the database and of the documents are filled, in turn, and emptied
    load   users who read and write; memory, files and threads of every process are watched

Prints one JSON line a round and one at the end. Exit 1 if anything was lost, half done, or in the
way for longer than it may be.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.background.running import Running, eventually
from tests.faults.books import clean, faults
from tests.faults.clerk import Answer, Clerk, busy
from tests.faults.loading import load
from tests.faults.product import RECOVERY_SECONDS, product, start_again, strike
from tests.faults.servers import Postgres, disk, postgres

READY_SECONDS = 5.0
CLERKS = 4
SMALL_MEGABYTES = 96


def tell(**said: object) -> None:
    print(json.dumps(said, ensure_ascii=False), flush=True)  # noqa: T201


@contextmanager
def _stood_up(database: str) -> Iterator[tuple[Running, Postgres | None]]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="peyvand-soak-")))
        server = stack.enter_context(postgres()) if database == "postgresql" else None
        yield stack.enter_context(product(folder, server.url if server else "")), server


def kill(asked: argparse.Namespace, chance: random.Random) -> bool:
    """Round after round on the same records, which grow."""
    good = True
    for database in asked.databases:
        with _stood_up(database) as (struck, server):
            good &= _killed(asked, chance, database, struck, server)
    return good


def _killed(
    asked: argparse.Namespace,
    chance: random.Random,
    database: str,
    struck: Running,
    server: Postgres | None,
) -> bool:
    acknowledged: list[Any] = []
    slowest, bad = 0.0, 0
    for number in range(1, asked.rounds + 1):
        clerks = [Clerk.of(struck.url, struck.port) for _ in range(CLERKS)]
        with busy(clerks) as work:
            eventually(lambda work=work: work.acknowledged >= CLERKS, 60)
            time.sleep(chance.uniform(0.1, 1.5))
            with_server = server is not None and chance.random() < 0.5
            if server is not None and with_server:
                server.strike(signal.SIGKILL)
            strike(struck)
        if server is not None and with_server:
            server.start()
        ready = start_again(struck)
        slowest = max(slowest, ready)
        acknowledged += [each for clerk in clerks for each in clerk.acknowledged]
        found = faults(struck.url, struck.instance, acknowledged)
        bad += found != clean()
        tell(
            what="kill",
            database=database,
            round=number,
            server_too=with_server,
            acknowledged=len(acknowledged),
            ready_seconds=round(ready, 2),
            **found,
        )
    tell(
        what="kill",
        database=database,
        seed=asked.seed,
        rounds=asked.rounds,
        acknowledged=len(acknowledged),
        bad_rounds=bad,
        slowest_ready_seconds=round(slowest, 2),
    )
    return bad == 0


def full(asked: argparse.Namespace, _chance: random.Random) -> bool:
    """One disk for the records, one for the documents, each filled in turn."""
    good = True
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="peyvand-soak-")))
        records = stack.enter_context(disk(folder / "records", SMALL_MEGABYTES))
        papers = stack.enter_context(disk(folder / "papers", SMALL_MEGABYTES))
        kept = papers.folder / "documents"
        struck = stack.enter_context(
            product(
                folder,
                f"sqlite:///{records.folder / 'peyvand.db'}",
                TRACKER_DOCUMENTS=str(kept),
            )
        )
        clerk = Clerk.of(struck.url, struck.port)
        clerk.log_meeting()
        for number in range(1, asked.rounds + 1):
            for what, filled, work in (
                ("records", records, clerk.log_meeting),
                ("documents", papers, clerk.keep_document),
            ):
                filled.fill()
                refused, read = work(), clerk.get(f"/meetings/{clerk.acknowledged[0]}")
                filled.make_room()
                seconds = _recovery(work)
                found = faults(struck.url, struck.instance, clerk.acknowledged, kept)
                good &= (refused.status, read.status) == (503, 200) and found == clean()
                good &= seconds < RECOVERY_SECONDS
                tell(
                    what="full",
                    disk=what,
                    round=number,
                    refused=refused.status,
                    retry_after=refused.headers.get("retry-after"),
                    read=read.status,
                    recovery_seconds=round(seconds, 2),
                    acknowledged=len(clerk.acknowledged),
                    **found,
                )
    return good


def _recovery(work: Callable[[], Answer]) -> float:
    begun = time.monotonic()
    eventually(lambda: work().made is not None, 2 * RECOVERY_SECONDS)
    return time.monotonic() - begun


def loaded(asked: argparse.Namespace, chance: random.Random) -> bool:
    good = True
    for database in asked.databases:
        with _stood_up(database) as (running, _server):
            found = load(running, asked.users, 60 * asked.minutes, chance)
            tell(what="load", database=database, seed=asked.seed, users=asked.users, **found)
            good &= found["good"]
    return good


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="script/soak", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("what", choices=["kill", "full", "load"])
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))  # noqa: S311
    asked = parser.parse_args()
    asked.databases = ("sqlite", "postgresql") if asked.database == "both" else (asked.database,)
    # Ended early, it takes along what it has started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    work = {"kill": kill, "full": full, "load": loaded}[asked.what]
    return 0 if work(asked, random.Random(asked.seed)) else 1  # noqa: S311


if __name__ == "__main__":
    sys.exit(main())
