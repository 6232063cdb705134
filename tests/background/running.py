"""The product under its supervisor, as `script/server` leaves it, and somebody who reads it."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import psutil

from reports.renderer import ADDRESS_SPACE
from tests import build
from tests.databases import migrate
from tests.ports import free_port
from tests.serving import open_session, served
from tracker.supervisor import obstacle

ROOT = Path(__file__).resolve().parents[2]


class Running:
    """A supervisor with its children, over an instance that outlives it."""

    process: subprocess.Popen[str]

    def __init__(self, instance: Path, url: str = "", **settings: str) -> None:
        self.instance = instance
        self.port = free_port()
        self.url = url or f"sqlite:///{instance / 'peyvand.db'}"
        self._settings = settings
        migrate(self.url)
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tracker.supervisor"],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self.process.stdout is not None
        self.said = self.process.stdout.readline()

    def start_again(self) -> None:
        """After its end, where it was."""
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.start()

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "TRACKER_INSTANCE": str(self.instance),
            "TRACKER_DATABASE_URL": self.url,
            **self._settings,
        }

    def family(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def child(self, module: str) -> psutil.Process:
        return next(each for each in self._children(self.process.pid) if runs(each, module))

    def web_workers(self) -> list[psutil.Process]:
        return self._children(self.child("granian").pid)

    def warm_renderers(self) -> list[psutil.Process]:
        """Those at work: once warm they bound their memory."""
        children = self._children(self.child("tracker.worker").pid)
        return [each for each in children if _is_bounded(each)]

    def lacking(self) -> str:
        """What keeps it from being ready; "" if nothing."""
        return obstacle("127.0.0.1", self.port, f"127.0.0.1:{self.port}", tls=False)

    @property
    def is_ready(self) -> bool:
        return self.lacking() == ""

    def end(self) -> None:
        """By force, whatever state it is in."""
        family = self.family() if self.process.poll() is None else []
        self.process.kill()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()
        for process in family:
            if process.is_running():
                process.kill()

    @staticmethod
    def _children(pid: int) -> list[psutil.Process]:
        return psutil.Process(pid).children()


@contextmanager
def running(instance: Path, url: str = "", **settings: str) -> Iterator[Running]:
    started = Running(instance, url, **settings)
    try:
        yield started
    finally:
        started.end()


def plant_tie(running: Running) -> UUID:
    """A tie with little to print."""
    with served(running.url, running.instance) as app, build.stored(app) as session:
        return build.tie(session, build.account(session)).id


def eventually(holds: Callable[[], bool], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it never came about"
        time.sleep(0.05)


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:  # it ended meanwhile
        return []


def _is_bounded(process: psutil.Process) -> bool:
    try:
        most, _ = process.rlimit(psutil.RLIMIT_AS)
    except psutil.Error:
        return False
    return bool(most == ADDRESS_SPACE)


def runs(process: psutil.Process, module: str) -> bool:
    return module in _command(process)


def is_gone(process: psutil.Process) -> bool:
    """Ended, if perhaps not yet buried by whoever inherited it."""
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    content: bytes
    seconds: float


@dataclass
class Reader:
    """Somebody who is signed in, and who tries again when told to or when the line breaks."""

    port: int
    token: str
    tie: UUID
    met: list[int] = field(default_factory=list)  # statuses; 0 for a broken line

    def get(self, path: str, language: str = "fa") -> Answer:
        begun = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": f"peyvand={self.token}", "Accept-Language": language}
        try:
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            content = response.read()
        except (OSError, http.client.HTTPException):
            self.met.append(0)
            raise
        finally:
            connection.close()
        self.met.append(response.status)
        answered = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status, answered, content, time.monotonic() - begun)

    def briefing(self, number: int) -> str:
        """Where a paper is that differs from that of any other number."""
        day = date(2026, 11, 1) - timedelta(days=number)
        return f"/ties/{self.tie}/briefing.pdf?as_of={day}"

    def patiently(self, path: str, seconds: float = 60.0) -> Answer:
        """The answer after as many tries as it takes."""
        ends = time.monotonic() + seconds
        while True:
            try:
                answer = self.get(path)
                if answer.status != 503 or time.monotonic() > ends:
                    return answer
                time.sleep(float(answer.headers["retry-after"]) / 10)
            except (OSError, http.client.HTTPException):
                if time.monotonic() > ends:
                    raise
                time.sleep(0.1)


def reader(running: Running, tie: UUID) -> Reader:
    return Reader(running.port, open_session(running.url, "official"), tie)
