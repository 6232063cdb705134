"""What a renderer and its owner say to each other: a JSON head and bytes, each with its length."""

from __future__ import annotations

import json
import socket
import struct
import time
from collections.abc import Mapping
from typing import Any

_LENGTHS = struct.Struct(">II")
# No paper is as long; a child gone wrong must not fill its owner's memory.
LONGEST = 256 * 2**20


def send(
    channel: socket.socket, head: Mapping[str, Any], body: bytes = b"", ends: float | None = None
) -> None:
    """One frame; TimeoutError once the monotonic clock is past `ends`."""
    packed = json.dumps(head).encode()
    _wait_until(channel, ends)
    channel.sendall(_LENGTHS.pack(len(packed), len(body)) + packed + body)


def receive(channel: socket.socket, ends: float | None = None) -> tuple[dict[str, Any], bytes]:
    """The next frame; EOFError when nobody is left at the other end."""
    head_length, body_length = _LENGTHS.unpack(_exactly(channel, _LENGTHS.size, ends))
    head: dict[str, Any] = json.loads(_exactly(channel, head_length, ends))
    return head, _exactly(channel, body_length, ends)


def _exactly(channel: socket.socket, count: int, ends: float | None) -> bytes:
    if count > LONGEST:
        raise EOFError("that is no frame")
    content = bytearray()
    while len(content) < count:
        _wait_until(channel, ends)
        part = channel.recv(min(count - len(content), 2**20))
        if not part:
            raise EOFError
        content += part
    return bytes(content)


def _wait_until(channel: socket.socket, ends: float | None) -> None:
    # Zero would mean: do not wait at all, not even for what is there.
    channel.settimeout(None if ends is None else max(0.001, ends - time.monotonic()))
