"""An attack: so many requests, half of them forms filled in badly, and what came of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import cycle
from urllib.parse import urlencode, urljoin

from tests.hostile.city import City, counts
from tests.hostile.controls import PostForm, forms_of
from tests.hostile.filling import Pairs, fill
from tests.hostile.judging import Judge, against_policy, is_fault
from tests.hostile.requests import Requests
from tests.hostile.shots import Answer, Shot

_BOUNDARY = "a-line-that-no-text-holds"


@dataclass
class Outcome:
    """How often each status was answered, and what should not have been."""

    statuses: Counter[int] = field(default_factory=Counter)
    accepted: Counter[str] = field(default_factory=Counter)
    crashes: list[tuple[Shot, str]] = field(default_factory=list)
    faults: dict[str, Shot] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return self.statuses.total()

    def note(self, shot: Shot, fault: str) -> None:
        path = re.sub("[0-9a-f-]{36}", "…", shot.target.partition("?")[0])
        self.faults.setdefault(f"{shot.method} {path}: {fault}", shot)


class Attack:
    """Fires at a city and keeps count. Forms are taken in turn, so that each gets its share."""

    def __init__(self, city: City, forms: Mapping[str, list[str]] | None = None) -> None:
        self.city = city
        self.requests = Requests(city)
        self.judge = Judge()
        self.outcome = Outcome()
        self.forms = forms or city.forms()
        self._turns = cycle(sorted(self.forms))
        self._rows = counts(city.engine)

    def run(self, many: int) -> Outcome:
        with suppress(KeyboardInterrupt):  # what was found until then is told
            while self.outcome.total < many:
                if self.city.random.random() < 0.35:
                    self._fill_in(next(self._turns))
                else:
                    self._fire(self.requests.one())
        for fault in against_policy(self.city.engine):
            self.outcome.faults.setdefault(f"in the database: {fault}", Shot("", "", ""))
        return self.outcome

    def _fill_in(self, endpoint: str) -> None:
        """Open a page, fill in its form for `endpoint`, send it."""
        random = self.city.random
        page = random.choice(self.forms[endpoint])
        role = "anonymous" if page == "/login" else random.choice(("approver", "staff"))
        language = random.choice(("fa", "en"))
        opened = self._fire(self.city.shot(role, "GET", _asking(page, language)))
        found = [f for f in forms_of(opened.text) if self._leads(f, page) == endpoint]
        if not found:
            return  # a step that was taken meanwhile
        form = random.choice(found)
        pairs = fill(form, self.city.words)
        target = _asking(urljoin(page, form.action), language)
        if random.random() < 0.8:
            kind, body = "application/x-www-form-urlencoded", _urlencoded(pairs)
        else:
            kind, body = f"multipart/form-data; boundary={_BOUNDARY}", _multipart(pairs)
        headers = (("Content-Type", kind),)
        shot = self.city.shot(role, "POST", target, headers, body)
        answer = self._fire(shot, pairs)
        if answer.status == 303:
            self.outcome.accepted[endpoint] += 1
        if random.random() < 0.05:
            self._fire(shot, pairs)  # sent twice

    def _leads(self, form: PostForm, page: str) -> str:
        return self.city.endpoint_of(urljoin(page, form.action))

    def _fire(self, shot: Shot, pairs: Pairs | None = None) -> Answer:
        answer = self.city.fire(shot)
        self.outcome.statuses[answer.status] += 1
        if is_fault(shot, answer):
            self.outcome.crashes.append((shot, self.city.faults.last))
            return answer
        for fault in self.judge.faults(shot, answer, pairs):
            self.outcome.note(shot, fault)
        if shot.method not in ("GET", "HEAD"):
            rows = counts(self.city.engine)
            if answer.status >= 400 and rows != self._rows:
                changed = sorted(name for name in rows if rows[name] != self._rows[name])
                self.outcome.note(shot, f"answered {answer.status} and changed {changed}")
            self._rows = rows
        cookie = self.city.app.config["SESSION_COOKIE_NAME"]
        if f"{cookie}=" in answer.headers.get("set-cookie", ""):
            self.city.open_browser(shot.role)
            self._rows = counts(self.city.engine)
        return answer


def _asking(address: str, language: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}lang={language}"


def _urlencoded(pairs: Pairs) -> bytes:
    return urlencode(pairs, errors="replace").encode()


def _multipart(pairs: Pairs) -> bytes:
    parts = []
    for name, value in pairs:
        named = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
        head = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{named}"\r\n\r\n'
        parts.append(f"{head}{value}\r\n")
    return ("".join(parts) + f"--{_BOUNDARY}--\r\n").encode(errors="replace")
