"""The finished file: two pages, our fonts, the facts attached, the same bytes each time."""

from __future__ import annotations

import hashlib
import html
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import page as validator
import pikepdf
import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader
from weasyprint.urls import FatalURLFetchingError

from reports import check, render
from reports.render import AssetFetcher, Pdf, briefing_pdf
from tests.reports import extracting, hard
from tests.reports.papers import LANGUAGES, STORIES, laid_out, made, make, printed
from tests.reports.story import seed
from tracker.domain.briefings import canonical, digest, from_json

# The library leaves the colour profile it reads for the collector to close.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed file.*sRGB2014.icc:ResourceWarning")

ROOT = Path(__file__).resolve().parents[2]
FONTS = ROOT / "reports/fonts"


def text_of(pdf: Pdf) -> list[str]:
    return [sheet.extract_text() for sheet in PdfReader(BytesIO(pdf.data)).pages]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_seed_is_two_pages(language: str) -> None:
    pdf = printed("seed", language)
    assert pdf.pages == 2
    assert len(PdfReader(BytesIO(pdf.data)).pages) == 2
    assert pdf.digest == digest(seed())
    assert briefing_pdf(seed(), language) == pdf


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("story", ["empty", "all unknown", "fuller"])
def test_so_is_less_and_a_little_more(story: str, language: str) -> None:
    assert printed(story, language).pages == 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("story", STORIES)
def test_the_validator_finds_nothing(story: str, language: str) -> None:
    for profile in ("3a", "ua1"):
        report = validator.validate_pdf_bytes(printed(story, language).data, profile=profile)
        assert [(f.rule_id, f.message) for f in report.failures] == []
        assert report.is_compliant
        assert report.rules.total > 100


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("story", STORIES)
def test_only_our_fonts_are_embedded(story: str, language: str) -> None:
    names = set()
    with pikepdf.open(BytesIO(printed(story, language).data)) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font":
                names.add(str(item["/BaseFont"]).partition("+")[2])
    assert names
    assert {n for n in names if not n.startswith(("Vazirmatn", "Noto-Sans"))} == set()


def test_cyrillic_has_a_font() -> None:
    data = briefing_pdf(hard.with_cyrillic(), "en").data
    assert "Ошская область" in " ".join(text_of(Pdf(data, 2, "")))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("story", STORIES)
def test_the_attachment_is_the_facts_and_nothing_else(story: str, language: str) -> None:
    facts = STORIES[story]()
    with pikepdf.open(BytesIO(printed(story, language).data)) as pdf:
        assert list(pdf.attachments) == [render.FACTS_NAME]
        attached = pdf.attachments[render.FACTS_NAME].get_file().read_bytes()
    assert attached == canonical(facts)
    assert from_json(attached) == facts


@pytest.mark.parametrize("language", LANGUAGES)
def test_title_language_and_tags(language: str) -> None:
    with pikepdf.open(BytesIO(printed("seed", language).data)) as pdf:
        assert str(pdf.Root["/Lang"]) == language
        assert pdf.Root["/MarkInfo"]["/Marked"]
        assert "/StructTreeRoot" in pdf.Root
        title = str(pdf.docinfo["/Title"])
    assert (
        title
        == {
            "fa": "گزارش مدیریتی: مشهد و استان اوش، قرقیزستان",
            "en": "Management briefing: Mashhad and Osh Province, Kyrgyzstan",
        }[language]
    )


GOLDEN = {
    "fa": ["مشهد و استان اوش", "سعید خرازی", "باسمه", "بیشکک", "شهرآرانیوز", "نامعلوم"],
    "en": [
        "Mashhad and Osh Province, Kyrgyzstan",
        "Saeed Kharrazi",
        "no signed copy is held",
        "No regular flights",
        "Bishkek",
        "on or before",
        "Page 1 of 2",
    ],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_can_be_found(language: str) -> None:
    words = " ".join(" ".join(text_of(printed("seed", language))).split())
    assert [w for w in GOLDEN[language] if w not in words] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("story", ["seed", "large"])
def test_three_programs_find_the_words_again(story: str, language: str) -> None:
    """All of them, but for the joiners that nobody types and signs that stand for two letters."""
    words = extracting.words_of(made(story, language).printed.html)
    assert len(words) > 200
    for name, extract in extracting.extractors().items():
        text = extract(printed(story, language).data)
        found = extracting.found_again(words, text, ignoring_zwnj=True)
        assert len(found) >= 0.92 * len(words), f"{name}: {sorted(words - found)}"
        assert extracting.plain(words) - found == set(), name


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("story", STORIES)
def test_no_glyph_is_missing(story: str, language: str) -> None:
    """The engine draws a box for a sign without one and says nothing, so the signs are counted."""
    body = made(story, language).printed.html.partition("<body")[2]
    assert without_glyph(html.unescape(re.sub(r"<[^>]+>", "", body))) == set()


def test_a_sign_that_no_font_has_is_printed_as_its_number() -> None:
    strange = "سلام ☃ 北 𓀀 e\u0301"
    assert without_glyph(strange) == {"☃", "北", "𓀀"}
    body = seed().body
    statement = replace(body.statements[1], text={"fa": strange})
    made = make(replace(seed(), body=replace(body, statements=(statement,))), "fa")
    assert without_glyph(made.printed.html) == set()
    words = " ".join(text_of(made.pdf))
    assert all(shown in words for shown in ("U+2603", "U+5317", "U+13000", "é"))


def without_glyph(text: str) -> set[str]:
    """The signs of a text that neither of our two families can draw."""
    unseen = "\n\t\u200c\u200d"
    return {sign for sign in text if ord(sign) not in drawable() and sign not in unseen}


@cache
def drawable() -> frozenset[int]:
    """What all weights of a family have."""
    weights: dict[str, set[int]] = {}
    for file in FONTS.glob("*.ttf"):
        with TTFont(file, lazy=True) as font:
            signs = set(font.getBestCmap())
        family = file.name.partition("-")[0]
        weights[family] = weights.get(family, signs) & signs
    assert len(weights) == 2
    return frozenset().union(*weights.values())


SAYING = """
import hashlib
from reports.render import briefing_pdf
from tests.reports.story import seed
for language in ("fa", "en"):
    print(hashlib.sha256(briefing_pdf(seed(), language).data).hexdigest())
"""


def test_same_facts_same_bytes_in_other_processes() -> None:
    here = [hashlib.sha256(printed("seed", language).data).hexdigest() for language in LANGUAGES]
    for hash_seed in ("1", "4711"):
        there = subprocess.run(
            [sys.executable, "-c", SAYING],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": hash_seed, "TZ": "Asia/Tokyo"},
            capture_output=True,
            text=True,
            check=True,
        )
        assert there.stdout.split() == here


def test_what_was_printed_before_leaves_no_trace() -> None:
    first = briefing_pdf(seed(), "fa").data
    briefing_pdf(hard.large(3, 3, 3), "en")
    assert briefing_pdf(seed(), "fa").data == first


def boxes(box: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[Any, tuple[str, ...]]]:
    element = getattr(box, "element", None)
    here = path
    if element is not None:
        names = (element.get("class") or "").split()
        here = (*path, str(element.tag), *names)
    yield box, here
    for child in box.all_children() if hasattr(box, "all_children") else ():
        yield from boxes(child[0] if isinstance(child, tuple) else child, here)


# Notes, tags, heads of columns, the foot and the letter-head: everything that is not body text.
SMALL = {
    "bf-fn", "bf-call", "bf-tag", "small", "thead", "bf-foot", "bf-run", "bf-u", "bf-kind",
    "bf-src", "bf-str", "bf-letterhead", "bf-kicker", "bf-asof", "bf-no", "bf-l",
    "bf-t-tie",
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_body_text_is_ten_points_or_more(language: str) -> None:
    _, document = laid_out("seed", language)
    sizes: dict[float, list[str]] = {}
    for sheet in document.pages:
        for box, path in boxes(sheet._page_box):
            words = getattr(box, "text", "")
            if words.strip() and "body" in path and not SMALL & (set(path) - {"bf-box"}):
                sizes.setdefault(round(box.style["font_size"] * 0.75, 2), []).append(words)
    assert sum(map(len, sizes.values())) > 100
    assert {size: words for size, words in sizes.items() if size < 10} == {}


REFUSED = [
    "file:///etc/passwd",
    "http://127.0.0.1/x",
    "https://example.org/x.css",
    "ftp://example.org/x",
    "data:text/css,body{}",
    "asset:../render.py",
    "asset:fonts/OFL-Vazirmatn.txt",
    "fonts/NotoSans-Bold.ttf",
]


@pytest.mark.parametrize("url", REFUSED)
def test_the_fetcher_answers_for_our_fonts_only(url: str) -> None:
    with pytest.raises(FatalURLFetchingError):
        AssetFetcher().fetch(url)


def test_the_fetcher_hands_out_our_fonts() -> None:
    for name in render.ASSETS:
        assert AssetFetcher().fetch(f"asset:{name}").read()[:4] == b"\x00\x01\x00\x00"


@pytest.mark.parametrize(
    "reference",
    [
        '<img src="file:///etc/hostname" alt="">',
        '<link rel="stylesheet" href="http://127.0.0.1:1/x.css">',
        '<link rel="attachment" href="file:///etc/hostname">',
        '<object data="file:///etc/hostname"></object>',
        "<style>@import url(file:///etc/hostname);</style>",
    ],
)
def test_a_reference_to_elsewhere_stops_the_document(reference: str) -> None:
    with pytest.raises(FatalURLFetchingError):
        render.layout(f"<!DOCTYPE html><title>.</title>{reference}<p>x").write_pdf()


def test_vendored_fonts_are_those_that_were_reviewed() -> None:
    for folder in (ROOT / "reports/fonts", ROOT / "tracker/static/fonts"):
        readme = (folder / "README.md").read_text()
        files = [*folder.glob("*.ttf"), *folder.glob("*.woff2")]
        assert files
        for file in files:
            assert file.name in readme
            assert hashlib.sha256(file.read_bytes()).hexdigest() in readme
        assert "SIL OPEN FONT LICENSE" in "".join(
            p.read_text().upper() for p in folder.glob("OFL*")
        )


def test_the_gate_refuses_foreign_fonts_and_missing_facts() -> None:
    class File:
        def __init__(self, font: str, **catalog: object) -> None:
            self.objects = [{"Type": "/Font", "BaseFont": f"/ABCDEF+{font}"}]
            self.catalog = catalog

    with pytest.raises(check.Unfit, match="fonts not ours"):
        check.sealed(File("DejaVu-Sans"), "fa")
    with pytest.raises(check.Unfit, match="tags, its language, its facts"):
        check.sealed(File("Vazirmatn"), "fa")


def test_pages_are_numbered_in_the_digits_of_the_language() -> None:
    last = text_of(printed("seed", "fa"))[1]
    assert re.search("[۲].*[۲]", last.replace("\n", " "))
