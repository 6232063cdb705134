"""How far the work has come, for whoever waits for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

Item = TypeVar("Item")

# What is being done, how much of it is done, and of how much.
Progress = Callable[[str, int, int], None]


def counted(items: Sequence[Item], doing: str, progress: Progress) -> Iterator[Item]:
    """The items one after the other, telling of each that it is done."""
    for done, item in enumerate(items):
        progress(doing, done, len(items))
        yield item
    progress(doing, len(items), len(items))
