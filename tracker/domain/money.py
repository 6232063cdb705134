"""Money: whole minor units of an ISO currency, never a fraction and never a guess."""

from __future__ import annotations

import re

# Currencies whose minor unit is the unit itself; all others of the record have hundredths.
WHOLE = frozenset({"IRR", "JPY", "KRW", "VND", "CLP", "ISK"})
_CODE = re.compile("[A-Z]{3}")


def decimals(currency: str) -> int:
    """How many decimals an amount in this currency has."""
    return 0 if currency in WHOLE else 2


def is_code(text: str) -> bool:
    """Whether this can be the code of a currency."""
    return _CODE.fullmatch(text) is not None


def from_hundredths(amount: int, currency: str) -> int | None:
    """An amount that was read with two decimals, in minor units; None when it is too precise."""
    whole, rest = divmod(amount, 100)
    if decimals(currency):
        return amount
    return None if rest else whole


def to_hundredths(minor: int, currency: str) -> int:
    """An amount in minor units, with two decimals."""
    return minor if decimals(currency) else minor * 100
