"""Which names are those of countries, in the languages that we speak."""

from __future__ import annotations

from functools import cache

from babel import Locale, UnknownLocaleError

from tracker.domain.text import fold
from tracker.lang.languages import LANGUAGES


def country_code(name: str) -> str | None:
    """The ISO 3166 code of the country of that name, or None; source: CLDR."""
    return _codes().get(fold(name))


@cache
def _codes() -> dict[str, str]:
    codes: dict[str, str] = {}
    for tag in LANGUAGES:
        try:
            territories = Locale.parse(tag).territories
        except UnknownLocaleError:
            continue
        for code, name in territories.items():
            # Three digits are a continent or a region.
            if len(code) == 2 and code.isalpha():
                codes.setdefault(fold(name), code)
    return codes
