"""One renderer: a child process that prints one document at a time and can be killed.

A web thread never renders. The child is warm (library, styles, fonts), is killed at the deadline
of its document, and is replaced after a fixed number of them or when it has grown large.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Literal

from reports import frames

Reason = Literal["timeout", "too_large", "failed"]
REASONS: tuple[Reason, ...] = ("timeout", "too_large", "failed")

JOBS_PER_PROCESS = 200
# What a process has once held it seldom gives back.
LARGEST_RESIDENT = 500 * 2**20
START_SECONDS = 60.0


class RenderingFailed(Exception):
    """No document; `reason` says why in a word that a page or a log can act on."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason: Reason = reason
        self.detail = detail


class Renderer:
    """Owns one child. Not for several threads at once: each thread owns its own,
    and the child ends with the thread that started it."""

    def __init__(self, module: str = "reports.renderer") -> None:
        self._module = module
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None
        self._is_warm = False
        self._jobs = 0

    @property
    def pid(self) -> int | None:
        return None if self._process is None else self._process.pid

    def start(self) -> socket.socket:
        """Start and wait until it is warm, so that the first reader does not pay for it."""
        if self._process is None or self._process.poll() is not None:
            self._replace()
        assert self._channel is not None  # noqa: S101  it comes with the process
        if not self._is_warm:
            self._wait_until_warm(self._channel)
        return self._channel

    def render(self, facts_json: bytes, language: str, deadline: float) -> bytes:
        """The PDF, or RenderingFailed once `deadline` seconds have passed."""
        ends = time.monotonic() + deadline
        asked = {"language": language, "seconds": deadline}
        try:
            try:
                return self._ask(asked, facts_json, ends)
            except EOFError:
                # Somebody killed it, perhaps for want of memory: no fault of this document's.
                return self._ask(asked, facts_json, ends)
        except EOFError as error:
            raise RenderingFailed("failed", "the renderer died, and so did the next") from error
        except TimeoutError as error:
            self._replace()
            raise RenderingFailed("timeout", f"not done in {deadline:g} s") from error

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        if self._channel is not None:
            self._channel.close()
        self._process, self._channel = None, None

    def __enter__(self) -> Renderer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _ask(self, asked: dict[str, object], facts_json: bytes, ends: float) -> bytes:
        """The child's answer. EOFError if it has died, of nothing that the document has done."""
        channel = self.start()
        self._jobs += 1
        try:
            frames.send(channel, asked, facts_json, ends)
            answer, content = frames.receive(channel, ends)
        except (EOFError, ConnectionError) as error:
            if self._ended_by() == signal.SIGXCPU:
                raise TimeoutError from error
            raise EOFError from error
        if self._jobs >= JOBS_PER_PROCESS or answer["resident"] > LARGEST_RESIDENT:
            self._replace()
        if answer["answer"] == "pdf":
            return content
        raise RenderingFailed(_reason(answer["answer"]), answer.get("detail", ""))

    def _ended_by(self) -> int:
        """The signal that ended the child; it is given a moment, for its socket closes first."""
        process = self._process
        if process is None:
            return 0
        try:
            code = process.wait(1)
        except subprocess.TimeoutExpired:
            code = 0
        self.stop()
        return -code

    def _replace(self) -> None:
        """Another child in its stead, which gets warm while its owner has other things to do."""
        self.stop()
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603  a module of our own
                [sys.executable, "-P", "-m", self._module],
                env=_environment(),
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
            )
        self._channel, self._is_warm, self._jobs = ours, False, 0

    def _wait_until_warm(self, channel: socket.socket) -> None:
        try:
            frames.receive(channel, time.monotonic() + START_SECONDS)
        except (EOFError, OSError) as error:
            self.stop()
            raise RenderingFailed("failed", "the renderer did not start") from error
        self._is_warm = True


def _reason(said: str) -> Reason:
    return next((reason for reason in REASONS if reason == said), "failed")


def _environment() -> dict[str, str]:
    """Ours without our settings: the child has no business with database or secrets."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TRACKER_")}
    return kept | {"PYTHONPATH": str(Path(__file__).resolve().parents[1])}
