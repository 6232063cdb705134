"""A server under measurement: started as the product starts its own, its whole tree counted."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path

import psutil

from bench.load import Order, Result
from tracker.background.parent import die_with_parent
from tracker.supervisor import FRUGAL, web_command

ROOT = Path(__file__).resolve().parent.parent
_PATIENCE = 30.0
# What the PDF engine maps into a process that has it.
_ENGINE = ("pango", "harfbuzz")


class Served:
    """A running web server, and what it has cost."""

    def __init__(self, application: str, port: int, environment: Mapping[str, str]) -> None:
        self.port = port
        command = [*web_command("127.0.0.1", port)[:-1], application]
        self._process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**FRUGAL, **os.environ, **environment},
            stdin=subprocess.DEVNULL,
            preexec_fn=partial(die_with_parent, os.getpid()),
        )
        self._wait()

    def cpu_seconds(self) -> float:
        """What all its processes have used so far."""
        return cpu_seconds(self._process.pid)

    def load(self, order: Order) -> Result:
        """Let a process of its own ask, so that it does not count."""
        done = subprocess.run(
            [sys.executable, "-m", "bench.load"],
            cwd=ROOT,
            input=json.dumps(asdict(order)),
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(f"{order.paths[0]}: {done.stderr}")
        return Result(**json.loads(done.stdout))

    def pss_megabytes(self) -> float:
        """The memory of its workers, shared pages counted once; their parent only watches."""
        workers = _tree(self._process.pid)[1:]
        return float(sum(each.memory_full_info().pss for each in workers)) / 2**20

    def holds_engine(self) -> bool:
        """Whether any of its processes has mapped the PDF engine."""
        maps = (Path(f"/proc/{each.pid}/maps").read_text() for each in _tree(self._process.pid))
        return any(library in mapped for mapped in maps for library in _ENGINE)

    def end(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            for each in reversed(_tree(self._process.pid)):
                each.kill()
            self._process.wait()

    def _wait(self) -> None:
        deadline = time.monotonic() + _PATIENCE
        while time.monotonic() < deadline and self._process.poll() is None:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            try:
                connection.request("GET", "/empty")
                if connection.getresponse().status == 200:
                    return
            except (OSError, http.client.HTTPException):
                time.sleep(0.1)
            finally:
                connection.close()
        self.end()
        raise RuntimeError(f"nothing answers on port {self.port}")


def cpu_seconds(pid: int) -> float:
    """What a process and all below it have used so far."""
    times = [each.cpu_times() for each in _tree(pid)]
    return float(sum(spent.user + spent.system for spent in times))


def _tree(pid: int) -> list[psutil.Process]:
    root = psutil.Process(pid)
    return [root, *root.children(recursive=True)]
