"""What a field that points at an object suggests while its name is typed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from tracker.domain.access import Actor
from tracker.domain.text import Query, fold
from tracker.domain.texts import Picked, pick
from tracker.record.finding import Hit, hits
from tracker.search.queries.details import NOTHING, Detail, details

MOST = 8
_RANKED = 200  # a name is short: whoever means an older one types on


class Suggestion(NamedTuple):
    """One object that may be meant."""

    kind: str
    id: UUID
    title: Picked
    detail: Detail


def suggestions(
    session: Session,
    actor: Actor,
    typed: str,
    query: Query,
    *,
    kinds: Sequence[str],
    language: str,
    today: date,
) -> tuple[list[Suggestion], bool]:
    """At most `MOST`, and whether there are more: titles that begin so, titles that hold the
    words, then objects found by another name."""
    found = hits(session, actor, query, kinds=kinds, limit=_RANKED)
    beginning = fold(typed)

    def rank(hit: Hit) -> tuple[int, int]:
        titles = [fold(title) for title in hit.title.values()]
        if beginning in titles:
            return 0, 0
        if any(title.startswith(beginning) for title in titles):
            return 1, min(len(title) for title in titles)
        return (2 if hit.part.in_title else 3), 0

    best = sorted(found, key=rank)[:MOST]
    ids: dict[str, list[UUID]] = defaultdict(list)
    for hit in best:
        ids[hit.kind].append(hit.id)
    below = details(session, actor, ids, today)
    return [
        Suggestion(hit.kind, hit.id, pick(hit.title, language), below.get(hit.id, NOTHING))
        for hit in best
    ], len(found) > MOST
