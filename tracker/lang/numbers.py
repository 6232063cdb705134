"""Numbers as the language writes them."""

from __future__ import annotations

from functools import lru_cache

from tracker.lang.languages import Lang
from tracker.lang.messages import current, digits, gettext


def format_number(number: int, *, scale: int = 0) -> str:
    """A whole number in groups of three; with `scale`, so many of its digits are decimals.

    `format_number(12345, scale=2)` → '123.45' / «۱۲۳٫۴۵»; decimals that are zero are left out.
    """
    return _formatted(number, scale, current())


@lru_cache(maxsize=8192)
def _formatted(number: int, scale: int, lang: Lang) -> str:
    whole, rest = divmod(abs(number), 10**scale)
    text = f"{whole:,}".replace(",", lang.group)
    decimals = f"{rest:0{scale}}".rstrip("0") if scale else ""
    if decimals:
        text += lang.decimal + decimals
    if number < 0:
        # Before the digits in the order of writing, which right-to-left text would turn around.
        text = "\u200e\u2212" + text
    return digits(text)


def format_size(count: int) -> str:
    """How large a file is, as people say it: «۱٫۲ مگابایت», «85 KB»."""
    if count >= 2**20:
        tenths = round(count * 10 / 2**20)
        return gettext("%(size)s MB", size=format_number(tenths, scale=1))
    return gettext("%(size)s KB", size=format_number(max(1, round(count / 2**10))))


def format_percent(number: int) -> str:
    """For tables and bars; running text says «۲۵ درصد» through a message."""
    return digits(f"{number}{current().percent}")
