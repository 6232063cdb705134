"""Between whoever wants a paper and whoever makes it: the job, its key, and the wait for it.

Web threads only ask and wait; the renderer is owned by a thread of the background process.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from huey import SqliteHuey
from huey.exceptions import HueyException

from reports.pool import Renderer, RenderingFailed
from tracker.background.queue import AWAITED, make_huey
from tracker.background.renderings import Renderings, key_of
from tracker.background.threads import PerThread
from tracker.domain.briefings import Briefing, canonical

SECONDS = 10.0
# A worker has eight threads; two may wait for paper, the others go on answering.
WAITING = 2


class NotPrinted(Exception):
    """No paper was made. `reason` is one of: busy, timeout, too_large, failed."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Print:
    """A finished paper, the key that names its content, and what a browser calls the file."""

    key: str
    file_name: str
    content: bytes


# What makes facts of records, words of facts and a paper of words.
_MADE_BY = (
    "reports",
    "tracker.briefings",
    "tracker.domain",
    "tracker.lang",
    "tracker.models",
    "tracker.record",
)


@cache
def edition() -> str:
    """What a paper depends on beside the records: our code and words, and the engine."""
    digest = hashlib.sha256()
    for library in ("weasyprint", "pydyf", "fonttools"):
        digest.update(version(library).encode())
    for package in _MADE_BY:
        for name, content in sorted(_sources(files(package))):
            digest.update(name.encode() + content)
    return digest.hexdigest()


def _sources(folder: Traversable) -> list[tuple[str, bytes]]:
    found = []
    for entry in folder.iterdir():
        if entry.is_dir():
            found += _sources(entry)
        elif not entry.name.endswith(".pyc"):
            found.append((entry.name, entry.read_bytes()))
    return found


def paper_key(facts: bytes, language: str) -> str:
    return key_of(facts.decode(), language, edition())


def print_job(huey: SqliteHuey, instance: Path) -> Any:
    """The job as both processes know it: makes the paper, files it, answers what went wrong."""
    renderings = Renderings(instance)
    renderers = PerThread(huey, "renderer", Renderer, Renderer.stop)

    @huey.on_startup("warm the renderer")  # type: ignore[untyped-decorator]
    def warm() -> None:
        # Each thread of the consumer loads its engine before anybody waits for a paper.
        renderers.get().start()

    @huey.task(name="print_briefing", priority=AWAITED, expires=SECONDS)  # type: ignore[untyped-decorator]
    def print_briefing(facts: str, language: str, key: str) -> str:
        try:
            content = renderers.get().render(facts.encode(), language, SECONDS)
        except RenderingFailed as failure:
            return failure.reason
        renderings.write(key, content)
        return ""

    return print_briefing


class Printer:
    """The web process's side: one for each application."""

    def __init__(self, instance: Path, huey: SqliteHuey | None = None) -> None:
        self._renderings = Renderings(instance)
        self._job = print_job(huey or make_huey(instance), instance)
        self._waiting = BoundedSemaphore(WAITING)

    def at_hand(self, quick_key: str) -> Print | None:
        """The paper that was made under this quick key, if it is still on the shelf."""
        known = self._renderings.read(quick_key)
        if known is None:
            return None
        key, file_name = json.loads(known)
        content = self._renderings.read(key)
        return None if content is None else Print(key, file_name, content)

    def print(self, briefing: Briefing, language: str, file_name: str, quick_key: str) -> Print:
        """The paper, from the shelf or made now; NotPrinted after ten seconds at the latest."""
        facts = canonical(briefing)
        key = paper_key(facts, language)
        content = self._renderings.read(key)
        if content is None:
            self._make(facts, language, key)
            content = self._renderings.read(key)
        if content is None:
            raise NotPrinted("failed")
        self._renderings.write(quick_key, json.dumps([key, file_name]).encode())
        return Print(key, file_name, content)

    def _make(self, facts: bytes, language: str, key: str) -> None:
        if not self._waiting.acquire(blocking=False):
            raise NotPrinted("busy")
        try:
            answer = self._job(facts.decode(), language, key).get(
                blocking=True, timeout=SECONDS, backoff=1, max_delay=0.05
            )
        except HueyException as error:
            raise NotPrinted("timeout") from error
        finally:
            self._waiting.release()
        if answer is None:
            raise NotPrinted("timeout")
        if answer:
            raise NotPrinted(answer)
