"""Work that goes wrong, to be done by a renderer's child."""

from __future__ import annotations

import ctypes
import os
import time


def misbehave(facts_json: bytes, lang: str) -> bytes:
    if facts_json == b"hang":
        while True:
            time.sleep(0.01)
    if facts_json == b"hang in C":
        ctypes.CDLL(None).sleep(600)
    if facts_json == b"greedy":
        return bytes(2 * 1024**3)
    if facts_json == b"deep":
        return misbehave(b"deep", lang)
    if facts_json == b"wrong":
        raise ValueError("no such facts")
    if facts_json == b"die":
        os._exit(1)
    return b"%PDF of " + facts_json + str(os.getpid()).encode()


def never_starts(facts_json: bytes, lang: str) -> bytes:
    raise SystemExit(3)
