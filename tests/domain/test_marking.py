"""Marks around what a query found: whole words, in every way that Persian is spelled."""

from __future__ import annotations

import pytest

from tracker.domain.marking import Piece, excerpt, finds, pieces
from tracker.domain.text import fold_query


def marked(text: str, query: str) -> list[str]:
    cut = pieces(text, fold_query(query))
    assert "".join(piece.text for piece in cut) == text
    return [piece.text for piece in cut if piece.marked]


@pytest.mark.parametrize("query", ["تفاهم‌نامه", "تفاهم نامه", "تفاهمنامه", "تفاهمنامه‌"])
@pytest.mark.parametrize("written", ["تفاهم‌نامه", "تفاهمنامه"])
def test_half_spaces_make_no_difference(query: str, written: str) -> None:
    assert marked(f"متن {written} همکاری", query) == [written]


def test_words_apart_are_marked_one_by_one() -> None:
    assert "".join(marked("متن تفاهم نامه همکاری", "تفاهمنامه")).replace(" ", "") == "تفاهمنامه"


def test_letters_and_digits_of_other_keyboards_are_the_same() -> None:
    assert marked("کد خبر ۸۶۹۳۵", "86935") == ["۸۶۹۳۵"]
    assert marked("مشهدي كريم", "مشهدی کریم") == ["مشهدي", "كريم"]


def test_a_word_is_never_marked_in_part() -> None:
    assert marked("اوش و کاوش", "اوش") == ["اوش"]
    assert marked("Osh and Oshawa", "osh and") == ["Osh", "and"]


def test_the_last_word_may_be_only_begun_and_is_marked_whole() -> None:
    assert marked("Kyrgyzstan’s cities", "kyr") == ["Kyrgyzstan"]


def test_nothing_asked_marks_nothing() -> None:
    assert pieces("Osh", fold_query("")) == [Piece("Osh", False)]
    assert not finds("Osh", fold_query("?!"))


def test_every_word_of_the_query_must_be_found() -> None:
    assert finds("استان اوش، قرقیزستان", fold_query("قرقیزستان اوش"))
    assert not finds("استان اوش", fold_query("قرقیزستان اوش"))


def test_a_long_text_is_cut_at_words_around_the_first_mark() -> None:
    text = " ".join(["before"] * 50 + ["Osh"] + ["after"] * 50)
    cut = excerpt(pieces(text, fold_query("osh")), 120)
    shown = "".join(piece.text for piece in cut)
    assert [piece.text for piece in cut if piece.marked] == ["Osh"]
    assert len(shown) < 140
    assert shown.startswith("…before")
    assert shown.endswith("after…")
