"""No word above a reader's clearance in anything that the reader can fetch."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from sqlalchemy import select
from werkzeug.test import Client

from tests import build
from tests.laws.addresses import of_objects
from tests.laws.conftest import Planted
from tests.laws.planting import COMMON
from tracker import record
from tracker.domain.access import CLEARANCE, Level, Role
from tracker.models import Meeting
from tracker.record.kinds import KINDS
from tracker.record.reading import find
from tracker.web.addresses import PATHS

WORD = re.compile(r"canary\d+q")
LINK = re.compile(r"(?:href|action|data-url|src)=\"([^\"]+)\"")
# Rendered by the background process from the facts that briefing.json shows; packed, of what the
# auditor's pages show.
LEFT_OUT = re.compile(r"\.pdf$|^/static/|^/logout|^/healthz|^/readyz|^/audit/export/file")
# Another language, the way back: what is there has been seen elsewhere.
SAME_AGAIN = re.compile(r"\b(?:lang|next)=")
# More pages than this for one reader, and a link leads in circles.
MOST_PAGES = 5000

READERS = [role for role in Role if role is not Role.GUEST]
# Each sees what another one sees too, through fewer or the same addresses: of these every address
# is asked for, and no link followed. `CRAWL=whole` follows them all.
LIKE_ANOTHER = () if os.environ.get("CRAWL") == "whole" else (Role.COUNCIL, Role.STAFF)


@pytest.mark.database("sqlite")
@pytest.mark.parametrize("role", READERS)
def test_nothing_above_the_clearance_gets_out(planted: Planted, role: Role) -> None:
    walk(planted, role)


@pytest.mark.database("postgresql")
def test_the_filter_is_the_same_in_the_other_database(planted: Planted) -> None:
    walk(planted, Role.STAFF)


def walk(planted: Planted, role: Role) -> None:
    garden, clearance = planted.garden, CLEARANCE[role]
    leaked: dict[str, set[str]] = {}
    broken: list[str] = []
    seen: set[str] = set()
    client = planted.reader(role)
    for address, status, text in crawl(planted, client, follow=role not in LIKE_ANOTHER):
        if status >= 500:
            broken.append(f"{address} answered {status}")
        for word in set(WORD.findall(text)):
            seen.add(word)
            if clearance is None or garden.levels[word] > clearance:
                what = f"{garden.levels[word].name.lower()} {garden.kinds[word]}"
                leaked.setdefault(what, set()).add(address)
    report = [f"{what} in {sorted(where)[:5]}" for what, where in sorted(leaked.items())]
    assert not report + broken, "\n".join(report + broken)
    if clearance is not None:
        assert unseen(planted, seen, clearance) == set()


def unseen(planted: Planted, seen: set[str], clearance: Level) -> set[str]:
    """Kinds with a page whose objects at the reader's own level never came to sight.

    A crawl that finds nothing would prove nothing.
    """
    app, garden = planted.app, planted.garden
    shown = {(garden.kinds[word], garden.levels[word]) for word in seen}
    with_page = {rule.rule.split("/")[1] for rule in app.url_map.iter_rules() if rule.arguments}
    return {
        kind
        for kind, path in PATHS.items()
        if path in with_page and (kind, clearance) not in shown
    }


def crawl(
    planted: Planted, http: Client, *, follow: bool = True
) -> Iterator[tuple[str, int, str]]:
    """Every page that links lead to, and every page of every object, linked or not."""
    waiting = starts(planted)
    done: set[str] = set()
    while waiting:
        address = waiting.pop()
        if address in done or LEFT_OUT.search(urlsplit(address).path):
            continue
        done.add(address)
        assert len(done) < MOST_PAGES, f"in circles at {address}"
        response = http.get(address, buffered=True)
        # An export is packed; what is no text counts for what can be read of it.
        text = f"{response.headers}\n{response.get_data().decode('utf-8', 'replace')}"
        yield address, response.status_code, text
        for link in LINK.findall(text) if follow else ():
            target = urlsplit(urljoin(address, unescape(link)))
            if not target.netloc and not SAME_AGAIN.search(target.query):
                waiting.append(target._replace(fragment="").geturl())


def starts(planted: Planted) -> list[str]:
    """The front door, the search, and each address in which only an object's id is missing."""
    app = planted.app
    found = ["/", f"/search?q={COMMON}", "/search?q=canary"]
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
            continue
        if not rule.arguments:
            found += [rule.rule, f"{rule.rule}?q={COMMON}"]
        found += [each for each, _kind, _level in of_objects(app, rule, planted.garden)]
    return found


def test_a_named_grant_opens_the_object_and_no_other(planted: Planted) -> None:
    secret = planted.garden.ids["meeting", Level.CONFIDENTIAL]
    with build.stored(planted.app) as session:
        reader = build.account(session, "official")
        meeting = session.get_one(Meeting, secret)
        assert find(session, reader, Meeting, secret) is None
        build.grant(session, reader, meeting)
        for each in session.scalars(select(Meeting)):
            visible = find(session, reader, Meeting, each.id) is not None
            assert visible == (each.id == secret or each.effective_level <= Level.INTERNAL)


# What stands on the pages of others, which stay.
HUNG = (
    "meeting", "statement", "action", "obstacle", "mandate", "resolution", "framework",
    "memorandum", "commitment", "clause",
)  # fmt: skip


@pytest.mark.database("sqlite")
def test_what_was_removed_is_on_no_page(planted: Planted) -> None:
    with build.stored(planted.app) as session:
        with record.change(session, build.account(session, "auditor"), build.NOW) as change:
            for kind in HUNG:
                for obj in session.scalars(select(KINDS[kind])):
                    change.remove(obj)
        session.commit()
    garden, seen, left = planted.garden, set(), set()
    for address, status, text in crawl(planted, planted.reader(Role.OFFICIAL)):
        assert status < 500, address
        if address.startswith("/histories/"):
            continue  # what became of them is told to whoever looks at their papers
        for word in WORD.findall(text):
            (left if garden.kinds[word] in HUNG else seen).add((garden.kinds[word], address))
    assert left == set()
    assert {"tie", "place", "person", "source"} <= {kind for kind, _ in seen}
