"""The Persian normaliser: what is accepted, and which spellings find one another."""

from __future__ import annotations

import sqlite3
from itertools import product

import pytest

from tracker.domain.text import (
    ZWJ,
    ZWNJ,
    Phrase,
    Query,
    Term,
    TextRefused,
    Unwanted,
    clean,
    first_strong_direction,
    fold,
    fold_query,
)


def found(document: str, query: str) -> bool:
    """Whether a full-text index of the folded document is hit by the folded query."""
    index = sqlite3.connect(":memory:")
    index.execute("CREATE VIRTUAL TABLE texts USING fts5(words, tokenize='unicode61')")
    index.execute("INSERT INTO texts VALUES (?)", (fold(document),))
    terms = [
        " OR ".join(
            f'"{" ".join(phrase.words)}"{"*" if phrase.prefix else ""}'
            for phrase in term.spellings
        )
        for term in fold_query(query).terms
    ]
    expression = " AND ".join(f"({term})" for term in terms)
    hit = index.execute("SELECT 1 FROM texts WHERE texts MATCH ?", (expression,)).fetchone()
    index.close()
    return hit is not None


SPELLINGS = (
    ("تفاهم نامه", "تفاهم‌نامه", "تفاهمنامه"),
    ("بین المللی", "بین‌المللی", "بینالمللی"),
    ("نایب رئیس", "نایب‌رئیس", "نایبرئیس", "نايب رييس"),
    ("خراسان رضوی", "خراسانرضوی"),
    ("گفتگو", "گفت‌وگو", "گفت و گو", "گفتوگو", "گفت‌و‌گو"),
    ("مسئول", "مسؤول", "مسوول"),
    ("هیئت", "هیأت", "هيئت"),
    ("نرم‌افزارها", "نرم‌افزار‌ها", "نرمافزارها", "نرم افزار ها"),
    ("خواهرخوانده", "خواهر‌خوانده", "خواهر خوانده"),
    ("نقشهٔ راه", "نقشه راه", "نقشۀ راه"),
    ("کرمان ۱۴۰۰", "كرمان 1400", "کَرمان ١٤٠٠"),
    ("آبان", "ابان"),
    ("Şanl\u0131urfa", "sanliurfa", "ŞANLIURFA"),
    ("Ташкент", "ташкент"),
)


@pytest.mark.parametrize(
    ("written", "sought"),
    [pair for row in SPELLINGS for pair in product(row, repeat=2)],
)
def test_each_spelling_finds_the_others(written: str, sought: str) -> None:
    assert found(f"متن {written} برای آزمون", sought)
    assert found(f"متن {written} برای آزمون", f"{sought} آزم")
    assert found(f"متن {written} برای آزمون", f"متن {sought}")


@pytest.mark.parametrize(
    ("written", "sought"),
    [
        ("شهردار مشهد", "شهردار اوش"),
        ("تفاهم در نامه", "تفاهمنامه"),
        ("نامهٔ تفاهم", "تفاهم‌نامه"),
        ("کد خبر ۸۶۹۳۵", "86936"),
    ],
)
def test_other_words_are_not_found(written: str, sought: str) -> None:
    assert not found(written, sought)


def test_the_last_word_counts_as_begun_and_only_the_last() -> None:
    assert found("شهرداری مشهد", "شهرداری مش")
    assert not found("شهرداری مشهد", "شهر مشهد")


def test_fold_appends_the_joined_word() -> None:
    assert fold("سند «تفاهم‌نامه»، ۱۴۰۰") == "سند تفاهم نامه 1400 تفاهمنامه"
    assert fold(f"{ZWNJ}سند{ZWNJ}") == "سند"


def test_folding_twice_changes_nothing() -> None:
    once = fold("شورای اسلامی شهر مشهد؛ نایب‌رئیس: «آقای X-1» ٣٫٥ ﷼ ﻻ")
    assert fold(once) == once


def test_what_a_query_looks_like() -> None:
    assert fold_query("") == Query(())
    assert not fold_query(" ‌ «»* ")
    assert fold_query("اوش") == Query((Term((Phrase(("اوش",), prefix=True),)),))
    joined = fold_query("خراسان رضوی").terms[0].spellings
    assert Phrase(("خراسانرضوی",), prefix=True) in joined


@pytest.mark.parametrize("hostile", ['"', "a* OR b", "NEAR(a b)", "{col}: x", "x' --", "ﷺ", "-"])
def test_a_query_holds_letters_and_digits_only(hostile: str) -> None:
    for term in fold_query(hostile).terms:
        for phrase in term.spellings:
            assert all(word.isalnum() for word in phrase.words)


def test_a_query_stays_small() -> None:
    query = fold_query("خواهرخواندگی " * 500)
    assert len(query.terms) <= 12
    assert sum(len(term.spellings) for term in query.terms) < 300


def test_clean_keeps_what_persian_needs() -> None:
    text = "می‌شود؛ «متن»\tدو\nخط ۱۲٫۵٪"
    assert clean(text, multiline=True) == text
    assert clean(text, multiline=False) == "می‌شود؛ «متن» دو خط ۱۲٫۵٪"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\ufeffعنوان\u00ad", "عنوان"),
        ("a\x07b\x9fc", "abc"),
        ("a\U000e0041b", "ab"),
        ("a\r\nb\x0bc\u2028d", "a\nb\nc\nd"),
        ("e\u0301", "é"),
        (f"س{ZWJ}ل 1{ZWJ}2{ZWJ}", f"س{ZWJ}ل 12"),
        (f"  سلام{ZWNJ} ", "سلام"),
        ("\u200fمتن", "\u200fمتن"),
    ],
)
def test_what_comes_with_a_paste_goes_without_a_word(typed: str, kept: str) -> None:
    assert clean(typed, multiline=True) == kept


@pytest.mark.parametrize(
    ("sign", "reason"),
    [
        ("\x00", Unwanted.NUL),
        ("\ud800", Unwanted.SURROGATE),
        *((chr(code), Unwanted.BIDI_CONTROL) for code in (0x202A, 0x202E, 0x2066, 0x2069)),
    ],
)
def test_what_nobody_types_is_refused(sign: str, reason: Unwanted) -> None:
    with pytest.raises(TextRefused) as caught:
        clean(f"abc{sign}", multiline=True)
    assert (caught.value.reason, caught.value.position) == (reason, 3)


@pytest.mark.parametrize(
    ("text", "direction"),
    [("۱۴۰۰ مشهد", "rtl"), ("Mashhad مشهد", "ltr"), ("«Ош»", "ltr"), ("12 – 3", None), ("", None)],
)
def test_direction(text: str, direction: str | None) -> None:
    assert first_strong_direction(text) == direction
