"""The order of names: digits by their number, then the Persian alphabet, then the others."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from tracker.domain.text import ZWNJ

_ALPHABET = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
_RANK = {letter: chr(0x100 + rank) for rank, letter in enumerate(_ALPHABET)}
_SAME = {"أ": "ا", "إ": "ا", "ٱ": "ا", "ؤ": "و", "ئ": "ی", "ي": "ی", "ى": "ی", "ك": "ک"}
_SAME |= {"ة": "ه", "ۀ": "ه", **dict.fromkeys("\u06be\u06c1\u06d5", "ه")}


@lru_cache(maxsize=8192)
def sort_key(text: str) -> str:
    """A text whose plain comparison puts names in order; fit for a stored column."""
    key: list[str] = []
    number = ""
    for sign in unicodedata.normalize("NFKC", text).lower():
        if unicodedata.category(sign) == "Nd":
            number += str(unicodedata.digit(sign))
            continue
        if number:
            key.append(_number(number))
            number = ""
        key.append(_sign(sign))
    if number:
        key.append(_number(number))
    return " ".join("".join(key).split())


def _number(digits: str) -> str:
    """Its length before it, so that district 2 comes before district 10."""
    significant = digits.lstrip("0") or "0"
    return f"{min(len(significant), 99):02}{significant}"


def _sign(sign: str) -> str:
    sign = _SAME.get(sign, sign)
    if sign in _RANK:
        return _RANK[sign]
    if sign == ZWNJ:
        return ""
    base = "".join(s for s in unicodedata.normalize("NFKD", sign) if s.isalpha())
    if not base:
        return "" if unicodedata.category(sign) in ("Mn", "Cf") else " "
    # Latin and Cyrillic after the Persian letters, in their own order.
    return "".join(_RANK.get(s) or (chr(ord(s) + 0x200) if ord(s) < 0x3000 else s) for s in base)
