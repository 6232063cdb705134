"""A load client: eight connections kept open, one thread, nothing but sockets.

`python -m bench.load` reads an Order as JSON from its standard input and prints a Result. Each
answer's status and a mark in its bytes are checked: speed without the right answer is none.
"""

from __future__ import annotations

import json
import selectors
import socket
import sys
import time
from dataclasses import asdict, dataclass, field
from itertools import count
from urllib.parse import urlencode
from uuid import uuid4

_BODY = b"\r\n\r\n"
_LENGTH = b"content-length:"


@dataclass(frozen=True)
class Order:
    """What to ask, in turn, for how long. `form` is posted; its title gets a number of its own."""

    port: int
    paths: list[str]
    seconds: float
    status: int = 200
    holds: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    form: dict[str, str] | None = None
    connections: int = 8


@dataclass(frozen=True)
class Result:
    """What came back: how many answers, how fast, in milliseconds, and how long the last was."""

    requests: int
    seconds: float
    p50: float
    p99: float
    bytes: int

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds


class WrongAnswer(Exception):
    """An answer with another status, or without what it has to hold."""


class _Connection:
    """One open connection, its question under way, and what has come of the answer."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received = bytearray()
        self.asked_at = 0.0
        self._wanted = 0

    def ask(self, question: bytes) -> None:
        self.received.clear()
        self._wanted = 0
        self.asked_at = time.perf_counter()
        self.socket.sendall(question)

    def is_answered(self) -> bool:
        """Take in what has come; whether that is all."""
        more = self.socket.recv(262_144)
        if not more:
            raise WrongAnswer("the connection was closed")
        self.received += more
        if not self._wanted:
            end = self.received.find(_BODY)
            if end < 0:
                return False
            head = bytes(self.received[:end]).lower()
            at = head.find(_LENGTH)
            length = int(head[at + len(_LENGTH) :].split(b"\r\n", 1)[0]) if at >= 0 else 0
            self._wanted = end + len(_BODY) + length
        return len(self.received) >= self._wanted


class _Questions:
    """The requests, ready to be sent, in turn."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._numbers = count()
        self._base = "".join(f"{name}: {value}\r\n" for name, value in order.headers.items())
        self._ready = [] if order.form else [self._get(path) for path in order.paths]

    def next(self) -> bytes:
        number = next(self._numbers)
        return self._ready[number % len(self._ready)] if self._ready else self._post(number)

    def _head(self, method: str, path: str) -> str:
        host = f"127.0.0.1:{self._order.port}"
        return f"{method} {path} HTTP/1.1\r\nHost: {host}\r\n{self._base}"

    def _get(self, path: str) -> bytes:
        return f"{self._head('GET', path)}\r\n".encode()

    def _post(self, number: int) -> bytes:
        form = dict(self._order.form or {})
        form["title"] = f"{form['title']} {number}"
        form["submission"] = str(uuid4())
        body = urlencode(form).encode()
        head = self._head("POST", self._order.paths[number % len(self._order.paths)])
        kind = "Content-Type: application/x-www-form-urlencoded\r\n"
        return f"{head}{kind}Content-Length: {len(body)}\r\n\r\n".encode() + body


def run(order: Order) -> Result:
    """Keep every connection busy until the time is over, and wait for what is under way."""
    questions = _Questions(order)
    took: list[float] = []
    size = 0
    with selectors.DefaultSelector() as selector:
        for _ in range(order.connections):
            connection = _Connection(order.port)
            selector.register(connection.socket, selectors.EVENT_READ, connection)
            connection.ask(questions.next())
        started = time.perf_counter()
        ending = started + order.seconds
        while selector.get_map():
            for key, _ in selector.select():
                answered: _Connection = key.data
                if not answered.is_answered():
                    continue
                now = time.perf_counter()
                took.append(now - answered.asked_at)
                size = len(answered.received)
                _check(order, answered.received)
                if now < ending:
                    answered.ask(questions.next())
                else:
                    selector.unregister(answered.socket)
                    answered.socket.close()
        seconds = time.perf_counter() - started
    took.sort()
    p50, p99 = (1000 * took[int(len(took) * share)] for share in (0.5, 0.99))
    return Result(len(took), seconds, p50, p99, size)


def _check(order: Order, received: bytearray) -> None:
    status = int(received[9:12])
    if status != order.status or order.holds.encode() not in received:
        raise WrongAnswer(bytes(received[:3000]).decode(errors="replace"))


def main() -> int:
    print(json.dumps(asdict(run(Order(**json.load(sys.stdin))))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
