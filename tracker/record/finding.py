"""The query side of search, for both engines: newest first, and only what the reader may see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, column, func, literal_column, select, table
from sqlalchemy.orm import Session

from tracker.domain.access import Actor
from tracker.domain.text import Phrase, Query, fold, fold_query
from tracker.models import SearchEntry
from tracker.models.base import Texts
from tracker.record.reading import entries_visible_to

MOST_HITS = 500

_FTS = table("search_fts", column("rowid"), column("folded"))


class Hit(NamedTuple):
    """One object that a query found."""

    kind: str
    id: UUID
    title: Texts
    level: int
    folded: str


def hits(
    session: Session,
    actor: Actor,
    query: Query,
    *,
    kinds: Sequence[str] = (),
    limit: int = MOST_HITS,
) -> list[Hit]:
    """The newest hits that the actor may see, at most `limit`; nothing for an empty query."""
    if not query:
        return []
    statement = (
        select(
            SearchEntry.object_kind,
            SearchEntry.object_id,
            SearchEntry.title,
            SearchEntry.effective_level,
            SearchEntry.folded,
        )
        .where(_matches(session, query), entries_visible_to(actor))
        .order_by(SearchEntry.key.desc())
        .limit(limit)
    )
    if session.get_bind().dialect.name == "sqlite":
        statement = statement.join(_FTS, _FTS.c.rowid == SearchEntry.key).order_by(None)
        statement = statement.order_by(_FTS.c.rowid.desc())
    if kinds:
        statement = statement.where(SearchEntry.object_kind.in_(kinds))
    return [Hit(*row) for row in session.execute(statement)]


def named(
    session: Session, actor: Actor, name: str, kinds: Sequence[str], *, limit: int = 8
) -> list[Hit]:
    """Objects whose title is exactly this name, however it is spelled."""
    wanted = fold(name)
    found = hits(session, actor, fold_query(name), kinds=kinds, limit=MOST_HITS)
    return [hit for hit in found if any(fold(t) == wanted for t in hit.title.values())][:limit]


def _matches(session: Session, query: Query) -> ColumnElement[bool]:
    if session.get_bind().dialect.name == "sqlite":
        return _FTS.c.folded.op("MATCH", return_type=None)(fts5_expression(query))
    vector: ColumnElement[object] = literal_column("search_entries.vector")
    return vector.op("@@")(func.to_tsquery("simple", tsquery_expression(query)))


def fts5_expression(query: Query) -> str:
    """A query in FTS5's language; every word is quoted, so that no word is an operator."""
    return " AND ".join(
        "(" + " OR ".join(_fts5_phrase(phrase) for phrase in term.spellings) + ")"
        for term in query.terms
    )


def _fts5_phrase(phrase: Phrase) -> str:
    return '"' + " ".join(phrase.words) + '"' + (" *" if phrase.prefix else "")


def tsquery_expression(query: Query) -> str:
    """A query in PostgreSQL's language."""
    return " & ".join(
        "(" + " | ".join(_tsquery_phrase(phrase) for phrase in term.spellings) + ")"
        for term in query.terms
    )


def _tsquery_phrase(phrase: Phrase) -> str:
    words = [f"'{word}'" for word in phrase.words]
    if phrase.prefix:
        words[-1] += ":*"
    return "(" + " <-> ".join(words) + ")"
