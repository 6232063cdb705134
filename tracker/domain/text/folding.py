"""How a text is folded to be searched: one spelling for each letter, digit and word."""

from __future__ import annotations

import unicodedata

from tracker.domain.text.accepted import ZWJ, ZWNJ

_SAME_LETTER = str.maketrans(
    {
        "ي": "ی",
        "ى": "ی",
        "ك": "ک",
        "ة": "ه",
        **dict.fromkeys("\u06be\u06c1\u06d5", "ه"),  # the h of neighbouring languages
        "ٱ": "ا",
        "ء": "",
        "ـ": "",
        "\u0131": "i",
        ZWJ: "",
    }
)


class _Letters(dict[int, str]):
    """Code point → what stands for it in folded text, worked out once for each sign."""

    def __missing__(self, code: int) -> str:
        folded = "".join(map(self._fold_sign, unicodedata.normalize("NFKD", chr(code))))
        self[code] = folded
        return folded

    @staticmethod
    def _fold_sign(sign: str) -> str:
        kind = unicodedata.category(sign)
        if sign == ZWNJ:
            return ZWNJ
        if kind == "Nd":
            return str(unicodedata.digit(sign))
        if kind in ("Mn", "Me", "Cf", "Cs"):  # vowel signs, hamza above, accents, bidi marks
            return ""
        if kind[0] in "LN":
            return sign.translate(_SAME_LETTER).lower()
        return " "


# Bounded by the signs that exist, in practice by the few hundred that a city's texts use.
_letters = _Letters()


def fold_signs(text: str) -> str:
    """One spelling for each letter and digit, punctuation as spaces; the non-joiner stays."""
    return text.translate(_letters)


def fold(text: str) -> str:
    """`text` as it is indexed: folded words one space apart, then the joined spellings."""
    signs = fold_signs(text)
    words = signs.replace(ZWNJ, " ").split()
    if ZWNJ in signs:
        joined = (word.replace(ZWNJ, "") for word in signs.split() if ZWNJ in word.strip(ZWNJ))
        words.extend(dict.fromkeys(joined))
    return " ".join(words)
