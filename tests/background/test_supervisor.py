"""The product under its supervisor, as `script/server` leaves it: up, up again, and gone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.databases import migrate
from tests.ports import free_port
from tracker.supervisor import obstacle

ROOT = Path(__file__).resolve().parents[2]


class Running:
    """A supervisor with its children."""

    def __init__(self, instance: Path) -> None:
        self.port = free_port()
        url = f"sqlite:///{instance / 'peyvand.db'}"
        migrate(url)
        environment = os.environ | {
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "TRACKER_INSTANCE": str(instance),
            "TRACKER_DATABASE_URL": url,
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tracker.supervisor"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.said = self.process.stdout.readline()

    def family(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def child(self, module: str) -> psutil.Process:
        children = psutil.Process(self.process.pid).children()
        return next(child for child in children if runs(child, module))

    @property
    def is_ready(self) -> bool:
        return obstacle("127.0.0.1", self.port, f"127.0.0.1:{self.port}") == ""


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    started = Running(tmp_path)
    family = started.family() if started.process.poll() is None else []
    try:
        yield started
    finally:
        if started.process.poll() is None:
            family = started.family()
            started.process.kill()
        started.process.wait()
        assert started.process.stdout is not None
        started.process.stdout.close()
        for process in family:
            if process.is_running():
                process.kill()


def eventually(holds: Callable[[], bool], seconds: float = 15.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it never came about"
        time.sleep(0.05)


def runs(process: psutil.Process, module: str) -> bool:
    try:
        return module in process.cmdline()
    except psutil.Error:  # it ended meanwhile
        return False


def is_gone(process: psutil.Process) -> bool:
    """Ended, if perhaps not yet buried by whoever inherited it."""
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_up_and_up_again_and_gone_within_ten_seconds(running: Running, tmp_path: Path) -> None:
    assert running.said == f"ready http://127.0.0.1:{running.port}\n"
    assert running.is_ready
    assert len(running.family()) >= 4  # the server, its two workers, the background process

    refuses_a_taken_port(running, tmp_path)
    for module in ("granian", "tracker.worker"):
        comes_back_when_killed(running, module)

    family = running.family()
    running.process.send_signal(signal.SIGTERM)
    assert running.process.wait(timeout=10) == 0
    assert [process for process in family if not is_gone(process)] == []


def refuses_a_taken_port(running: Running, instance: Path) -> None:
    environment = os.environ | {
        "HOST": "127.0.0.1",
        "PORT": str(running.port),
        "TRACKER_INSTANCE": str(instance),
    }
    second = subprocess.run(
        [sys.executable, "-m", "tracker.supervisor"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert second.returncode == 1
    assert "is not free" in second.stdout
    assert running.is_ready


def comes_back_when_killed(running: Running, module: str) -> None:
    before = running.child(module)
    offspring = before.children(recursive=True)
    before.kill()
    eventually(lambda: all(is_gone(process) for process in [before, *offspring]))
    eventually(lambda: any(runs(child, module) for child in running.family()))
    eventually(lambda: running.is_ready)


def test_nothing_outlives_a_killed_supervisor(running: Running) -> None:
    family = running.family()
    running.process.kill()
    running.process.wait()
    eventually(lambda: all(is_gone(process) for process in family))
