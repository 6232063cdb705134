"""Level and release stand as tags, in words and with a shape, on every page and every row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests import build
from tests.attaching import document
from tests.judging import text_of
from tests.page import Page
from tests.releases.story import smuggle
from tests.serving import AsRole
from tracker.domain.access import Actor, Level
from tracker.domain.actions import ActionState
from tracker.web.addresses import PATHS, page_of

pytestmark = pytest.mark.database("sqlite")
HEAD = ".//div[@class='page-head']/div/div[@class='state']"
TAGGED = {Level.PUBLIC: "public", Level.INTERNAL: "internal"}
Maker = Callable[..., Any]

# Kind → how one is made, and the lists beside its own that show it.
MADE: dict[str, tuple[Maker, tuple[str, ...]]] = {
    "tie": (build.tie, ()),
    "memorandum": (build.memorandum, ("/", "/review/")),
    "meeting": (build.meeting, ("/", "/today")),
    "action": (build.action, ()),
    "statement": (build.statement, ()),
    "obstacle": (build.obstacle, ()),
    "mandate": (build.mandate, ("/review/",)),
    "resolution": (build.resolution, ()),
    "framework": (build.framework, ()),
    "term": (build.term, ()),
    "instrument": (build.instrument, ()),
    "source": (build.source, ()),
    "person": (build.person, ()),
    "post": (build.post, ()),
    "organisation": (build.organisation, ()),
    "place": (build.place, ()),
    "document": (document, ()),
}


def two(session: Session, staff: Actor, make: Maker) -> tuple[Any, Any]:
    """A public object and an internal one, of which a release stands."""
    partner = build.organisation(session, staff, "A partner")
    public, internal = (
        make(session, staff, {"en": f"Heron {level.name}"}, level=level) for level in TAGGED
    )
    smuggle(session, internal, partner)
    return public, internal


def marks(found: Element) -> list[str]:
    """The words of the tags of an element that tell of level and release, each with its shape."""
    tags = [each for each in found.iter("span") if "tag" in each.get("class", "").split()]
    shaped = [text_of(each) for each in tags if each.find("{*}svg") is not None]
    return [word for word in shaped if word in ("public", "internal", "released")]


def rows(page: Page, words: str) -> list[Element]:
    """The rows of a list, or whatever else stands for one there, that hold these words."""
    lines = [*page.all(".//tr"), *page.all(".//li"), *page.all(".//section[@class='card today']")]
    return [line for line in lines if words in text_of(line)]


@pytest.mark.parametrize("kind", MADE)
def test_every_row_and_every_head_says_level_and_release(
    app: Flask, as_role: AsRole, kind: str
) -> None:
    make, elsewhere = MADE[kind]
    with build.stored(app) as session:
        made = two(session, build.account(session), make)
    client = as_role("staff")
    client.get("/", lang="en")  # and so from here on
    told = (["public"], ["internal", "released"])
    for address in (f"/{PATHS[kind]}/?show=all", "/search?q=Heron", *elsewhere):
        page = client.get(address)
        for level, words in zip(TAGGED, told, strict=True):
            found = rows(page, f"Heron {level.name}")
            assert found, address
            assert [marks(row) for row in found] == [words] * len(found), address
    for obj, words in zip(made, told, strict=True):
        (head,) = client.get(page_of(kind, obj.id), lang="en").all(HEAD)
        assert marks(head) == words


def test_the_desk_tells_it_of_actions(app: Flask, as_role: AsRole) -> None:
    with build.stored(app) as session:
        staff = build.account(session)
        ours = build.organisation(session, staff, "We", is_ours=True)
        build.action(session, staff, "Heron", ours, state=ActionState.OPEN)
    (row,) = rows(as_role("staff").get("/", lang="en"), "Heron")
    assert marks(row) == ["internal"]
