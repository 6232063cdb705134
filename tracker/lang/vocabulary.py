"""Words looked up by a value at run time, so that no reader of the source can find them."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from enum import IntEnum, StrEnum
from types import ModuleType
from typing import Any

from tracker import domain
from tracker.domain.machines import Move
from tracker.lang.dates import GREGORIAN_MONTHS, JALALI_MONTHS, SEASONS, WEEKDAYS
from tracker.lang.messages import label_id

# Told apart by the program only; what they mean is said in sentences.
_UNSAID = frozenset(
    {"Direction", "FileRefusal", "FileType", "Kind", "NumberRefusal", "Refusal", "Unwanted"}
)


def words() -> Iterator[tuple[str, str, str]]:
    """Context, English word, and the catalogue file it belongs in."""
    for module in _modules():
        for name, value in vars(module).items():
            # A class under a second, shorter name is met under its own as well.
            if name == getattr(value, "__name__", "") and _is_vocabulary(value, module):
                yield from ((name, label_id(member), "domain") for member in value)
            elif isinstance(value, tuple):
                moves = (move for move in value if isinstance(move, Move))
                yield from (("Move", move.name, "domain") for move in moves)
    for context, names in (
        ("Jalali month", JALALI_MONTHS),
        ("Gregorian month", GREGORIAN_MONTHS),
        ("weekday", WEEKDAYS),
        ("season", SEASONS),
    ):
        yield from ((context, name, "lang") for name in names)


def _is_vocabulary(value: Any, module: ModuleType) -> bool:
    return (
        isinstance(value, type)
        and issubclass(value, StrEnum | IntEnum)
        and value.__module__ == module.__name__
        and value.__name__ not in _UNSAID
    )


def _modules() -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(domain.__path__, f"{domain.__name__}."):
        yield importlib.import_module(found.name)
