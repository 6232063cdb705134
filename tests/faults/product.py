"""The running product, or the part of it that writes, under blows."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import psutil

from tests.background.running import ROOT, Running, eventually, is_gone, running
from tracker.background.parent import die_with_parent
from tracker.supervisor import FRUGAL, web_command

# One-click sign-in is beside the point here; no second factor for the clerks is not.
SETTINGS = {"TRACKER_DEMO": "1"}
RECOVERY_SECONDS = 30.0


class Serving(Running):
    """The web server alone, with one worker: all the writing, a quarter of the work to start."""

    def start(self) -> None:
        self.process = subprocess.Popen(
            [*web_command("127.0.0.1", self.port), "--workers", "1"],
            cwd=ROOT,
            env=FRUGAL | self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            preexec_fn=partial(die_with_parent, os.getpid()),
        )
        eventually(lambda: self.failing() == set(), 60)
        self.said = "ready"

    def failing(self) -> set[str]:
        """What is not well, the background process aside."""
        lacking = self.lacking()
        if not lacking.startswith("{"):
            return {lacking} - {""}
        checks = json.loads(lacking)["checks"]
        return {name for name, good in checks.items() if not good} - {"background"}


@contextmanager
def serving(instance: Path, url: str) -> Iterator[Serving]:
    started = Serving(instance, url, **SETTINGS)
    try:
        yield started
    finally:
        started.end()


@contextmanager
def product(instance: Path, url: str = "", **settings: str) -> Iterator[Running]:
    with running(instance, url, **SETTINGS, **settings) as started:
        yield started


def strike(struck: Running) -> None:
    """kill -9 of every process at once, while they write."""
    family = struck.family()
    struck.process.kill()
    for process in family:
        with suppress(psutil.NoSuchProcess):  # gone with its parent already
            process.kill()
    struck.process.wait()
    eventually(lambda: all(map(is_gone, family)))


def start_again(struck: Running) -> float:
    """Start what was struck down; answers after how many seconds it was ready."""
    begun = time.monotonic()
    struck.start_again()
    assert struck.said.startswith("ready")
    return time.monotonic() - begun
