"""How few layouts a paper takes, and that what is too long for one is left out visibly."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports import fitting, heights, shortening
from reports.html import Plan, paper
from tests.reports import hard
from tests.reports.papers import LANGUAGES, STORIES, made, make
from tests.reports.story import seed
from tracker import lang
from tracker.domain.actions import ActionState
from tracker.domain.briefings import digest
from tracker.domain.dates import FuzzyDate

pytestmark = pytest.mark.filterwarnings("ignore:unclosed file.*sRGB2014.icc:ResourceWarning")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("story", STORIES)
def test_a_paper_takes_three_layouts_at_most(story: str, language: str) -> None:
    assert made(story, language).layouts <= (2 if story == "seed" else 3)


def test_so_does_one_in_a_language_that_the_stylesheet_does_not_name() -> None:
    assert make(seed(), "ru").layouts <= 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_guess_comes_close(language: str) -> None:
    """Within a tenth of a page: enough to begin with the right plan."""
    plan = Plan(dense_front=True)
    document = made("seed", language).document
    front = document.pages[0].anchors
    notes = [box for name, box in front.items() if name.startswith("bf-n")]
    height = front["bf-turn"][1] - 9 * heights.MM + notes[-1][3] - notes[0][1]
    search = fitting.Fitting(seed(), language, digest(seed()))
    search.first()
    assert abs(search.guess_front(plan) - height) < 100


def test_what_fits_is_not_touched() -> None:
    for story in STORIES.values():
        facts = story()
        assert shortened(facts) == (facts, 0, 0)


def shortened(facts: object, most: int = 200) -> tuple[object, int, int]:
    short, left = shortening.shortened(facts, most)  # type: ignore[arg-type]
    return short, left.entries, left.texts


def test_what_pages_print_first_is_kept() -> None:
    facts = hard.large()
    late = replace(facts.body.actions[0], ref="late", overdue_days=900)
    done = replace(facts.body.actions[0], ref="done", state=ActionState.DONE)
    new = replace(facts.body.statements[0], ref="new", said=FuzzyDate.exact(facts.head.as_of))
    body = replace(
        facts.body,
        actions=(done, *facts.body.actions, late),
        statements=(*facts.body.statements, new),
    )
    short, left = shortening.shortened(replace(facts, body=body), 3)
    assert "late" in [action.ref for action in short.body.actions]
    assert "done" not in [action.ref for action in short.body.actions]
    assert "new" in [statement.ref for statement in short.body.statements]
    assert {len(short.body.actions), len(short.body.statements)} == {3}
    assert left.entries > 40
    called = {ref for s in short.body.statements for ref in s.notes}
    assert called <= {note.ref for note in short.notes}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_paper_says_what_it_leaves_out(language: str) -> None:
    facts = seed()
    long = replace(facts.body.statements[1], text={"fa": "ب" * 5000})
    short, entries, texts = shortened(replace(facts, body=replace(facts.body, statements=(long,))))
    assert (entries, texts) == (0, 1)
    left = shortening.LeftOut(entries=9700, texts=1)
    with lang.speaking(language):
        number = lang.format_number(9700)
    html = paper(short, language, Plan(), left_out=left, sign_of="0123456789abcdef").html  # type: ignore[arg-type]
    said = {"fa": "مورد چاپ نشده است", "en": "entries are left out"}[language]
    assert f"{number} {said}" in html
    assert shortening.CUT in html
    assert "ب" * 2001 not in html
    assert "0123 4567 89ab" in html
    assert "bf-cut" not in paper(facts, language, Plan()).html
