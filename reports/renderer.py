"""The renderer's child (`python -m reports.renderer`): prints what it is asked for, one by one.

It speaks through the socket that is its standard input. It knows neither database nor settings,
holds a bounded address space, and ends when its owner does.
"""

from __future__ import annotations

import ctypes
import math
import os
import resource
import signal
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from reports import frames

ADDRESS_SPACE = 1024**3
_PR_SET_PDEATHSIG = 1

Work = Callable[[bytes, str], bytes]


def serve(work: Work, warm: Callable[[], object]) -> None:
    """Answer until the socket closes, which it does when the owner is gone."""
    _end_with_owner()
    # Ctrl+C reaches the whole group; the owner decides when its child ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warm()
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    # A dump of its memory would hold the facts.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with socket.socket(fileno=os.dup(0)) as channel:
        frames.send(channel, {"answer": "ready"})
        while True:
            try:
                asked, facts_json = frames.receive(channel)
                _bound_cpu(asked["seconds"])
                head, content = _answer(work, facts_json, asked["language"])
                frames.send(channel, {**head, "resident": _resident()}, content)
            except (EOFError, ConnectionError):
                return


def _answer(work: Work, facts_json: bytes, language: str) -> tuple[dict[str, Any], bytes]:
    try:
        return {"answer": "pdf"}, work(facts_json, language)
    except (MemoryError, RecursionError) as error:
        return {"answer": "too_large", "detail": type(error).__name__}, b""
    except Exception as error:
        reason = getattr(error, "reason", "failed")
        return {"answer": reason, "detail": f"{type(error).__name__}: {error}"}, b""


def _end_with_owner() -> None:
    """Linux only: a child that hangs in C code does not see its socket close."""
    libc = ctypes.CDLL(None, use_errno=True)
    if hasattr(libc, "prctl"):
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _bound_cpu(seconds: float) -> None:
    """Processor time for one document: it ends even if its owner has stopped looking."""
    spent = resource.getrusage(resource.RUSAGE_SELF)
    most = math.ceil(spent.ru_utime + spent.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))


def _resident() -> int:
    """The memory that it holds, in bytes. Not `ru_maxrss`: a child begins with its parent's."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()


def print_briefing(facts_json: bytes, language: str) -> bytes:
    # The engine is loaded by the child at work, not by whoever reads this module.
    from reports import render
    from tracker.domain.briefings import from_json

    return render.briefing_pdf(from_json(facts_json), language).data


def warm_engine() -> None:
    from reports import render

    render.warm()


if __name__ == "__main__":
    serve(print_briefing, warm_engine)
