"""Frozen records to plain JSON values and back, without losing a type on the way."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import IntEnum, StrEnum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from tracker.domain.dates import FuzzyDate


class RecordRefused(ValueError):
    """The values do not make a record of this type."""


def plain(value: Any) -> Any:
    if isinstance(value, FuzzyDate):
        return {"first": plain(value.first), "last": plain(value.last), "raw": value.raw}
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, IntEnum):
        return value.name.lower()
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        # normalised, so that 2 and 2.00 from two databases are one number
        return format(value.normalize(), "f")
    return value


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def made(kind: Any, given: Any) -> Any:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        chosen = next(a for a in arguments if a is not type(None))
        return None if given is None else made(chosen, given)
    if origin is tuple:
        return tuple(made(arguments[0], item) for item in given)
    if origin is dict:
        return dict(given)
    if kind is FuzzyDate:
        first, last = (made(date | None, given[end]) for end in ("first", "last"))
        return FuzzyDate(first, last, given["raw"])
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        if set(given) - set(hints):
            raise RecordRefused(f"{kind} knows no {sorted(set(given) - set(hints))}")
        return kind(**{name: made(hints[name], item) for name, item in given.items()})
    if isinstance(kind, type) and issubclass(kind, IntEnum):
        return kind[given.upper()]
    if kind in (date, datetime):
        return kind.fromisoformat(given)
    if kind in (str, int, bool) and type(given) is not kind:
        raise RecordRefused(f"{given!r} is not of type {kind.__name__}")
    return kind(given)
