"""No word above a reader's clearance on paper, nor in what a paper carries along."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pypdf
import pytest

from reports.pool import Renderer
from tests import build
from tests.laws.conftest import Planted
from tests.laws.test_canaries import WORD
from tracker.briefings.facts import tie_briefing
from tracker.domain.access import CLEARANCE, Actor, Level, Role
from tracker.domain.briefings import canonical

pytestmark = pytest.mark.database("sqlite")
CITY = {"fa": "شهرداری مشهد", "en": "Municipality of Mashhad"}
READERS = [role for role in Role if CLEARANCE[role] is not None]


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    with Renderer() as started:
        yield started


def paper(planted: Planted, renderer: Renderer, role: Role, level: Level) -> dict[str, str]:
    """All that the file of a briefing holds: words, attachments, what it says of itself."""
    tie = planted.garden.ids["tie", level]
    with build.stored(planted.app) as session:
        reader = Actor(None, role)
        facts = tie_briefing(session, reader, tie, build.TODAY, CITY, {"fa": "باسمه تعالی"})
    pdf = pypdf.PdfReader(io.BytesIO(renderer.render(canonical(facts), "en", 60)))
    carried = b"".join(content for each in pdf.attachments.values() for content in each)
    return {
        "pages": "\n".join(page.extract_text() for page in pdf.pages),
        "attachments": carried.decode(),
        "metadata": f"{pdf.metadata}{pdf.xmp_metadata and pdf.xmp_metadata.rdf_root.toxml()}",
    }


@pytest.mark.parametrize("role", READERS)
@pytest.mark.parametrize("level", [Level.PUBLIC, Level.INTERNAL])
def test_nothing_above_the_clearance_is_on_paper(
    planted: Planted, renderer: Renderer, role: Role, level: Level
) -> None:
    if (role, level) not in PRINTED:
        return check_facts(planted, role, level)
    told = paper(planted, renderer, role, level)
    for where, text in told.items():
        assert above(planted, text, role) == set(), where
    assert WORD.search(told["pages"])
    assert WORD.search(told["attachments"])
    return None


# A paper takes a second; the others of the same clearance have the same facts.
PRINTED = {(Role.OFFICIAL, Level.INTERNAL), (Role.STAFF, Level.PUBLIC)}


def check_facts(planted: Planted, role: Role, level: Level) -> None:
    with build.stored(planted.app) as session:
        tie = planted.garden.ids["tie", level]
        facts = tie_briefing(session, Actor(None, role), tie, build.TODAY, CITY, {})
    assert above(planted, canonical(facts).decode(), role) == set()


def above(planted: Planted, text: str, role: Role) -> set[str]:
    clearance, levels = CLEARANCE[role], planted.garden.levels
    assert clearance is not None
    return {word for word in WORD.findall(text) if levels[word] > clearance}
