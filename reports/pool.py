"""One renderer: a spawned process that prints one document at a time and can be killed.

A web thread never renders. The process is warm (library, styles, fonts), holds a bounded address
space, is replaced after a fixed number of documents and ends when its parent does.
"""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Literal

Reason = Literal["timeout", "too_large", "failed"]
REASONS: tuple[Reason, ...] = ("timeout", "too_large", "failed")

ADDRESS_SPACE = 1024**3
JOBS_PER_PROCESS = 200
START_SECONDS = 60.0
WARM = b""  # instead of facts: answer as soon as everything is loaded
_SPAWN = multiprocessing.get_context("spawn")

Work = Callable[[bytes, str], bytes]


class RenderingFailed(Exception):
    """No document; `reason` says why in a word that a page or a log can act on."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason: Reason = reason
        self.detail = detail


class Renderer:
    """Owns one child. Not for several threads at once: each thread owns its own."""

    def __init__(self, work: Work | None = None) -> None:
        self._work = work or print_briefing
        self._process: Any = None
        self._pipe: Connection | None = None
        self._jobs = 0

    @property
    def pid(self) -> int | None:
        return None if self._process is None else self._process.pid

    def start(self) -> Connection:
        """Spawn and wait until it is warm, so that the first reader does not pay for it."""
        if self._pipe is not None and self._process.is_alive():
            return self._pipe
        self.stop()
        return self._spawn()

    def render(self, facts_json: bytes, lang: str, deadline: float) -> bytes:
        """The PDF, or RenderingFailed once `deadline` seconds have passed."""
        ends = time.monotonic() + deadline
        if self._jobs >= JOBS_PER_PROCESS:
            self.stop()
        pipe = self.start()
        self._jobs += 1
        try:
            pipe.send((facts_json, lang))
            if not pipe.poll(max(0.0, ends - time.monotonic())):
                self.stop()
                raise RenderingFailed("timeout", f"not done in {deadline:g} s")
            answer = pipe.recv()
        except (EOFError, OSError) as error:
            self.stop()
            raise RenderingFailed("failed", "the renderer died") from error
        return _unwrapped(answer)

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        if self._pipe is not None:
            self._pipe.close()
        self._process, self._pipe, self._jobs = None, None, 0

    def __enter__(self) -> Renderer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _spawn(self) -> Connection:
        ours, theirs = _SPAWN.Pipe()
        process = _SPAWN.Process(target=_serve, args=(theirs, self._work), daemon=True)
        process.start()
        theirs.close()
        self._process, self._pipe, self._jobs = process, ours, 0
        try:
            if not ours.poll(START_SECONDS):
                raise EOFError
            ours.recv()
        except (EOFError, OSError) as error:
            self.stop()
            raise RenderingFailed("failed", "the renderer did not start") from error
        return ours


def _unwrapped(answer: tuple[str, Any]) -> bytes:
    kind, value = answer
    if kind == "pdf":
        return bytes(value)
    raise RenderingFailed(next((r for r in REASONS if r == kind), "failed"), str(value))


def _serve(pipe: Connection, work: Work) -> None:
    """The child: it reads jobs until the pipe closes, which it does when the parent is gone."""
    _end_with_parent()
    # Ctrl+C reaches the whole group; the parent decides when its child ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    work(WARM, "")
    _bound()
    pipe.send(("ready", None))
    while True:
        try:
            facts_json, lang = pipe.recv()
        except (EOFError, OSError):
            return
        pipe.send(_answer(work, facts_json, lang))


def _answer(work: Work, facts_json: bytes, lang: str) -> tuple[str, Any]:
    try:
        return "pdf", work(facts_json, lang)
    except (MemoryError, RecursionError) as error:
        return "too_large", type(error).__name__
    except Exception as error:
        return getattr(error, "reason", "failed"), f"{type(error).__name__}: {error}"


def _end_with_parent() -> None:
    """Linux only: a child that hangs in C code does not see its pipe close."""
    import ctypes

    set_death_signal = 1
    libc = ctypes.CDLL(None, use_errno=True)
    if hasattr(libc, "prctl"):
        libc.prctl(set_death_signal, signal.SIGKILL)


def _bound() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))


def print_briefing(facts_json: bytes, lang: str) -> bytes:
    """What the child does. The library is imported here only, never by the parent."""
    from reports import render
    from tracker.domain.briefings import from_json

    if facts_json == WARM:
        render.warm()
        return b""
    return render.briefing_pdf(from_json(facts_json), lang).data
