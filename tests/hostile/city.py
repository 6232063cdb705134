"""The city that is shot at: its addresses, its objects, and a signed-in browser of each role."""

from __future__ import annotations

import logging
import traceback
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import Any
from urllib.parse import urljoin
from uuid import UUID

from flask import Flask
from sqlalchemy import Engine, insert, inspect, select, text
from werkzeug.routing import Rule

from tests.hostile.controls import forms_of
from tests.hostile.shots import Answer, Headers, Shot
from tests.hostile.words import Words
from tests.laws.access_matrix import ROLES
from tests.serving import open_session
from tracker.models import Base, Release
from tracker.models.access import UserSession
from tracker.models.engine import writing
from tracker.record.kinds import KINDS
from tracker.web.addresses import PATHS
from tracker.web.session import token_hash

Fire = Callable[[Shot], Answer]
# What is written beside a refusal, and tells of it.
NOTES = {"access_log", "user_sessions", "sign_in_tries", "alembic_version"}


def objects(engine: Engine) -> dict[str, list[UUID]]:
    """The ids of everything on record, by kind."""
    with engine.connect() as connection:
        found = {kind: list(connection.scalars(select(m.id))) for kind, m in KINDS.items()}
    return {kind: sorted(ids) for kind, ids in found.items() if ids}


def in_bin(engine: Engine) -> list[tuple[str, UUID]]:
    """What was removed: the kind and id of each."""
    with engine.connect() as connection:
        return [
            (kind, object_id)
            for kind, model in sorted(KINDS.items())
            for object_id in connection.scalars(
                select(model.id).where(model.deleted_at.is_not(None)).order_by(model.id)
            )
        ]


def released(engine: Engine) -> list[tuple[str, UUID]]:
    """What was released: the kind and id of each."""
    with engine.connect() as connection:
        rows = connection.execute(select(Release.object_kind, Release.object_id))
        return [(kind, object_id) for kind, object_id in rows]


def counts(engine: Engine) -> dict[str, int]:
    """How many rows each table has, but for those that tell of refusals."""
    tables = sorted(set(inspect(engine).get_table_names()) & set(Base.metadata.tables) - NOTES)
    parts = (f"SELECT '{name}', count(*) FROM {name}" for name in tables)  # noqa: S608
    with engine.connect() as connection:
        found = connection.execute(text(" UNION ALL ".join(parts)))
        return {str(name): int(number) for name, number in found}


@dataclass
class Browser:
    """A role's cookie, and the token that its forms carry."""

    cookie: str = ""
    token: str = ""


class City:
    """Where to aim: every rule of the application with ids of objects that there are."""

    def __init__(self, app: Flask, url: str, engine: Engine, fire: Fire, random: Random) -> None:
        self.app, self.url, self.engine, self.random = app, url, engine, random
        self.fire = fire
        self.words = Words(random, objects(engine))
        self.rules = [r for r in app.url_map.iter_rules() if r.endpoint != "static"]
        self.browsers: dict[str, Browser] = {}
        self.faults = _Faults()
        logging.getLogger("tracker").addHandler(self.faults)
        for role in ROLES:
            self.open_browser(role)

    def open_browser(self, role: str) -> None:
        """Sign in anew: after somebody signed out, or changed the password."""
        browser = self.browsers[role] = Browser()
        if role != "anonymous":
            name = self.app.config["SESSION_COOKIE_NAME"]
            browser.cookie = f"{name}={open_session(self.url, role)}"
        page = self.fire(self.shot(role, "GET", "/login" if role == "anonymous" else "/account"))
        if role == "anonymous":
            browser.cookie = page.headers.get("set-cookie", "").partition(";")[0]
        browser.token = next((f.token for f in forms_of(page.text) if f.token), "")

    def shot(
        self, role: str, method: str, target: str, headers: Headers = (), body: bytes = b""
    ) -> Shot:
        """A request of that role's browser."""
        cookie = self.browsers[role].cookie
        own = (("Cookie", cookie),) if cookie else ()
        return Shot(role, method, target, (*own, *headers), body)

    def path(self, rule: Rule, *, true: bool = False) -> str:
        """An address of the rule; unless `true`, its object need not fit or be there."""
        kinds = {path: kind for kind, path in PATHS.items()}
        values: dict[str, Any] = {}
        any_kind = self.random.choice(sorted(self.words.ids))
        for argument in sorted(rule.arguments):
            if argument == "kind":
                values[argument] = any_kind
                continue
            if argument == "number":
                values[argument] = self.random.choice((1, 2))
                continue
            kind = argument.removesuffix("_id")
            if kind not in PATHS:
                here = rule.rule.split("/")[1]
                kind = any_kind if "kind" in rule.arguments else kinds.get(here, "")
            held = self.words.ids.get(kind, [])
            if held and (true or self.random.random() < 0.9):
                values[argument] = self.random.choice(held)
            else:
                values[argument] = UUID(int=self.random.getrandbits(128))
        built: str = self.app.url_map.bind("localhost").build(
            rule.endpoint, values, append_unknown=False
        )
        return built

    def forms(self, of_a_kind: int = 6) -> Mapping[str, list[str]]:
        """By endpoint: the addresses of pages that hold a form posting to it, looked for by an
        approver, who may whatever staff may, on the pages of so many objects of each kind."""
        self.open_second_session()
        found: dict[str, list[str]] = defaultdict(list)
        for address in ("/login", *self._pages(of_a_kind)):
            role = "anonymous" if address == "/login" else "approver"
            page = self.fire(self.shot(role, "GET", address))
            if page.status != 200 or "html" not in page.headers.get("content-type", ""):
                continue
            for form in forms_of(page.text):
                endpoint = self.endpoint_of(urljoin(address, form.action))
                if address not in found[endpoint]:
                    found[endpoint].append(address)
        return found

    def endpoint_of(self, target: str) -> str:
        """The endpoint that answers a POST to this address."""
        path = target.partition("?")[0]
        endpoint, _values = self.app.url_map.bind("localhost").match(path, method="POST")
        return str(endpoint)

    def open_second_session(self) -> None:
        """The approver's account, signed in elsewhere too, has a session there to end."""
        now = datetime.now(UTC)
        with writing(), self.engine.begin() as connection:
            own = self.browsers["approver"].cookie.partition("=")[2]
            user = connection.scalar(
                select(UserSession.user_id).where(UserSession.token_hash == token_hash(own))
            )
            connection.execute(
                insert(UserSession).values(
                    token_hash=self.random.randbytes(32), user_id=user, created_at=now, seen_at=now
                )
            )

    def _pages(self, of_a_kind: int) -> list[str]:
        """Every address that is got, with the ids of a few objects."""
        pages: set[str] = set()
        for rule in self.rules:
            if "GET" in (rule.methods or ()) and "briefing" not in rule.rule:
                tries = of_a_kind if rule.arguments else 1
                pages |= {self.path(rule, true=True) for _ in range(tries)}
        pages |= {f"/bin/{kind}/{object_id}" for kind, object_id in in_bin(self.engine)}
        pages |= {f"/releases/{kind}/{object_id}" for kind, object_id in released(self.engine)}
        # Hardly anything refers to an action: it can be removed.
        pages |= {f"/bin/remove/action/{object_id}" for object_id in self.words.ids["action"][:1]}
        whole = {f"{page}?show=all" for page in pages if page.endswith("/translate")}
        return sorted((pages | whole) - {"/login"})


class _Faults(logging.Handler):
    """Keeps the last fault that the application logged, to be shown with what caused it."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.last = ""

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and record.exc_info[1] is not None:
            self.last = "".join(traceback.format_exception(record.exc_info[1]))
