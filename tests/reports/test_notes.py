"""No note is lost: each is on every page that calls it, whatever the amount of data."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from reports import check, render
from reports.html import Paper, Plan, paper
from reports.notes import NoteSheet
from tests.reports import hard
from tests.reports.papers import LANGUAGES, STORIES, laid_out
from tests.reports.story import seed
from tracker import lang
from tracker.domain.briefings import Briefing

pytestmark = pytest.mark.filterwarnings("ignore:unclosed file.*sRGB2014.icc:ResourceWarning")

MARKED: dict[str, Callable[[], Briefing]] = {
    "small": seed,
    **{
        f"{n} of each": lambda n=n: hard.large(n, 2 * n, 3 * n)  # type: ignore[misc]
        for n in (2, 5, 8, 13)
    },
    "many speakers": hard.with_many_speakers,
    "untranslated": hard.untranslated,
}


def marked(facts: Briefing) -> Briefing:
    """Each note says NOTEx and each text that calls it CALLx, in letters that can be read back."""
    names = {note.ref: f"x{n}x" for n, note in enumerate(facts.notes)}
    notes = tuple(
        replace(note, speaker={"en": f"NOTE{names[note.ref]}"}, printed_name="")
        for note in facts.notes
    )

    def walk(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(walk(item) for item in value)
        if not is_dataclass(value) or isinstance(value, type):
            return value
        changed = {f.name: walk(getattr(value, f.name)) for f in fields(value)}
        refs = changed.get("notes")
        if refs and "text" in changed and changed["text"]:
            calls = " ".join(f"CALL{names[ref]}" for ref in refs)
            changed["text"] = {"en": f"{changed['text'].get('en', '')} {calls}"}
        return replace(value, **changed) if changed.keys() & {"notes", "text"} else value

    body = facts.body
    texts = {
        f.name: walk(getattr(body, f.name))
        for f in fields(body)
        if f.name in {"wants", "promises", "actions", "statements", "past_work"}
    }
    return replace(facts, notes=notes, body=replace(body, **texts))


@pytest.mark.parametrize("story", MARKED.values(), ids=MARKED)
def test_each_call_has_its_note_on_the_same_page(story: Callable[[], Briefing]) -> None:
    facts = marked(story())
    pdf = render.briefing_pdf(facts, "en")
    called: set[str] = set()
    for page in PdfReader(BytesIO(pdf.data)).pages:
        words = page.extract_text()
        calls = set(re.findall(r"CALL(x\d+x)", words))
        notes = re.findall(r"NOTE(x\d+x)", words)
        assert calls <= set(notes)
        assert len(notes) == len(set(notes))
        called |= calls
    used = {ref for s in facts.body.statements for ref in s.notes}
    assert len(called) >= len(used)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("story", STORIES)
def test_page_one_is_one_page(story: str, language: str) -> None:
    printed, document = laid_out(story, language)
    assert "bf-back" in document.pages[1].anchors
    assert not printed.sheet.at_end
    check.document(printed, document)


@pytest.mark.parametrize("story", STORIES)
def test_notes_are_numbered_from_one_on_each_page(story: str) -> None:
    printed, document = laid_out(story, "en")
    pages = check.pages_of_calls(
        [set(p.anchors) for p in document.pages], len(printed.sheet.calls)
    )
    numbers = re.findall(r'data-n="(\d+)"', printed.html)
    carried = [p for (_, carries), p in zip(printed.sheet.calls, pages, strict=True) if carries]
    seen: dict[int, list[int]] = {}
    for page, number in zip(carried, numbers, strict=True):
        seen.setdefault(page, []).append(int(number))
    assert all(found == list(range(1, len(found) + 1)) for found in seen.values())


def test_a_second_call_on_a_page_repeats_the_number() -> None:
    sheet = NoteSheet(seed())
    with lang.speaking("fa"):
        assert 'data-n="۱"' in sheet(("mayor",))
        assert 'data-n="۲"' in sheet(("vice",))
        again = sheet(("mayor",))
        assert "bf-fn" not in again
        assert ">۱</sup>" in again
        sheet.turn_page()
        assert 'data-n="۱"' in sheet(("vice",))


def test_numbers_stand_when_calls_fall_on_other_pages_than_assumed() -> None:
    """As long as each page has its notes, numbered in the order of its calls."""
    with lang.speaking("en"):
        sheet = NoteSheet(seed(), pages=[0, 0, 1, 1])
        for ref in ("mayor", "vice", "mayor", "vice"):
            sheet((ref,))
    assert sheet.stands([0, 0, 1, 1])
    assert sheet.stands([3, 3, 4, 4])
    assert not sheet.stands([0, 0, 0, 1])  # the second page numbers its only note 2
    assert not sheet.stands([0, 0, 0, 0])  # each note twice
    assert not sheet.stands([0, 1, 2, 2])


def test_notes_that_will_not_stay_put_become_a_list_that_loses_none() -> None:
    facts = hard.large()
    with lang.speaking("en"):
        printed = paper(facts, "en", Plan(notes_at_end=True))
        document = render.layout(printed.html)
    check.document(printed, document)
    assert len(printed.sheet.listed()) == len(facts.notes)
    lost = replace_html(printed, printed.html.replace('id="bf-n2"', 'id="other"'))
    with pytest.raises(check.Unfit, match=r"notes \[2\]"):
        check.document(lost, render.layout(lost.html))


def test_the_gate_sees_a_note_that_went_astray() -> None:
    printed, document = laid_out("seed", "en")
    anchors = [set(page.anchors) for page in document.pages]
    anchors[0].remove("bf-n0")
    anchors[1].add("bf-n0")
    assert check.displaced(printed, anchors) == {0}


def replace_html(printed: Paper, html: str) -> Paper:
    return replace(printed, html=html)
