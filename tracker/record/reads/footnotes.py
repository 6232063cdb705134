"""The sources of a page, numbered in the order in which the page comes to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from tracker.record.reads.names import Name


@dataclass(frozen=True, slots=True)
class Footnotes:
    """The sources that the reader may see; the first is number 1."""

    sources: tuple[Name, ...]

    def number(self, source_id: UUID | None) -> int | None:
        """None for no source, and for one that the reader may not see."""
        return next(
            (n for n, source in enumerate(self.sources, 1) if source.id == source_id), None
        )


def footnotes(known: Mapping[UUID, Name], ids: Iterable[UUID | None]) -> Footnotes:
    """Footnotes to these sources, as far as `names` found them."""
    found = (known[each] for each in dict.fromkeys(ids) if each is not None and each in known)
    return Footnotes(tuple(name for name in found if name.source is not None))
