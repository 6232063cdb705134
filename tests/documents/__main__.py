"""`python -m tests.documents`: how long uploads take on a real server, and what they cost the web
workers in memory. One JSON line per figure."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

import psutil
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.background.running import Running, running
from tests.serving import open_session
from tests.storage import corpus
from tests.storage.cases import HOSTILE

LARGE = 24 * 2**20


def say(name: str, value: float, unit: str, **more: object) -> None:
    figure = {"figure": name, "value": round(value, 2), "unit": unit, **more}
    sys.stdout.write(json.dumps(figure) + "\n")


class Sender:
    """Somebody of the staff with a form and a file."""

    def __init__(self, server: Running) -> None:
        self._port = server.port
        self._cookie = f"peyvand={open_session(server.url, 'staff')}"
        page = self._ask("GET", "/documents/new")[1].decode()
        self._token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]  # type: ignore[index]

    def send(self, name: str, content: bytes) -> tuple[int, float]:
        """The status of the answer, and the seconds until it came."""
        fields = {"csrf_token": self._token, "kind": "other document", "level": "internal"}
        boundary, body = encode_multipart({**fields, "file": FileStorage(BytesIO(content), name)})
        begun = time.perf_counter()
        status, _ = self._ask(
            "POST", "/documents/new", body, f"multipart/form-data; boundary={boundary}"
        )
        return status, time.perf_counter() - begun

    def _ask(
        self, method: str, path: str, body: bytes | None = None, kind: str = ""
    ) -> tuple[int, bytes]:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=60)
        headers = {"Cookie": self._cookie} | ({"Content-Type": kind} if kind else {})
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, content


@contextmanager
def watched(processes: list[psutil.Process]) -> Iterator[list[float]]:
    """The largest resident megabytes of any of the processes, looked at while the block runs."""
    seen, over = [0.0], Event()

    def look() -> None:
        while not over.wait(0.01):
            seen[0] = max(seen[0], *(each.memory_info().rss / 2**20 for each in processes))

    watcher = Thread(target=look)
    watcher.start()
    try:
        yield seen
    finally:
        over.set()
        watcher.join()


def main() -> None:
    with TemporaryDirectory() as folder, running(Path(folder), TRACKER_DEMO="1") as server:
        while not server.is_ready:
            time.sleep(0.2)
        sender = Sender(server)
        for _ in range(6):
            sender.send("warm.txt", b"warm")
        workers = server.web_workers()
        before = max(each.memory_info().rss / 2**20 for each in workers)
        with watched(workers) as most:
            refuse(sender)
            take_in(sender)
        say("a web worker grows by", most[0] - before, "MiB", before=round(before))


def refuse(sender: Sender) -> None:
    answers = {case: sender.send(name, made()) for case, (name, made, _) in HOSTILE.items()}
    others = {case: status for case, (status, _) in answers.items() if status != 422}
    slowest = max(answers, key=lambda case: answers[case][1])
    say("hostile files refused", len(answers) - len(others), "files", others=others)
    say("slowest refusal", answers[slowest][1], "s", case=slowest)


def take_in(sender: Sender) -> None:
    sound = {
        "a text": ("a.txt", b"x" * LARGE),
        "a picture of A4 at 600 dpi": ("a.jpg", corpus.picture("JPEG", (4960, 7016))),
        "a Word file": ("a.docx", corpus.office(more={"word/media/a.bin": os.urandom(LARGE)})),
    }
    for case, (name, content) in sound.items():
        status, seconds = min(sender.send(name, content) for _ in range(3))
        say(f"taking in {case}", seconds, "s", status=status, kib=len(content) >> 10)


if __name__ == "__main__":
    main()
