"""Which words of a text a query found, for a page that marks them: whole words, never parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from tracker.domain.text import ZWNJ, Phrase, Query, fold_signs


class Piece(NamedTuple):
    """A stretch of a text, marked or not."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class _Word:
    """One folded word, and where the written word that it is (a part of) begins and ends."""

    folded: str
    start: int
    end: int


def pieces(text: str, query: Query) -> list[Piece]:
    """The text in order, cut where marks begin and end."""
    cut: list[Piece] = []
    at = 0
    for start, end in _found(text, query):
        if at < start:
            cut.append(Piece(text[at:start], False))
        cut.append(Piece(text[start:end], True))
        at = end
    if at < len(text):
        cut.append(Piece(text[at:], False))
    return cut


def excerpt(cut: Sequence[Piece], most: int, before: int = 40) -> list[Piece]:
    """The pieces, shortened at words to about `most` signs around the first mark."""
    if sum(len(piece.text) for piece in cut) <= most:
        return list(cut)
    lead = 0
    for piece in cut:
        if piece.marked:
            break
        lead += len(piece.text)
    else:
        lead = 0
    skip = max(0, lead - before)
    kept: list[Piece] = []
    left = most
    for piece in cut:
        text = piece.text
        if skip:
            if skip >= len(text):
                skip -= len(text)
                continue
            text, skip = "…" + text[skip:].partition(" ")[2], 0
        if len(text) > left:
            if not piece.marked:
                kept.append(Piece(text[:left].rpartition(" ")[0] + "…", False))
            break
        kept.append(Piece(text, piece.marked))
        left -= len(text)
    return kept


def finds(text: str, query: Query) -> bool:
    """Whether every term of the query stands in the text."""
    readings = _readings(text)
    return bool(query) and all(
        any(_spans(words, phrase) for words in readings for phrase in term.spellings)
        for term in query.terms
    )


def _found(text: str, query: Query) -> list[tuple[int, int]]:
    """The spans of the words found, in order, none touching the next."""
    readings = _readings(text)
    spans = sorted(
        span
        for term in query.terms
        for phrase in term.spellings
        for words in readings
        for span in _spans(words, phrase)
    )
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _spans(words: Sequence[_Word], phrase: Phrase) -> list[tuple[int, int]]:
    """Where the words of a phrase stand next to one another."""
    count, first = len(phrase.words), phrase.words[0]
    if count == 1:
        return [
            (word.start, word.end)
            for word in words
            if word.folded == first or (phrase.prefix and word.folded.startswith(first))
        ]
    return [
        (words[at].start, words[at + count - 1].end)
        for at in range(len(words) - count + 1)
        if words[at].folded == first and _is(words[at : at + count], phrase)
    ]


def _is(words: Sequence[_Word], phrase: Phrase) -> bool:
    *first, last = (word.folded for word in words)
    *wanted, begun = phrase.words
    if first != wanted:
        return False
    return last.startswith(begun) if phrase.prefix else last == begun


@lru_cache(maxsize=512)  # the newest titles come up again and again, whatever is looked for
def _readings(text: str) -> tuple[tuple[_Word, ...], ...]:
    """The words of a text as they are indexed: apart at every half-space, and joined there."""
    written = list(_written(text))
    apart = tuple(
        _Word(part, start, end)
        for parts, start, end in written
        for part in parts.split(ZWNJ)
        if part
    )
    if not any(ZWNJ in parts for parts, _, _ in written):
        return (apart,)
    joined = (_Word(parts.replace(ZWNJ, ""), start, end) for parts, start, end in written)
    return apart, tuple(joined)


def _written(text: str) -> Iterator[tuple[str, int, int]]:
    """Each written word: what it folds to, half-spaces kept, and where it stands."""
    begun, folded = 0, ""
    for at, sign in enumerate(text):
        letters = fold_signs(sign)
        if letters.isspace():
            if folded.strip(ZWNJ):
                yield folded.strip(ZWNJ), begun, at
            folded = ""
            continue
        if not folded:
            begun = at
        folded += letters
    if folded.strip(ZWNJ):
        yield folded.strip(ZWNJ), begun, len(text)
