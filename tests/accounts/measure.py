"""What signing in costs: a hash, what the time of an answer tells, and what a flood of tries does
to those who read meanwhile. `script/knock [hash|answers|flood]`"""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

import psutil
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete

from tests.ports import free_port
from tracker.accounts import services
from tracker.accounts.passwords import Keeper
from tracker.accounts.services import NewAccount
from tracker.app import create_app
from tracker.config import Settings
from tracker.domain.access import Role
from tracker.models.access import SignInTry
from tracker.models.engine import writing
from tracker.models.migrate import upgrade
from tracker.web.db import db

EMAIL, PASSWORD = "official@example.org", "quartz ladder onion fjord"
TRIES, SECONDS, A_SECOND = 200, 60.0, 50
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def main(wanted: list[str]) -> None:
    measures = {"hash": hashes, "answers": answers, "flood": flood}
    for name in wanted or measures:
        with TemporaryDirectory() as folder:
            line = json.dumps({"figure": name, **measures[name](Path(folder))})
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()


def made(folder: Path) -> Flask:
    """The product as it is served, over a database with one account."""
    settings = Settings.from_env({"TRACKER_INSTANCE": str(folder)})
    app = create_app(settings)
    with app.app_context(), writing():
        upgrade(db.engine)
        hashed = app.extensions["passwords"].hash(PASSWORD)
        wanted = NewAccount(EMAIL, "official", Role.OFFICIAL, hashed)
        services.create_account(db.session(), wanted, datetime.now(UTC))
    return app


def hashes(folder: Path) -> dict[str, float]:
    """Milliseconds of one password checked, as served."""
    keeper: Keeper = made(folder).extensions["passwords"]
    hashed = keeper.hash(PASSWORD)
    before = time.process_time()
    times = [taken(lambda: keeper.verify(PASSWORD, hashed)) for _ in range(21)]
    alone = 1000 * (time.process_time() - before) / len(times)
    return {"median_ms": round(median(times), 1), "of_a_core_ms": round(alone, 1)}


def answers(folder: Path) -> dict[str, float]:
    """The same wrong password at an account that exists and at one that does not, in turn; the
    count of tries is cleared in between."""
    app = made(folder)
    client = app.test_client()
    times: dict[str, list[float]] = {EMAIL: [], "nobody@example.org": []}
    for _ in range(TRIES):
        for email, kept in times.items():
            clear_tries(app)
            kept.append(taken(partial(attempt, client, email)))
    known, unknown = (median(each) for each in times.values())
    return {
        "known_ms": round(known, 2),
        "unknown_ms": round(unknown, 2),
        "difference_ms": round(abs(known - unknown), 2),
    }


def attempt(client: FlaskClient, email: str) -> None:
    token = token_in(client.get("/login").text)
    data = {"email": email, "password": "this is not the one", "csrf_token": token}
    assert client.post("/login", data=data).status_code == 422


def clear_tries(app: Flask) -> None:
    with app.app_context(), writing(), db.engine.begin() as connection:
        connection.execute(delete(SignInTry))


def flood(folder: Path) -> dict[str, float]:
    """Fifty tries a second for a minute, each at another account, while somebody reads."""
    made(folder)
    port = free_port()
    with served(folder, port) as process:
        reader, cookie = signed_in(port)
        before = megabytes(process)
        quiet = [read(reader, cookie) for _ in range(50)]
        statuses: dict[int, int] = {}
        knocking = threading.Thread(target=knock_on, args=(port, statuses))
        knocking.start()
        busy, memory = [], before
        while knocking.is_alive():
            busy.append(read(reader, cookie))
            memory = max(memory, megabytes(process))
            time.sleep(0.1)
        return {
            "tries": sum(statuses.values()),
            "pages": len(busy),
            "quiet_p95_ms": round(quantiles(quiet, n=20)[-1], 1),
            "busy_p95_ms": round(quantiles(busy, n=20)[-1], 1),
            "more_memory_mb": round(memory - before, 1),
            **{f"answered_{status}": many for status, many in sorted(statuses.items())},
        }


@contextmanager
def served(folder: Path, port: int) -> Iterator[psutil.Process]:
    """The product as it is started."""
    settings = {"TRACKER_INSTANCE": str(folder), "TRACKER_DEMO": "0", "PORT": str(port)}
    command = [sys.executable, "-m", "tracker.supervisor"]
    environment = {**os.environ, **settings, "HOST": "127.0.0.1"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline().startswith("ready ")
            yield psutil.Process(process.pid)
        finally:
            process.terminate()


def megabytes(process: psutil.Process) -> float:
    """The memory of all its processes, shared pages counted once."""
    below = process.children(recursive=True)
    return float(sum(each.memory_full_info().pss for each in below)) / 2**20


def knock_on(port: int, statuses: dict[int, int]) -> None:
    """One try after the other at a steady pace, whether or not those before are answered."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    token, cookie = opened(connection)
    knocking, began = [], time.monotonic()
    for n in range(int(SECONDS * A_SECOND)):
        time.sleep(max(0.0, began + n / A_SECOND - time.monotonic()))
        one = threading.Thread(target=knock, args=(port, n, token, cookie, statuses))
        one.start()
        knocking.append(one)
    for one in knocking:
        one.join()


def knock(port: int, n: int, token: str, cookie: str, statuses: dict[int, int]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        status = post(connection, f"{n}@example.org", "this is not the one", token, cookie).status
    except OSError:
        status = 0
    finally:
        connection.close()
    statuses[status] = statuses.get(status, 0) + 1


def signed_in(port: int) -> tuple[http.client.HTTPConnection, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    token, cookie = opened(connection)
    answer = post(connection, EMAIL, PASSWORD, token, cookie)
    assert answer.status == 303, answer.status
    return connection, cookie_of(answer)


def read(connection: http.client.HTTPConnection, cookie: str) -> float:
    def fetch() -> None:
        connection.request("GET", "/ties/", headers={"Cookie": cookie})
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200, answer.status

    return taken(fetch)


def opened(connection: http.client.HTTPConnection) -> tuple[str, str]:
    connection.request("GET", "/login")
    answer = connection.getresponse()
    return token_in(answer.read().decode()), cookie_of(answer)


def post(
    connection: http.client.HTTPConnection, email: str, password: str, token: str, cookie: str
) -> http.client.HTTPResponse:
    body = urlencode({"email": email, "password": password, "csrf_token": token})
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
    connection.request("POST", "/login", body, kind)
    answer = connection.getresponse()
    answer.read()
    return answer


def cookie_of(answer: http.client.HTTPResponse) -> str:
    found = [each for each in answer.headers.get_all("Set-Cookie") or [] if "peyvand=" in each]
    return found[0].partition(";")[0]


def token_in(page: str) -> str:
    found = TOKEN.search(page)
    assert found is not None
    return found[1]


def taken(call: Callable[[], object]) -> float:
    """The milliseconds that it takes."""
    began = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - began)


if __name__ == "__main__":
    os.environ.pop("TRACKER_DATABASE_URL", None)
    main(sys.argv[1:])
