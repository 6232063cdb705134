"""A virus scanner of the test's own, which speaks as clamd does and finds one sign."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

FOUND = b"a virus of the test"


@contextmanager
def listening(path: Path) -> Iterator[Path]:
    """Answers whoever asks at this socket, until the block ends."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(str(path))
        server.listen()
        answering = Thread(target=_answer_all, args=(server,))
        answering.start()
        try:
            yield path
        finally:
            server.shutdown(socket.SHUT_RDWR)
            answering.join()


def _answer_all(server: socket.socket) -> None:
    while True:
        try:
            asking, _ = server.accept()
        except OSError:  # the block has ended
            return
        with asking, asking.makefile("rb") as said:
            assert said.read(10) == b"zINSTREAM\0"
            content = b""
            while size := struct.unpack("!I", said.read(4))[0]:
                content += said.read(size)
            asking.sendall(b"stream: Test FOUND\0" if FOUND in content else b"stream: OK\0")
