"""`python -m tests.hostile`: generated requests at every address, as every role, on a database of
its own; counts by status, and a line that sends the first one again that broke something."""

from __future__ import annotations

import argparse
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random

from flask import Flask
from sqlalchemy.orm import Session

from tests import attaching, build
from tests.databases import KINDS, PostgresServer, SqliteServer
from tests.hostile.attack import Attack, Outcome
from tests.hostile.city import City, Fire
from tests.hostile.shots import Shot, inside, over_http
from tests.releases.story import hand
from tests.serving import served
from tracker import demo, record
from tracker.bin import services
from tracker.models import Place
from tracker.record import removals
from tracker.web.db import db

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    """The address of a migrated database that ends with this."""
    if kind == "sqlite":
        yield SqliteServer(folder).copy()
    else:
        with closing(PostgresServer(folder)) as server:
            yield server.copy()


@contextmanager
def over_the_line(url: str, instance: Path, port: int) -> Iterator[Fire]:
    """The product as it is served, on the same database and with the same secrets."""
    environment = {
        **os.environ,
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "TRACKER_DATABASE_URL": url,
        "TRACKER_INSTANCE": str(instance),
        "TRACKER_DEMO": "1",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "tracker.supervisor"], cwd=ROOT, env=environment
    )
    try:
        for _ in range(200):
            time.sleep(0.1)
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2)
                break
            except OSError:
                continue
        yield partial(over_http, "127.0.0.1", port)
    finally:
        process.terminate()
        process.wait()


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def tell(kind: str, outcome: Outcome, seconds: float) -> bool:
    """Print what came of it; whether it is as it should be."""
    statuses = ", ".join(f"{code}: {n}" for code, n in sorted(outcome.statuses.items()))
    say(f"{kind}: {outcome.total} requests in {seconds:.0f} s: {statuses}")
    say(f"  accepted: {', '.join(f'{e} {n}' for e, n in sorted(outcome.accepted.items()))}")
    by_kind: dict[str, list[tuple[Shot, str]]] = defaultdict(list)
    for shot, traceback in outcome.crashes:
        by_kind[traceback.strip().rpartition("\n")[2]].append((shot, traceback))
    for kind, crashes in by_kind.items():
        shot, traceback = crashes[0]
        say(f"  {len(crashes)} × {kind}; the first:\n{shot.curl()}\n{traceback}")
    for number, (fault, shot) in enumerate(outcome.faults.items()):
        say(f"  wrong: {fault}")
        if number == 0:
            say(f"    {shot.curl()}")
    return not outcome.crashes and not outcome.faults


def main() -> int:
    parser = argparse.ArgumentParser(prog="script/hostile", description=__doc__)
    parser.add_argument("--requests", type=int, default=20_000, help="how many (20,000)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed draws the same (1)")
    parser.add_argument("--db", choices=[*KINDS, "both"], default="both")
    parser.add_argument("--http", action="store_true", help="at the real server, over HTTP")
    parser.add_argument("--port", type=int, default=8860, help="of that server (8860)")
    asked = parser.parse_args()
    logging.getLogger("tracker").propagate = False
    good = True
    for kind in KINDS if asked.db == "both" else (asked.db,):
        folder = Path(tempfile.mkdtemp(prefix="peyvand-hostile-"))
        try:
            with database(kind, folder) as url:
                started = time.monotonic()
                outcome = attack(url, folder / "instance", asked)
                good = tell(kind, outcome, time.monotonic() - started) and good
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    return 0 if good else 1


def attack(url: str, instance: Path, asked: argparse.Namespace) -> Outcome:
    instance.mkdir()
    with served(url, instance) as app:
        load(app)
        if not asked.http:
            return fire(app, url, partial(inside, app), asked)
        with over_the_line(url, instance, asked.port) as send:
            return fire(app, url, send, asked)


def load(app: Flask) -> None:
    """The demo story, and answers of 500 to count instead of exceptions."""
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with build.stored(app) as session:
        demo.load(session, build.NOW)
        _fill_bin(session)
        staff = build.account(session)
        attaching.document(session, staff)
        hand(session, build.tie(session, staff), build.organisation(session, staff, "Osh"))


def _fill_bin(session: Session) -> None:
    """Two places in the bin, old enough to be destroyed; of one somebody proposes that."""
    actor, long_ago = build.account(session), build.NOW - timedelta(days=3000)
    services.set_rules(session, actor, {Place.kind: 2}, services.version_of({}), build.NOW)
    places = [build.place(session, actor, "Old village") for _ in range(2)]
    with record.change(session, actor, long_ago, reason="Entered twice") as change:
        for place in places:
            removals.put_away(change, place)
    session.commit()
    meant = services.Meant(Place.kind, places[0].id, places[0].version)
    services.propose(session, actor, meant, "The law says so", build.NOW)


def fire(app: Flask, url: str, send: Fire, asked: argparse.Namespace) -> Outcome:
    with app.app_context():
        engine = db.engine
    city = City(app, url, engine, send, Random(asked.seed))  # noqa: S311  no secret is made of it
    return Attack(city).run(asked.requests)


if __name__ == "__main__":
    sys.exit(main())
