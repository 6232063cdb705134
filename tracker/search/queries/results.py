"""A page of results: those in titles first, counted by kind, marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from tracker.domain.access import Actor
from tracker.domain.marking import Piece, excerpt, pieces
from tracker.domain.releases import Marking
from tracker.domain.text import Query
from tracker.domain.texts import pick
from tracker.record.finding import MOST_HITS, Hit, Place, counts, hits
from tracker.search.queries.details import NOTHING, Detail, details

PAGE = 30
_LONGEST_TITLE = 240


@dataclass(frozen=True, slots=True)
class Result:
    """One hit as the page prints it. `lang` is the language of the title that is shown."""

    kind: str
    id: UUID
    title: list[Piece]
    lang: str
    translated: bool
    marking: Marking
    in_title: bool
    detail: Detail


@dataclass(frozen=True, slots=True)
class Results:
    """One page; `counts` are of all kinds, over at most the newest `MOST_HITS` hits."""

    rows: list[Result]
    counts: dict[str, int]
    total: int
    capped: bool
    next: Place | None


def search_page(
    session: Session,
    actor: Actor,
    query: Query,
    *,
    kind: str | None,
    after: Place | None,
    language: str,
    today: date,
) -> Results:
    """The hits that the reader may see, those in titles first, the newest first among either."""
    kinds = () if kind is None else (kind,)
    found = hits(session, actor, query, kinds=kinds, after=after, limit=PAGE + 1)
    page = found[:PAGE]
    counted = counts(session, actor, query)
    below = _details(session, actor, page, today)
    total = sum(counted.values())
    return Results(
        rows=[_result(hit, query, language, below.get(hit.id, NOTHING)) for hit in page],
        counts=counted,
        total=total,
        capped=total == MOST_HITS,
        next=Place(page[-1].part, page[-1].id) if len(found) > PAGE else None,
    )


def _details(
    session: Session, actor: Actor, page: Sequence[Hit], today: date
) -> dict[UUID, Detail]:
    ids: dict[str, list[UUID]] = defaultdict(list)
    for hit in page:
        ids[hit.kind].append(hit.id)
    return details(session, actor, ids, today)


def _result(hit: Hit, query: Query, language: str, detail: Detail) -> Result:
    title = pick(hit.title, language)
    return Result(
        kind=hit.kind,
        id=hit.id,
        title=excerpt(pieces(title.text, query), _LONGEST_TITLE),
        lang=title.lang,
        translated=title.translated,
        marking=hit.marking,
        in_title=hit.part.in_title,
        detail=detail,
    )
