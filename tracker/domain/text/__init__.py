"""The one Persian normaliser: what is accepted as text, and how text is folded to be searched.

Persian words are written in three ways, and readers type any of them: «تفاهم‌نامه» with a
zero-width non-joiner, «تفاهم نامه» with a space, «تفاهمنامه» with nothing. Each finds the others:

- `fold` turns the non-joiner into a space and appends the joined copy of each such word;
- `fold_query` offers, for each word of a query, its joined and its separated spellings.

Joining and separating is the query's work, not the index's: appending the joined pairs of all
neighbouring words instead makes the indexed text 2.8 times as long (measured on a news article of
4,637 signs), while the joined copies of `fold` add 4 % to a text full of non-joiners, and the
dozen phrases of a query cost a tenth of a millisecond over 30,000 documents.
"""

from tracker.domain.text.accepted import (
    ZWJ,
    ZWNJ,
    TextRefused,
    Unwanted,
    clean,
    first_strong_direction,
)
from tracker.domain.text.folding import fold, fold_signs
from tracker.domain.text.queries import Phrase, Query, Term, fold_query

__all__ = [
    "ZWJ",
    "ZWNJ",
    "Phrase",
    "Query",
    "Term",
    "TextRefused",
    "Unwanted",
    "clean",
    "first_strong_direction",
    "fold",
    "fold_query",
    "fold_signs",
]
