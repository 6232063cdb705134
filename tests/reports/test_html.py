"""The paper and the preview as HTML: languages apart, all escaped, the traps kept clear of."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import html5lib
import pytest

from reports import marks
from reports.html import Plan, briefing_html, paper, preview_fragment
from tests.reports import hard
from tests.reports.story import seed
from tests.reports.words import t
from tracker import lang
from tracker.domain.briefings import Briefing, canonical, from_json
from tracker.domain.text import fold

ROOT = Path(__file__).resolve().parents[2] / "reports"
STYLE = re.sub(r"/\*.*?\*/", "", (ROOT / "styles" / "paper.css").read_text(), flags=re.S)
PERSIAN_RUN = re.compile(r'<bdi[^>]*\blang="fa"[^>]*>.*?</bdi>', re.S)
NAMES = re.compile(r'<bdi class="bf-nobr" dir="rtl">.*?</bdi>', re.S)
PERSIAN_DIGITS = re.compile("[۰-۹]")
MODES = ["paper", "preview"]
STORIES = [seed, hard.empty, hard.large, hard.long_names, hard.untranslated, hard.all_unknown]


def made(facts: Briefing, language: str, mode: str) -> str:
    return briefing_html(facts, language, mode=mode)  # type: ignore[arg-type]


@pytest.mark.parametrize("mode", MODES)
def test_english_after_persian_has_no_persian_digit(mode: str) -> None:
    made(seed(), "fa", mode)
    english = made(seed(), "en", mode)
    assert not PERSIAN_DIGITS.search(NAMES.sub("", PERSIAN_RUN.sub("", english)))
    assert "86935" in english


@pytest.mark.parametrize("mode", MODES)
def test_persian_after_english_has_its_own_digits(mode: str) -> None:
    made(seed(), "en", mode)
    assert "۸۶۹۳۵" in made(seed(), "fa", mode)


@pytest.mark.parametrize("mode", MODES)
def test_the_sentence_about_the_day_of_the_meeting(mode: str) -> None:
    words = re.sub(r"<[^>]+>", "", made(seed(), "fa", mode))
    assert "تاریخ دیدار: نامعلوم (۱۶ آبان ۱۴۰۰ یا پیش از آن)" in words
    english = re.sub(r"<[^>]+>", "", made(seed(), "en", mode))
    assert "Date of the courtesy call: unknown (on or before 7 November 2021)" in english


@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("language", ["fa", "en", "ru"])
@pytest.mark.parametrize("mode", MODES)
def test_every_story_is_well_formed_in_every_language(
    story: object, language: str, mode: str
) -> None:
    html = made(story(), language, mode)  # type: ignore[operator]
    if mode == "preview":
        html = f"<!DOCTYPE html><title>.</title>{html}"
    html5lib.HTMLParser(strict=True).parse(html)
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


HOSTILE = "<script>alert(1)</script>\"'&{{ 7*7 }}</td>"


@pytest.mark.parametrize("mode", MODES)
def test_what_people_typed_stays_text(mode: str) -> None:
    facts = seed()
    name = t(HOSTILE, HOSTILE)
    body = replace(
        facts.body,
        people=tuple(replace(p, name=name, post=name) for p in facts.body.people),
        actions=tuple(replace(a, text=name, owners=(name,)) for a in facts.body.actions),
        statements=tuple(replace(s, text=name) for s in facts.body.statements),
        meetings=tuple(replace(m, title=name) for m in facts.body.meetings),
    )
    notes = tuple(replace(n, speaker=name, printed_name=HOSTILE) for n in facts.notes)
    html = made(replace(facts, body=body, notes=notes), "en", mode)
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)" in html
    assert "{{ 7*7 }}" in html


@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_preview_holds_nothing_that_the_policy_refuses(story: object, language: str) -> None:
    html = preview_fragment(story(), language)  # type: ignore[operator]
    assert not re.search(r"\sstyle\s*=|<style|<script|\son\w+\s*=|<svg|<img|https?:", html)
    assert not re.search(r"<h[12]\b(?! class=\"bf-title\")", html)
    classes = {c for found in re.findall(r'class="([^"]*)"', html) for c in found.split()}
    assert {c for c in classes if not c.startswith("bf-")} <= {"on"}


def test_preview_and_paper_tell_the_same() -> None:
    facts = seed()
    told = re.sub(r"<[^>]+>", " ", preview_fragment(facts, "fa"))
    for statement in facts.body.statements[1:]:
        assert statement.text["fa"] in told
    for action in facts.body.actions:
        assert action.text["fa"] in told


def test_the_preview_is_the_same_after_the_facts_went_through_json() -> None:
    facts = seed()
    assert preview_fragment(from_json(canonical(facts)), "ru") == preview_fragment(facts, "ru")


def test_a_missing_translation_prints_the_original_in_its_script_and_says_so() -> None:
    html = made(seed(), "en", "paper")
    found = re.search(
        r'<bdi lang="fa" dir="rtl">شهردار مشهد: آماده[^<]*</bdi> (<span[^>]*>.*?</span>)', html
    )
    assert found
    assert "not translated" in found[1]
    assert "not translated" not in re.sub(r"شهردار مشهد: آماده.*?</p>", "", html, flags=re.S)


@pytest.mark.parametrize(
    ("words", "direction"),
    [("UNESCO و مشهد", None), ("UN-Habitat", "ltr"), ("مشهد", None), ("+98 51 1234", "ltr")],
)
def test_direction_is_computed_and_written_out(words: str, direction: str | None) -> None:
    with lang.speaking("fa"):
        made_text = str(marks.text({"fa": words}))
    assert (f'dir="{direction}"' in made_text) == (direction is not None)


def test_a_sign_that_no_font_of_ours_has_is_printed_as_its_number() -> None:
    with lang.speaking("en"):
        assert "[U+5317]" in marks.text({"en": "北 Ош"})
        assert "Ош" in marks.text({"en": "北 Ош"})


@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_html_keeps_clear_of_the_traps(language: str) -> None:
    html = made(hard.large(), language, "paper")
    assert 'dir="auto"' not in html
    assert not re.search(r"<bdi(?![^>]*\bdir=)", html)
    assert not re.search(r"<(?:use|image|text)\b", html)
    for svg in re.findall(r"<svg\b.*?</svg>", html, re.S):
        assert re.match(r"<svg[^>]*><title>[^<]+</title>", svg)
    assert next(int(n) for n in re.findall(r"<h(\d)", html)) == 1


BANNED = {
    "letters pulled apart": r"letter-spacing",
    "grid, not mirrored": r"display\s*:\s*(?:inline-)?grid|grid-template",
    "direction left to the engine": r"plaintext|dir=auto",
    "columns": r"\bcolumns?(?:-count)?\s*:",
    "addresses": r"url\((?!asset:)|@import",
    "physical sides": r"-(?:left|right)\b|(?:float|text-align)\s*:\s*(?:left|right)",
}


@pytest.mark.parametrize("trap", BANNED)
def test_the_style_keeps_clear_of(trap: str) -> None:
    assert not re.search(BANNED[trap], STYLE)


def test_the_note_area_is_measured_in_whole_px() -> None:
    (area,) = re.findall(r"@footnote\s*\{([^}]*)\}", STYLE)
    assert re.findall(r"\b\d+px", area)
    assert not re.search(r"\d(?:mm|cm|pt|em|rem|%)|\d*\.\d+px", area)


def test_paragraphs_are_never_parted() -> None:
    """Where one could be, the engine pushes a note to the next page to make room."""
    assert re.search(r"html \{ orphans: 99 \}", STYLE)


def test_tables_have_fixed_layout_and_widths() -> None:
    assert re.search(r"\.bf-t \{[^}]*table-layout: fixed", STYLE)
    for name in re.findall(r'p\.table\("(\w+)"', (ROOT / "templates/tie_front.html").read_text()):
        assert f".bf-t-{name} .bf-k1 {{ width:" in STYLE


def test_templates_take_no_data_as_markup() -> None:
    for path in (ROOT / "templates").iterdir():
        assert not re.search(r"\|\s*safe\b|Markup|style=", path.read_text()), path.name


def test_half_spaces_survive_into_the_html() -> None:
    html = paper(seed(), "fa", Plan()).html
    assert "تفاهم‌نامه" in html
    assert fold("تفاهم‌نامه")


def test_no_room_of_the_page_is_left_blank_when_nothing_is_recorded() -> None:
    html = made(hard.empty(), "fa", "paper")
    assert html.count("هنوز چیزی ثبت نشده است.") >= 8
