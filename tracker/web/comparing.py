"""Two texts side by side: which words stand in one of them alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

# Comparing takes up to the square of it.
MOST_PIECES = 3000
# Words hold their joiners; what is between words counts as well.
_PIECES = re.compile(r"[\w\u200c\u200d]+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a text that both have, or that this one has alone."""

    text: str
    is_alone: bool = False


Runs = tuple[Run, ...]


def compared(one: str, other: str) -> tuple[Runs, Runs]:
    """Both texts in runs. Texts that are too long for a comparison come back as they are."""
    ours, theirs = _PIECES.findall(one), _PIECES.findall(other)
    if len(ours) + len(theirs) > MOST_PIECES:
        return _whole(one), _whole(other)
    steps = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    return (
        tuple(_joined([("".join(ours[a:b]), step != "equal") for step, a, b, _, _ in steps])),
        tuple(_joined([("".join(theirs[a:b]), step != "equal") for step, _, _, a, b in steps])),
    )


def _whole(text: str) -> Runs:
    return (Run(text),) if text else ()


def _joined(stretches: list[tuple[str, bool]]) -> Iterator[Run]:
    """Without empty ones, and with the space between two that stand alone counted to them."""
    runs: list[Run] = []
    for text, is_alone in stretches:
        if not text:
            continue
        if runs and runs[-1].is_alone and not is_alone and text.isspace():
            is_alone = True
        if runs and runs[-1].is_alone == is_alone:
            runs[-1] = Run(runs[-1].text + text, is_alone)
        else:
            runs.append(Run(text, is_alone))
    yield from runs
