"""The query side of search, for both engines: those in titles first, the newest first among
either, and only what the reader may see."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    Uuid,
    bindparam,
    column,
    func,
    literal,
    literal_column,
    select,
    table,
    union_all,
)
from sqlalchemy.orm import Session

from tracker.domain.access import Actor, Level
from tracker.domain.text import Phrase, Query, fold, fold_query
from tracker.models import SearchEntry
from tracker.models.base import Texts
from tracker.models.built_once import built_once
from tracker.record.reading import asked_by, entries_visible

MOST_HITS = 500


class Where(Enum):
    """Which of its words an object is looked for in."""

    ANYWHERE = "anywhere"
    TITLE = "title"
    ELSEWHERE = "elsewhere"  # in its words, but not in its title


class Hit(NamedTuple):
    """One object that a query found."""

    kind: str
    id: UUID
    title: Texts
    level: Level
    in_title: bool


class Place(NamedTuple):
    """The last hit of the page before."""

    in_title: bool
    id: UUID


def hits(
    session: Session,
    actor: Actor,
    query: Query,
    *,
    kinds: Sequence[str] = (),
    after: Place | None = None,
    limit: int = MOST_HITS,
) -> list[Hit]:
    """At most `limit` hits that the actor may see, from a place on; none for an empty query."""
    if not query:
        return []
    parts = (Where.TITLE, Where.ELSEWHERE) if after is None or after.in_title else ()
    asked = _hits(_dialect(session), parts or (Where.ELSEWHERE,), bool(kinds), after is not None)
    values = asked_by(
        actor, kinds=list(kinds), after=after.id if after else None, most=limit, **_matches(query)
    )
    return [Hit(*row) for row in session.execute(asked, values)]


def counts(session: Session, actor: Actor, query: Query) -> dict[str, int]:
    """How many there are of each kind among the newest `MOST_HITS` that the actor may see."""
    if not query:
        return {}
    rows = session.execute(_counts(_dialect(session)), asked_by(actor, **_matches(query)))
    return {row.object_kind: row.found for row in rows}


def named(
    session: Session, actor: Actor, name: str, kinds: Sequence[str], *, limit: int = 8
) -> list[Hit]:
    """Objects whose title is exactly this name, however it is spelled."""
    wanted = fold(name)
    found = hits(session, actor, fold_query(name), kinds=kinds)
    return [hit for hit in found if any(fold(t) == wanted for t in hit.title.values())][:limit]


def _dialect(session: Session) -> str:
    return session.get_bind().dialect.name


# ── statements, built once ──

_FTS = table("search_fts", column("rowid"), column("search_fts"))
_VECTOR: dict[Where, ColumnElement[object]] = {
    Where.ANYWHERE: literal_column("search_entries.vector"),
    Where.TITLE: literal_column("search_entries.title_vector"),
}


@built_once
def _hits(
    dialect: str, parts: tuple[Where, ...], narrowed: bool, onward: bool
) -> CompoundSelect[Any]:
    """Hits of the first part, and where they do not fill the page, of the next.

    The limit of the whole ends it before the database looks for what is not asked for.
    """
    found = [
        _newest(
            select(
                SearchEntry.object_kind,
                SearchEntry.object_id,
                SearchEntry.title,
                SearchEntry.effective_level,
                literal(where is Where.TITLE).label("in_title"),
            ),
            dialect,
            where,
            narrowed,
            onward and where is parts[0],
        ).limit(bindparam("most"))
        for where in parts
    ]
    return union_all(*(select(part.subquery()) for part in found)).limit(bindparam("most"))


@built_once
def _counts(dialect: str) -> Select[*tuple[Any, ...]]:
    newest = _newest(select(SearchEntry.object_kind), dialect, Where.ANYWHERE, False, False)
    kinds = newest.limit(MOST_HITS).subquery()
    return select(kinds.c.object_kind, func.count().label("found")).group_by(kinds.c.object_kind)


def _newest(
    statement: Select[*tuple[Any, ...]],
    dialect: str,
    where: Where,
    narrowed: bool,
    onward: bool,
) -> Select[*tuple[Any, ...]]:
    key: ColumnElement[Any] = literal_column("search_entries.key")
    statement = statement.where(entries_visible())
    if dialect == "sqlite":
        key = _FTS.c.rowid
        statement = statement.join(_FTS, key == SearchEntry.key).where(
            _FTS.c.search_fts.op("MATCH")(bindparam(f"match_{where.value}"))
        )
    else:
        statement = statement.where(_matching(where))
    if narrowed:
        statement = statement.where(
            SearchEntry.object_kind.in_(bindparam("kinds", expanding=True))
        )
    if onward:
        statement = statement.where(key < _key_of(bindparam("after", type_=Uuid())))
    return statement.order_by(key.desc())


def _matching(where: Where) -> ColumnElement[bool]:
    asked = func.to_tsquery("simple", bindparam("tsquery"))
    if where is not Where.ELSEWHERE:
        return _VECTOR[where].op("@@", is_comparison=True)(asked)
    return _matching(Where.ANYWHERE) & ~_matching(Where.TITLE)


def _key_of(object_id: Any) -> Any:
    return (
        select(literal_column("place.key"))
        .select_from(table("search_entries", column("object_id", Uuid())).alias("place"))
        .where(literal_column("place.object_id", Uuid()) == object_id)
        .scalar_subquery()
    )


# ── what is asked, in the language of each engine ──


def _matches(query: Query) -> dict[str, str]:
    words = fts5_expression(query)
    anywhere, in_title = f"{{folded}} : ({words})", f"{{titled}} : ({words})"
    return {
        "match_anywhere": anywhere,
        "match_title": in_title,
        "match_elsewhere": f"({anywhere}) NOT ({in_title})",
        "tsquery": tsquery_expression(query),
    }


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
