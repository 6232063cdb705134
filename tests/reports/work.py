"""A renderer's child whose work goes wrong (`python -m tests.reports.work`)."""

from __future__ import annotations

import ctypes
import os
import signal
import time
from pathlib import Path

from reports.renderer import serve


def misbehave(facts_json: bytes, language: str) -> bytes:
    if facts_json == b"hang":
        while True:
            time.sleep(0.01)
    if facts_json == b"hang in C":
        ctypes.CDLL(None).sleep(600)
    if facts_json == b"greedy":
        return bytes(2 * 1024**3)
    if facts_json == b"deep":
        return misbehave(b"deep", language)
    if facts_json == b"wrong":
        raise ValueError("no such facts")
    if facts_json == b"die":
        os._exit(1)
    if facts_json.startswith(b"die once "):
        been_here = Path(facts_json.removeprefix(b"die once ").decode())
        if not been_here.exists():
            been_here.touch()
            os._exit(1)
    if facts_json == b"burn":
        os.kill(os.getpid(), signal.SIGXCPU)
    if facts_json == b"settings":
        return str([name for name in os.environ if name.startswith("TRACKER_")]).encode()
    return b"%PDF of " + facts_json + str(os.getpid()).encode()


if __name__ == "__main__":
    serve(misbehave, lambda: None)
