"""Entries in the reader's words, as lists and pages of the room draw them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.audit.queries import EntryLine
from tracker.domain.access import Actor
from tracker.record.told import Line, names_for, tell
from tracker.web.city import profile

# Of one entry in a list; its own page has them all.
MOST_LINES = 3


@dataclass(frozen=True, slots=True)
class Told:
    """An entry of a list, with the first of its lines; `more` says how many there are beside
    them. None are told of what may stand on the entry's own page alone."""

    entry: EntryLine
    lines: tuple[Line, ...] = ()
    more: int = 0


def told(session: Session, actor: Actor, entries: Sequence[EntryLine]) -> list[Told]:
    """Each entry in words, with the names of all in two questions."""
    names = names_for(session, actor, [entry.changes for entry in entries if entry.is_open])
    found = []
    for entry in entries:
        if not entry.is_open:
            found.append(Told(entry))
            continue
        lines = tell(entry.kind, entry.changes, names, profile().zone)
        # What was made is told by its name.
        shown = 0 if entry.action == "created" and entry.title else MOST_LINES
        found.append(Told(entry, lines[:shown], len(lines[shown:])))
    return found
