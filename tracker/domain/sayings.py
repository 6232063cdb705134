"""Reading what was said at a meeting: plain lines, each perhaps beginning with who spoke."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.domain.naming import split_name
from tracker.domain.text import ZWNJ, fold_signs

_COLON = re.compile("[:\uff1a]")
# Beyond this a colon belongs to the sentence, not to a name before it.
LONGEST_NAME = 120
_HONORIFICS = frozenset(
    fold_signs(word)
    for word in (
        *("آقای", "خانم", "جناب", "دکتر", "مهندس"),
        *("mr", "mrs", "ms", "miss", "dr"),
    )
)


@dataclass(frozen=True, slots=True)
class Delegate:
    """Somebody who may speak: the names of the person and the titles of the post."""

    names: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Saying:
    """One line: what was said, and by which of the delegates, if by one of them."""

    text: str
    speaker: int | None = None


def read(said: str, delegates: Sequence[Delegate]) -> list[Saying]:
    """Each line that is not empty. A name that nobody or several go by stays part of the text."""
    return [_saying(line, delegates) for line in map(str.strip, said.split("\n")) if line]


def _saying(line: str, delegates: Sequence[Delegate]) -> Saying:
    colon = _COLON.search(line, 0, LONGEST_NAME)
    if colon is None:
        return Saying(line)
    text = line[colon.end() :].strip()
    speaker = speaker_of(line[: colon.start()], delegates)
    return Saying(line) if speaker is None or not text else Saying(text, speaker)


def speaker_of(name: str, delegates: Sequence[Delegate]) -> int | None:
    """The one delegate meant by a name; a full name goes before a part of one."""
    wanted = {_joined(_words(split_name(name).name)), _joined(_words(name))} - {""}
    for forms in (_full_forms, _short_forms):
        meant = [
            at
            for at, delegate in enumerate(delegates)
            if any(form in wanted for form in forms(delegate))
        ]
        if meant:
            return meant[0] if len(meant) == 1 else None
    return None


def _full_forms(delegate: Delegate) -> Iterator[str]:
    for text in (*delegate.names, *delegate.posts):
        yield _joined(_words(text))


def _short_forms(delegate: Delegate) -> Iterator[str]:
    """The end of a name («خرازی»), the beginning of a post («سفیر ایران»)."""
    for name in delegate.names:
        words = _words(name)
        yield from (_joined(words[at:]) for at in range(1, len(words)))
    for post in delegate.posts:
        words = _words(post)
        yield from (_joined(words[:end]) for end in range(1, len(words)))


def _words(text: str) -> list[str]:
    return [
        word for word in fold_signs(text).replace(ZWNJ, " ").split() if word not in _HONORIFICS
    ]


def _joined(words: Sequence[str]) -> str:
    # Without spaces: «سید عبدالله», «سیدعبدالله» and «نایب‌رئیس», «نایب رئیس» are the same.
    return "".join(words)
