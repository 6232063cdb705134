"""Which words of two texts stand in one of them alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tracker.web.comparing import MOST_PIECES, Run, compared


def alone(runs: tuple[Run, ...]) -> list[str]:
    return [run.text for run in runs if run.is_alone]


def test_only_the_words_that_differ_are_marked() -> None:
    mine, theirs = compared("The mayor will come on Sunday", "The mayor will leave on Monday")
    assert (alone(mine), alone(theirs)) == (["come", "Sunday"], ["leave", "Monday"])


def test_persian_words_are_whole_with_their_joiners() -> None:
    mine, theirs = compared("شهردار می‌رود", "شهردار می‌آید")
    assert (alone(mine), alone(theirs)) == (["می‌رود"], ["می‌آید"])


def test_words_in_a_row_are_marked_as_one() -> None:
    mine, theirs = compared("They offered ten new buses", "They offered help")
    assert (alone(mine), alone(theirs)) == (["ten new buses"], ["help"])


def test_nothing_has_no_runs() -> None:
    assert compared("", "word") == ((), (Run("word", True),))


def test_what_is_too_long_to_compare_comes_back_whole() -> None:
    long = "word " * MOST_PIECES
    assert compared(long, "word") == ((Run(long),), (Run("word"),))


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_letter_is_lost(one: str, other: str) -> None:
    mine, theirs = compared(one, other)
    assert "".join(run.text for run in mine) == one
    assert "".join(run.text for run in theirs) == other
    assert (alone(mine) == [] == alone(theirs)) == (one == other)
