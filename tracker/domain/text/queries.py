"""What somebody types into a search box, in every spelling that a document may have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tracker.domain.text.accepted import ZWNJ
from tracker.domain.text.folding import fold_signs

# One word a row, in spellings that folding cannot bring together.
_SYNONYMS: tuple[tuple[str, ...], ...] = (
    ("گفت‌وگو", "گفتگو", "گفت‌گو", "گفت‌و‌گو"),
    ("گفت‌وگوی", "گفتگوی", "گفت‌گوی", "گفت‌و‌گوی"),
    ("گفت‌وگوها", "گفتگوها", "گفت‌وگو‌ها"),
    ("جست‌وجو", "جستجو", "جست‌و‌جو"),
    ("مسئول", "مسؤول"),
    ("مسئولیت", "مسؤولیت"),
    ("مسئولان", "مسؤولان"),
    ("مسئولین", "مسؤولین"),
    ("شئون", "شؤون"),
    ("رئوس", "رؤوس"),
    ("هیئت", "هیأت"),
    ("جرئت", "جرأت"),
    ("نشئت", "نشأت"),
    ("اتاق", "اطاق"),
    ("تهران", "طهران"),
    ("امپراتور", "امپراطور"),
    ("بلیت", "بلیط"),
    ("قرقیزستان", "قرغیزستان"),
    ("آسیای میانه", "آسیای مرکزی"),
    ("بریفینگ", "گزارش مدیریتی", "پروندهٔ دیدار"),
    ("تفاهم‌نامه", "یادداشت تفاهم", "mou"),
)

Words = tuple[str, ...]


def _words(text: str) -> Words:
    return tuple(fold_signs(text).replace(ZWNJ, " ").split())


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand next to one another, the last of them perhaps only begun."""

    words: Words
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """One part of a query, in every spelling it may have in a document: any of them will do."""

    spellings: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: every term must be found. The words hold letters and digits only."""

    terms: tuple[Term, ...]

    def __bool__(self) -> bool:
        return bool(self.terms)


MOST_WORDS = 12
_SHORTEST_PART = 2
_PLURALS = ("هایی", "های", "ها")
_SPLITTABLE = range(2 * _SHORTEST_PART + 1, 21)


@lru_cache(maxsize=64)
def fold_query(text: str) -> Query:
    """What somebody typed into a search box, as terms; the last word counts as begun."""
    units = _units(text)[:MOST_WORDS]
    return Query(tuple(_term(units, at) for at in range(len(units))))


def _units(text: str) -> list[Words]:
    """The parts of a query that belong together: «نایب‌رئیس» is one unit of two words."""
    words = [_words(part) for part in fold_signs(text).split() if part.strip(ZWNJ)]
    units: list[Words] = []
    at = 0
    while at < len(words):
        taken = _synonym_units(words, at)
        units.append(tuple(word for unit in words[at : at + taken] for word in unit))
        at += taken
    return units


def _synonym_units(words: Sequence[Words], at: int) -> int:
    """How many parts from `at` on make up one spelling of a word with synonyms; else one."""
    for taken in (3, 2):
        if at + taken <= len(words):
            joined = tuple(word for unit in words[at : at + taken] for word in unit)
            if joined in _synonyms():
                return taken
    return 1


@lru_cache(maxsize=1)
def _synonyms() -> dict[Words, tuple[Words, ...]]:
    found: dict[Words, tuple[Words, ...]] = {}
    for row in _SYNONYMS:
        spellings: dict[Words, None] = {}
        for spelling in row:
            apart = _words(spelling)
            spellings.update({apart: None, ("".join(apart),): None})
        found.update(dict.fromkeys(spellings, tuple(spellings)))
    return found


def _term(units: Sequence[Words], at: int) -> Term:
    unit, final = units[at], len(units) - 1
    found: dict[Phrase, None] = {}

    def offer(words: Words, *, begun: bool) -> None:
        found.setdefault(Phrase(words, begun))

    for words in (*_segmentations(unit), *_synonyms().get(unit, ())):
        offer(words, begun=at == final)
    for first, last in _windows(units, at):
        offer(("".join(units[n][0] for n in range(first, last + 1)),), begun=last == final)
    # A word still being typed is not taken apart: its halves would be half-typed as well.
    for words in _taken_apart(unit):
        offer(words, begun=False)
    return Term(tuple(found))


def _windows(units: Sequence[Words], at: int) -> Iterator[tuple[int, int]]:
    """The two or three neighbouring words, this one among them, that may be one word elsewhere."""
    for size in (2, 3):
        for first in range(max(0, at - size + 1), min(at, len(units) - size) + 1):
            last = first + size - 1
            if all(len(unit) == 1 for unit in units[first : last + 1]):
                yield first, last


def _taken_apart(unit: Words) -> Iterator[Words]:
    """A word cut in two wherever that can be, and without its plural ending."""
    *before, word = unit
    if word.isascii() or len(word) not in _SPLITTABLE:
        return
    ending = next((end for end in _PLURALS if word.endswith(end)), "")
    stem = word.removesuffix(ending)
    if ending and before:
        yield (*before, stem, ending)
    if not before:
        for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            yield word[:cut], word[cut:]
            if ending and cut <= len(stem) - _SHORTEST_PART:
                yield word[:cut], stem[cut:], ending


def _segmentations(words: Words) -> Iterator[Words]:
    """Every way to write a word of up to three parts; a longer one whole or in all its parts."""
    yield words
    if len(words) == 3:
        yield (words[0] + words[1], words[2])
        yield (words[0], words[1] + words[2])
    if len(words) > 1:
        yield ("".join(words),)
