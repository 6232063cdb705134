"""Clerks who work over HTTP without a pause, and keep what was acknowledged."""

from __future__ import annotations

import http.client
import re
import threading
from collections import Counter
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID, uuid4

from tests.serving import open_session
from tracker.config import Secrets

_CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_MADE = re.compile(r"/(?:meetings|documents)/([0-9a-f-]{36})$")
_FORM = "application/x-www-form-urlencoded"
_BOUNDARY = "between-two-fields"


@dataclass(frozen=True)
class Answer:
    status: int
    text: str
    headers: dict[str, str]

    @property
    def made(self) -> UUID | None:
        """The object that was acknowledged, if one was."""
        found = _MADE.search(self.headers.get("location", "")) if self.status == 303 else None
        return UUID(found[1]) if found else None


@dataclass
class Clerk:
    """Somebody of the staff, in one language."""

    port: int
    token: str
    language: str = "fa"
    csrf: str = ""
    acknowledged: list[UUID] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)  # of what was acknowledged
    met: Counter[int] = field(default_factory=Counter)  # statuses; 0 for a broken line

    @classmethod
    def of(cls, url: str, port: int, language: str = "fa") -> Clerk:
        return cls(port, open_session(url, "staff"), language)

    @classmethod
    def of_nobody(cls, port: int) -> Clerk:
        """A session that no database has to be asked to open; it opens nothing."""
        return cls(port, "s" + "x" * 43)

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def log_meeting(self) -> Answer:
        """One meeting with an action: two objects, their parts, search entries, audit entries."""
        form = self._form() | {
            "title": "دیدار",
            "held_on": "2026-11-20",
            "kind": "courtesy call",
            "state": "held",
            "level": "internal",
            "actions-0-text": "پیگیری",
        }
        answer = self._ask("POST", "/meetings/new", urlencode(form).encode(), _FORM)
        return self._noted(answer)

    def keep_document(self) -> Answer:
        """One document with a file of its own."""
        form = self._form() | {"title": "نامه", "kind": "letter", "level": "internal"}
        parts = [
            f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in form.items()
        ]
        file = f"نامهٔ {form['submission']}\n" * 2000
        parts.append(
            f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="letter.txt"'
            f"\r\nContent-Type: text/plain\r\n\r\n{file}\r\n--{_BOUNDARY}--\r\n"
        )
        kind = f"multipart/form-data; boundary={_BOUNDARY}"
        return self._noted(self._ask("POST", "/documents/new", "".join(parts).encode(), kind))

    def work_until(self, over: threading.Event) -> None:
        """One thing after the other, whatever comes in between."""
        for work in cycle((self.log_meeting, self.log_meeting, self.keep_document)):
            if over.is_set():
                return
            try:
                work()
            except (OSError, http.client.HTTPException, IndexError):
                over.wait(0.05)

    def _form(self) -> dict[str, str]:
        self.csrf = self.csrf or _CSRF.findall(self.get("/meetings/new").text)[0]
        return {"submission": str(uuid4()), "csrf_token": self.csrf}

    def _noted(self, answer: Answer) -> Answer:
        if answer.made is not None:
            self.acknowledged.append(answer.made)
            self.pages.append(answer.headers["location"])
        return answer

    def _ask(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": f"peyvand={self.token}; peyvand_lang={self.language}"}
        if body is not None:
            headers["Content-Type"] = kind
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            text = response.read().decode()
        except (OSError, http.client.HTTPException):
            self.met[0] += 1
            raise
        finally:
            connection.close()
        self.met[response.status] += 1
        answered = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status, text, answered)


class busy:
    """Several clerks at work while the block runs."""

    def __init__(self, clerks: list[Clerk]) -> None:
        self._over = threading.Event()
        self._clerks = clerks
        self._threads = [
            threading.Thread(target=each.work_until, args=(self._over,)) for each in clerks
        ]

    def __enter__(self) -> busy:
        for thread in self._threads:
            thread.start()
        return self

    @property
    def acknowledged(self) -> int:
        return sum(len(each.acknowledged) for each in self._clerks)

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()


def key_in(instance: Path) -> bytes:
    """The audit key of a running product."""
    return Secrets.read(instance / "secrets.toml").audit_key.encode()
