"""A paper that somebody waits for has an end: what is beyond is left out, and the paper says so.

Forms take nothing of the kind; an import or years of entries may. The attached facts stay whole.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import cache
from typing import Any

from reports import selection
from tracker.domain.briefings import Briefing, TieBody
from tracker.domain.dates import FuzzyDate

# What forms take is printed whole.
LONGEST = {"text": 2000}
LONGEST_ELSE = 500
MOST_WITHIN = 60  # parts of one entry, such as those present
CUT = " […]"


@dataclass(slots=True)
class LeftOut:
    """How much a shortened paper does not print."""

    entries: int = 0
    texts: int = 0

    def __bool__(self) -> bool:
        return bool(self.entries or self.texts)


def shortened(briefing: Briefing, most: int) -> tuple[Briefing, LeftOut]:
    """With at most so many entries of each list, those that a page would print first."""
    cutting = _Cutting()
    longer: dict[str, Any] = cutting.lists(_ranked(briefing.body), most)
    body = cutting.walk(replace(briefing.body, **longer), most)
    notes, sources = briefing.notes, briefing.sources
    if cutting.left.entries or len(sources) > most:
        notes = tuple(note for note in notes if note.ref in cutting.called)
        used = {note.source for note in notes}
        unused = [source for source in sources if source.ref not in used]
        sources = (*(s for s in sources if s.ref in used), *unused[: max(0, most - len(used))])
    rest = cutting.lists({"unknowns": briefing.unknowns, "inferences": briefing.inferences}, most)
    short = replace(
        briefing,
        head=cutting.walk(briefing.head),
        body=body,
        notes=cutting.walk(notes, len(notes)),
        sources=cutting.walk(sources, len(sources)),
        **{name: cutting.walk(held, most) for name, held in rest.items()},
    )
    return short, cutting.left


def _ranked(body: TieBody) -> dict[str, tuple[Any, ...]]:
    """The lists that may be cut, in the order in which pages print them."""
    live = selection.open_actions(body)
    shown = set(map(id, live))
    lists = {f.name: getattr(body, f.name) for f in fields(body)}
    return {
        **{name: held for name, held in lists.items() if isinstance(held, tuple)},
        "promises": selection.promises(body),
        "meetings": tuple(sorted(body.meetings, key=lambda m: m.held.sort, reverse=True)),
        "actions": (*live, *(a for a in body.actions if id(a) not in shown)),
        "statements": tuple(sorted(body.statements, key=lambda s: s.said.sort, reverse=True)),
    }


@dataclass(slots=True)
class _Cutting:
    left: LeftOut = field(default_factory=LeftOut)
    called: set[str] = field(default_factory=set)

    def lists(self, lists: dict[str, tuple[Any, ...]], most: int) -> dict[str, tuple[Any, ...]]:
        return {name: self._first(held, most) for name, held in lists.items() if len(held) > most}

    def walk(self, value: Any, most: int = MOST_WITHIN, name: str = "") -> Any:
        """The same value where nothing in it is too long, so that little is made anew."""
        if isinstance(value, str):
            return self._text(value, name)
        if isinstance(value, dict):
            return {tag: self._text(text, name) for tag, text in value.items()}
        if isinstance(value, tuple):
            if name == "notes":
                self.called.update(value[:most])
            return tuple(self.walk(item, name=name) for item in self._first(value, most))
        if is_dataclass(value) and not isinstance(value, FuzzyDate | type):
            within = most if isinstance(value, TieBody) else MOST_WITHIN
            return replace(
                value,
                **{n: self.walk(getattr(value, n), within, n) for n in _names(type(value))},
            )
        return value

    def _first(self, held: tuple[Any, ...], most: int) -> tuple[Any, ...]:
        if len(held) <= most:
            return held
        self.left.entries += len(held) - most
        return held[:most]

    def _text(self, text: str, name: str) -> str:
        longest = LONGEST.get(name, LONGEST_ELSE)
        if len(text) <= longest:
            return text
        self.left.texts += 1
        return text[:longest] + CUT


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind))
