"""One request as it goes over the line, for the application itself or for a real server."""

from __future__ import annotations

import http.client
import shlex
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any
from urllib.parse import unquote_to_bytes

from flask import Flask
from werkzeug.test import run_wsgi_app

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Shot:
    """`target` is the path and query, percent-encoded; nothing is added on the way."""

    role: str
    method: str
    target: str
    headers: Headers = ()
    body: bytes = b""

    def curl(self) -> str:
        """A line for a shell that sends it again; cookies are those of a signed-in browser."""
        parts = ["curl", "-i", "-X", self.method]
        for name, value in self.headers:
            if name.lower() != "cookie":
                parts += ["-H", f"{name}: {value[:300]}"]
        words = " ".join(map(shlex.quote, parts))
        if self.body:
            escaped = "".join(
                chr(b) if 32 <= b < 127 and b not in b"'\\" else f"\\x{b:02x}" for b in self.body
            )
            words += f" --data-binary $'{escaped[:4000]}'"
        return f"{words} {shlex.quote('http://127.0.0.1:8000' + self.target)}  # as {self.role}"


@dataclass(frozen=True)
class Answer:
    """`status` is 0 when the line was closed without one; names of headers are lower-case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")


def inside(app: Flask, shot: Shot) -> Answer:
    """Hand it to the application as a server would."""
    path, _mark, query = shot.target.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": shot.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_LENGTH": str(len(shot.body)) if shot.body or shot.method == "POST" else "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(shot.body),
        "wsgi.errors": StringIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "HTTP_HOST": "localhost",
    }
    for name, value in shot.headers:
        key = name.upper().replace("-", "_")
        known = key in ("CONTENT_TYPE", "CONTENT_LENGTH")
        environ[key if known else f"HTTP_{key}"] = value
    chunks, status, headers = run_wsgi_app(app, environ, buffered=True)
    return Answer(int(status.split()[0]), _lower(headers), b"".join(chunks))


def _lower(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """By lower-case name; of several cookies all are kept."""
    found: dict[str, str] = {}
    for name, value in headers:
        known = found.get(name.lower())
        found[name.lower()] = f"{known}, {value}" if known else value
    return found


def over_http(host: str, port: int, shot: Shot) -> Answer:
    """Send it over a connection of its own."""
    given = {name.lower() for name, _value in shot.headers}
    headers = list(shot.headers)
    if "host" not in given:
        headers.insert(0, ("Host", f"{host}:{port}"))
    if "content-length" not in given and "transfer-encoding" not in given and shot.body:
        headers.append(("Content-Length", str(len(shot.body))))
    head = f"{shot.method} {shot.target} HTTP/1.1\r\n" + "".join(
        f"{name}: {value}\r\n" for name, value in [*headers, ("Connection", "close")]
    )
    try:
        with socket.create_connection((host, port), timeout=20) as line:
            line.sendall(head.encode("latin-1", "replace") + b"\r\n" + shot.body)
            answer = http.client.HTTPResponse(line, method=shot.method)
            answer.begin()
            return Answer(answer.status, _lower(answer.getheaders()), answer.read())
    except (OSError, http.client.HTTPException):
        return Answer(0, {}, b"")
