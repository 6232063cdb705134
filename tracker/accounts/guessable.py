"""Passwords that anybody would try: a list of common ones, and words of which nothing is made.

The list is read when somebody chooses a password, and let go of again: a web worker has better
uses for its memory.
"""

from __future__ import annotations

import gzip
import re
import unicodedata
from pathlib import Path

from tracker.profiles import Profile

_HERE = Path(__file__).parent
_COMMON = _HERE / "guessable_passwords.txt.gz"
_STEMS = _HERE / "guessable.txt"
_STEM_LETTERS = 3
# What must be left without the words and digits that anybody would try: different letters, or
# else as many digits and signs as no telephone number and date together have.
LETTERS, SIGNS = 4, 14

_LOOKS_LIKE = str.maketrans("0134578@$!|", "oieastbasil")
_ALSO_LIKE = str.maketrans("1", "l")
_YEAR = re.compile(r"1[34]\d\d|19\d\d|20\d\d")
_ENDS = re.compile(r"^[\W\d_]+|[\W\d_]+$")


def stems() -> frozenset[str]:
    """Words of which no password is made, however they are joined and numbered."""
    lines = _STEMS.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def common() -> frozenset[str]:
    """The passwords that are taken most often, in small letters."""
    return frozenset(gzip.decompress(_COMMON.read_bytes()).decode().split())


def words_of_city(profile: Profile) -> tuple[str, ...]:
    """What the place and its office are called, in every language of the profile."""
    named = (profile.name, profile.municipality, profile.country)
    return tuple(text for texts in named for text in texts.values())


def is_guessable(password: str, words: tuple[str, ...]) -> bool:
    """Whether it is common, or nothing but what this office and `words` would suggest."""
    text = _latin_digits(password.casefold())
    known = stems() | {part for word in words for part in _parts(word)}
    return any(_is_made_of(reading, known) for reading in _readings(text)) or _is_common(text)


def _is_made_of(reading: str, known: frozenset[str]) -> bool:
    """Whether too little is left of it without the known words, years and runs."""
    for word in sorted(known, key=len, reverse=True):
        reading = reading.replace(word, "")
    letters = {sign for sign in reading if sign.isalpha()}
    signs = _without_runs(_YEAR.sub("", "".join(c for c in reading if not c.isalpha())))
    return len(letters) < LETTERS and len(signs) < SIGNS


def _is_common(text: str) -> bool:
    """Whether it is in the list, with whatever is put around it, or is two of the list joined."""
    listed = common()
    return text in listed or any(
        letters in listed or _is_joined(letters, listed)
        for letters in map(_letters, _readings(text))
    )


def _is_joined(letters: str, listed: frozenset[str]) -> bool:
    cuts = range(_STEM_LETTERS, len(letters) - _STEM_LETTERS + 1)
    return any(letters[:cut] in listed and letters[cut:] in listed for cut in cuts)


def _readings(text: str) -> tuple[str, ...]:
    """As it stands, and with the digits and signs between letters read as what they look like."""
    inner = _ENDS.sub("", text)
    if not inner:  # nothing but digits and signs
        return (text,)
    return (
        text,
        inner.translate(_LOOKS_LIKE),
        inner.translate(_ALSO_LIKE).translate(_LOOKS_LIKE),
    )


def _without_runs(signs: str) -> str:
    """Without what only counts on or repeats: «1234», «0000»."""
    return "".join(
        sign
        for before, sign in zip(" " + signs, signs, strict=False)
        if ord(sign) - ord(before) not in (-1, 0, 1)
    )


def _parts(word: str) -> list[str]:
    parts = (_letters(part) for part in re.split(r"[\W\d_]+", word.casefold()))
    return [part for part in parts if len(part) >= _STEM_LETTERS]


def _letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalpha())


def _latin_digits(text: str) -> str:
    return "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in text)
