"""Cells of a table that leaves the house as CSV: words, never formulas."""

from __future__ import annotations

import re
import unicodedata

_SIGNS = frozenset("=+-@|\t\r＝＋－＠")  # noqa: RUF001  spreadsheets take the wide ones too
_NUMBER = re.compile(r"-\d+(?:\.\d+)?", re.ASCII)
# Blanks, and what nobody sees: marks of direction, joiners, controls other than those above.
_UNSEEN = frozenset({"Cf", "Zs", "Zl", "Zp", "Cc"})


def safe_cell(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it for a formula."""
    first = next((sign for sign in text if not _is_passed_over(sign)), "")
    return f"'{text}" if first in _SIGNS and not _NUMBER.fullmatch(text) else text


def _is_passed_over(sign: str) -> bool:
    return sign not in _SIGNS and unicodedata.category(sign) in _UNSEEN
