"""Whatever is typed: texts, searches and numbers are taken in or refused, and never a fault."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.domain.numbers import LARGEST, NumberRefused, parse_decimal, parse_int
from tracker.domain.text import ZWNJ, TextRefused, clean, fold, fold_query

# Surrogates and controls among them, and what Persian is written with more often than chance has.
SIGNS = st.one_of(
    st.characters(),
    st.sampled_from(
        "آبپتثیيكکءئأهة\u200c\u200d\u200e\u200f\u202e\u2066\0\r\n\t\u00ad\ufeff۰٠0²٫٬،.,+-_eE "
    ),
)
ANY_TEXT = st.text(SIGNS, max_size=60)
LETTERS = st.text("ابپتجدرسشعفقکگلمنویه", min_size=1, max_size=8)
NUMBERS = st.integers(-LARGEST, LARGEST)
DIGITS = ("0123456789", "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९")


@example("\u3000\u2003نام\u3000", False)
@example("a\u0301\u00ad\r\nb\u2028\u0085c", True)
@given(ANY_TEXT, st.booleans())
def test_what_is_accepted_is_clean_and_stays_as_it_is(text: str, multiline: bool) -> None:
    try:
        kept = clean(text, multiline=multiline)
    except TextRefused as refused:
        sign = text[refused.position]
        assert sign == "\0" or unicodedata.category(sign) in ("Cs", "Cf")
        return
    assert clean(kept, multiline=multiline) == kept
    assert unicodedata.is_normalized("NFC", kept)
    assert kept == kept.strip()
    allowed = "\n\t" if multiline else ""
    assert not [s for s in kept if unicodedata.category(s) in ("Cc", "Cs") and s not in allowed]
    kept.encode()


@pytest.mark.parametrize(
    "text",
    ["\u200b", "\u200e\u200f", "\u2060", "\u3164\u115f", "\u2800 \u061c", "\ufdd0", "\U0010ffff"],
)
def test_what_cannot_be_seen_is_nothing(text: str) -> None:
    assert clean(text, multiline=True) == ""


@given(LETTERS, LETTERS)
def test_half_spaces_between_letters_are_kept(first: str, second: str) -> None:
    assert clean(f" {first}{ZWNJ}{second}\u00ad ", multiline=False) == f"{first}{ZWNJ}{second}"


@given(ANY_TEXT)
def test_folding_leaves_words_one_space_apart(text: str) -> None:
    folded = fold(text)
    assert folded == " ".join(folded.split())
    assert folded == folded.lower()
    assert all(unicodedata.category(sign)[0] in "LN" or sign == " " for sign in folded)
    for word in folded.split():
        assert fold(word) == word


@given(ANY_TEXT)
def test_a_query_holds_words_and_nothing_that_a_search_engine_reads(text: str) -> None:
    for term in fold_query(text).terms:
        for phrase in term.spellings:
            assert phrase.words
            assert all(unicodedata.category(s)[0] in "LN" for w in phrase.words for s in w)


@given(LETTERS, LETTERS)
def test_two_words_are_also_looked_for_as_one(first: str, second: str) -> None:
    for between in (" ", ZWNJ):
        terms = fold_query(first + between + second).terms
        offered = {phrase.words for term in terms for phrase in term.spellings}
        assert (fold(first + second),) in offered


@given(NUMBERS, st.sampled_from(DIGITS), st.booleans())
def test_a_number_is_read_in_all_digits(number: int, digits: str, grouped: bool) -> None:
    written = f"{number:,}" if grouped else str(number)
    typed = written.translate(str.maketrans("0123456789,", digits + "٬"))
    assert parse_int(typed, negative=True) == number
    assert parse_decimal(typed + "٫" + digits[0], scale=0, negative=True) == number


@given(st.integers(0, 10**15), st.integers(0, 99), st.sampled_from(DIGITS))
def test_money_loses_no_digit(whole: int, cents: int, digits: str) -> None:
    typed = f"{whole}.{cents:02}".translate(str.maketrans("0123456789.", digits + "٫"))
    assert parse_decimal(typed) == whole * 100 + cents


@given(
    ANY_TEXT | st.text(st.sampled_from("0123456789۰۱٢²½.,٫٬،-+_eExXnaNifINF \u200f"), max_size=45)
)
def test_anything_else_is_a_whole_number_or_refused(text: str) -> None:
    for read in (parse_int, parse_decimal):
        try:
            number = read(text, negative=True)
        except NumberRefused:
            continue
        assert isinstance(number, int)
        assert abs(number) <= LARGEST
        assert any(unicodedata.category(sign) == "Nd" for sign in text)
        assert not [s for s in text if s.isalpha() or s == "_"]


@pytest.mark.parametrize(
    "text", ["NaN", "inf", "1e30", "1_000", "²", "0x1f", "--1", "1 000", "1" * 400]
)
def test_what_other_readers_take_for_a_number(text: str) -> None:
    with pytest.raises(NumberRefused):
        parse_decimal(text, negative=True)
