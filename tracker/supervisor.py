"""Serves: keeps the web server and the background process running, and ends them together.

Reads HOST, PORT, TRACKER_CERTIFICATE and TRACKER_CERTIFICATE_KEY; prints `ready http://…` (or
`https://…`) once the application says that it is.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import http.client
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from types import FrameType

from tracker.background.parent import die_with_parent

# Beside the package in a checkout, inside it once installed.
APPLICATION = "tracker._wsgi:app" if find_spec("tracker._wsgi") else "wsgi:app"
# Each thread would keep a store of memory of its own, and give nothing of it back.
FRUGAL = {"MALLOC_ARENA_MAX": "2"}
WEB_WORKERS = 2
# Threads add nothing under the interpreter's lock but patience: some may wait for a rendering.
WEB_THREADS = 8
# All has to be over ten seconds after the signal.
GRACE_SECONDS = 8.0
# It is up within a second or two; later than this, whoever waits is told what is lacking.
PATIENCE = 10.0
# A child that keeps dying is started again after ever longer pauses, up to this.
LONGEST_PAUSE = 30.0

_PR_SET_CHILD_SUBREAPER = 36


@dataclass
class Child:
    """A program that has to be running, in a process group of its own."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    pause: float = 0.0
    started_at: float = field(default=0.0)

    def start(self) -> None:
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603  the command is our own
            self.command,
            env={**FRUGAL, **os.environ},
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,  # our own standard output holds nothing but what we tell
            start_new_session=True,
            preexec_fn=functools.partial(die_with_parent, os.getpid()),
        )

    @property
    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def ask_to_end(self) -> None:
        """Both finish what they have begun before they go."""
        if self.process is not None and self.is_alive:
            self.process.terminate()

    def end_group(self) -> None:
        """End whatever is left of it and of the processes that it started."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def start_again_if_due(self) -> None:
        if self.is_alive:
            return
        lived = time.monotonic() - self.started_at
        self.pause = 0.0 if lived > LONGEST_PAUSE else self.pause
        if lived < self.pause:
            return
        self.end_group()
        tell(f"{self.name} ended; starting it again")
        self.pause = min(max(1.0, 2 * self.pause), LONGEST_PAUSE)
        self.start()


def tell(line: str) -> None:
    print(line, flush=True)  # noqa: T201  whoever started it reads this


def mutter(line: str) -> None:
    """What goes on meanwhile: nobody waits for it."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201


@dataclass(frozen=True)
class Certificate:
    """Two files with which the web server speaks TLS itself."""

    chain: str
    key: str


def web_command(host: str, port: int, certificate: Certificate | None = None) -> list[str]:
    tls = (
        ["--ssl-certificate", certificate.chain, "--ssl-keyfile", certificate.key]
        if certificate
        else []
    )
    return [
        sys.executable, "-m", "granian",
        "--interface", "wsgi",
        "--host", host,
        "--port", str(port),
        "--workers", str(WEB_WORKERS),
        "--blocking-threads", str(WEB_THREADS),
        "--workers-kill-timeout", "5",
        "--respawn-failed-workers",
        "--no-ws",
        "--log-level", "error",
        *tls,
        APPLICATION,
    ]  # fmt: skip


def obstacle(host: str, port: int, called: str, *, tls: bool) -> str:
    """What keeps the application, by the name it is `called`, from being ready; "" if nothing."""
    connection = (
        http.client.HTTPSConnection(host, port, timeout=5, context=_any_certificate())
        if tls
        else http.client.HTTPConnection(host, port, timeout=5)
    )
    try:
        connection.request("GET", "/readyz", headers={"Host": called})
        response = connection.getresponse()
        return "" if response.status == 200 else response.read(2000).decode(errors="replace")
    except (OSError, http.client.HTTPException) as error:
        return str(error)
    finally:
        connection.close()


def _any_certificate() -> ssl.SSLContext:
    """Our own child is asked, by an address that no certificate names."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def is_free(host: str, port: int) -> bool:
    """Whether nobody listens there. The web server would share the port without a word."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # A port whose last connections are still fading counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


class Supervisor:
    """Starts the children, watches them, ends them when it is told to end."""

    def __init__(
        self, host: str, port: int, called: str, certificate: Certificate | None = None
    ) -> None:
        self._host = host
        # An address that means "all of them" is not one to call.
        self._local = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
        self._port = port
        self._called = called or f"{self._local}:{port}"
        self._tls = certificate is not None
        scheme = "https" if self._tls else "http"
        self._address = f"{scheme}://{f'[{host}]' if ':' in host else host}:{port}"
        self._children = (
            Child("web server", web_command(host, port, certificate)),
            Child("background", [sys.executable, "-m", "tracker.worker"]),
        )
        self._ending = False

    def run(self) -> int:
        for ending in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(ending, self._end)
        # Grandchildren whose parent was killed become ours, and so can be waited for.
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        if not is_free(self._host, self._port):
            tell(f"{self._address} is not free")
            return 1
        try:
            for child in self._children:
                child.start()
            if not self._become_ready():
                return 0 if self._ending else 1
            while not self._ending:
                for child in self._children:
                    child.start_again_if_due()
                self._bury_orphans()
                time.sleep(0.2)
            return 0
        finally:
            self._end_children()

    def _become_ready(self) -> bool:
        started = time.monotonic()
        told = False
        while not self._ending:
            for child in self._children:
                if not child.is_alive:
                    tell(f"{child.name} could not start")
                    return False
            lacking = obstacle(self._local, self._port, self._called, tls=self._tls)
            if not lacking:
                tell(f"ready {self._address}")
                return True
            patient = time.monotonic() - started < PATIENCE
            if not patient and not told:
                mutter(f"not ready yet: {lacking.strip()}")
                told = True
            time.sleep(0.1 if patient else 1.0)
        return False

    def _end(self, _signal: int, _frame: FrameType | None) -> None:
        self._ending = True

    def _end_children(self) -> None:
        for child in self._children:
            child.ask_to_end()
        deadline = time.monotonic() + GRACE_SECONDS
        while any(child.is_alive for child in self._children) and time.monotonic() < deadline:
            time.sleep(0.05)
        for child in self._children:
            child.end_group()
        # What they had started has become ours by now, and ends unburied if we go first.
        while self._bury_orphans() and time.monotonic() < deadline + 1:
            time.sleep(0.02)

    def _bury_orphans(self) -> bool:
        """Take leave of adopted processes that have ended; whether anybody else is left."""
        own = {child.process.pid for child in self._children if child.process is not None}
        while True:
            try:
                # WNOWAIT only looks: a child's end must still be found by its own object.
                ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            except ChildProcessError:
                return False
            if ended is None or ended.si_pid in own:
                return True
            os.waitpid(ended.si_pid, 0)


def main() -> int:
    host = os.environ.get("HOST", "127.0.0.1")
    port = int(os.environ.get("PORT", "8000"))
    # An application that goes by certain names answers to no other.
    names = os.environ.get("TRACKER_TRUSTED_HOSTS", "").replace(",", " ").split()
    chain = os.environ.get("TRACKER_CERTIFICATE")
    key = os.environ.get("TRACKER_CERTIFICATE_KEY")
    certificate = Certificate(chain, key) if chain and key else None
    return Supervisor(host, port, names[0] if names else "", certificate).run()


if __name__ == "__main__":
    sys.exit(main())
