"""A page of results: ranked within the newest hits, counted by kind, marked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from tracker.domain.access import Actor, Level
from tracker.domain.marking import Piece, excerpt, finds, pieces
from tracker.domain.text import Query
from tracker.domain.texts import pick
from tracker.record.finding import MOST_HITS, Hit, hits
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
    level: Level
    in_title: bool
    detail: Detail


@dataclass(frozen=True, slots=True)
class Results:
    """One page; `counts` are of all kinds, over at most the newest `MOST_HITS` hits."""

    rows: list[Result]
    counts: dict[str, int]
    total: int
    capped: bool
    next: UUID | None


def search_page(
    session: Session,
    actor: Actor,
    query: Query,
    *,
    kind: str | None,
    after: UUID | None,
    language: str,
    today: date,
) -> Results:
    """The hits that the reader may see, those in titles first, the newest first among either."""
    everything = hits(session, actor, query)
    capped = len(everything) == MOST_HITS
    shown: Sequence[Hit] = everything
    if kind is not None:
        shown = (
            hits(session, actor, query, kinds=(kind,))
            if capped
            else [hit for hit in everything if hit.kind == kind]
        )
    ranked = sorted(shown, key=lambda hit: not _in_title(hit, query))
    begin = next((at + 1 for at, hit in enumerate(ranked) if hit.id == after), 0)
    page = ranked[begin : begin + PAGE]
    below = _details(session, actor, page, today)
    return Results(
        rows=[_result(hit, query, language, below.get(hit.id, NOTHING)) for hit in page],
        counts=dict(Counter(hit.kind for hit in everything)),
        total=len(everything),
        capped=capped,
        next=page[-1].id if begin + PAGE < len(ranked) else None,
    )


def _in_title(hit: Hit, query: Query) -> bool:
    return any(finds(text, query) for text in hit.title.values())


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
        level=Level(hit.level),
        in_title=_in_title(hit, query),
        detail=detail,
    )
