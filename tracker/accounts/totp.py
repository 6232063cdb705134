"""Codes of authenticator apps (RFC 6238): six digits that change every half minute.

A code is judged by the step it belongs to. One that fits no step near now may fit another clock:
then it is told how far that clock is off. What is told must not help who guesses: a code whose
time is still to come is spent by being told apart.
"""

from __future__ import annotations

import base64
import hmac
import secrets
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote, urlencode

STEP = 30
DIGITS = 6
NEAR = 1  # steps to either side of now: clocks differ a little, and typing takes its time
FAR = timedelta(hours=24)  # how far off a clock may be for the failure to say so


@dataclass(frozen=True, slots=True)
class Verdict:
    """Of one code: the step that it opens; or that it was used; or how far the clock that made it
    is ahead of ours, with the steps to come that it is spent for. All empty: simply wrong."""

    step: int | None = None
    was_used: bool = False
    ahead: timedelta | None = None
    spent: tuple[int, ...] = ()


def new_key() -> str:
    """160 bits in base32, as apps take it."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def grouped(key: str) -> str:
    """The key in groups of four, for whoever types it."""
    return " ".join(key[at : at + 4] for at in range(0, len(key), 4))


def address(key: str, account: str, issuer: str) -> str:
    """What the picture says to the app."""
    label = quote(f"{issuer}:{account}", safe="")
    query = urlencode({"secret": key, "issuer": issuer}, quote_via=quote)
    return f"otpauth://totp/{label}?{query}"


def bare(typed: str) -> str:
    """A code as it is judged: any digits as Latin ones, without spaces."""
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in typed if not sign.isspace())


def step_of(now: datetime) -> int:
    return int(now.timestamp()) // STEP


def code_at(key: str, step: int) -> str:
    return _code(base64.b32decode(key), step)


def judge(
    key: str, code: str, now: datetime, *, last: int | None = None, spent: Collection[int] = ()
) -> Verdict:
    """What this code is worth now; `last` is the step whose code was taken last."""
    raw, here = base64.b32decode(key), step_of(now)
    was_used = False
    for step in (here, *(here + side * near for near in range(1, NEAR + 1) for side in (-1, 1))):
        if _is_same(_code(raw, step), code):
            if step not in spent and (last is None or step > last):
                return Verdict(step=step)
            was_used = True
    return Verdict(was_used=True) if was_used else _of_another_clock(raw, code, here)


def _of_another_clock(raw: bytes, code: str, here: int) -> Verdict:
    far = int(FAR.total_seconds()) // STEP
    fits = [
        here + off
        for off in range(-far, far + 1)
        if abs(off) > NEAR and _is_same(_code(raw, here + off), code)
    ]
    if not fits:
        return Verdict()
    nearest = min(fits, key=lambda step: abs(step - here))
    ahead = timedelta(seconds=(nearest - here) * STEP)
    return Verdict(ahead=ahead, spent=tuple(step for step in fits if step > here))


def _code(raw: bytes, step: int) -> str:
    mac = hmac.digest(raw, step.to_bytes(8), "sha1")
    at = mac[-1] & 0xF
    number = int.from_bytes(mac[at : at + 4]) & 0x7FFF_FFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def _is_same(code: str, typed: str) -> bool:
    return hmac.compare_digest(code.encode(), typed.encode())
