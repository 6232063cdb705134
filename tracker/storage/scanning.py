"""Asks a virus scanner, where one is set up: clamd, over its socket."""

from __future__ import annotations

import logging
import socket
import struct
from pathlib import Path

from tracker.domain.documents import Scan

log = logging.getLogger(__name__)

SECONDS = 30
_AT_ONCE = 2**16
_MOST_ANSWER = 4096


def scanned(file: Path, clamd: Path | None) -> Scan:
    """What the scanner says; `unscanned` when there is none or it does not answer."""
    if clamd is None:
        return Scan.UNSCANNED
    try:
        answer = _ask(file, clamd)
    except OSError as error:
        log.error("the virus scanner did not answer: %s", error)
        return Scan.UNSCANNED
    if answer.endswith("OK"):
        return Scan.CLEAN
    if answer.endswith("FOUND"):
        return Scan.INFECTED
    log.error("the virus scanner answered %r", answer)
    return Scan.UNSCANNED


def _ask(file: Path, clamd: Path) -> str:
    """Stream the file, each block after its length, the last one empty."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as channel, file.open("rb") as content:
        channel.settimeout(SECONDS)
        channel.connect(str(clamd))
        channel.sendall(b"zINSTREAM\0")
        while block := content.read(_AT_ONCE):
            channel.sendall(struct.pack("!I", len(block)) + block)
        channel.sendall(struct.pack("!I", 0))
        answer = b""
        while len(answer) < _MOST_ANSWER and (more := channel.recv(_MOST_ANSWER)):
            answer += more
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")
