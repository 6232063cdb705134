"""The query side of search, for both engines: those in titles first, the newest first among
either, and only what the reader may see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
from tracker.record.reading import entries_visible, rows

MOST_HITS = 500


class Part(Enum):
    """Where the words of a query stand in an object, in the order in which hits are listed.

    Whole words come before words that only begin so: the index keeps the former in order, while
    it has to gather all of the latter before it knows the newest.
    """

    TITLE = "title"
    ELSEWHERE = "elsewhere"
    TITLE_BEGUN = "title begun"
    ELSEWHERE_BEGUN = "elsewhere begun"

    @property
    def in_title(self) -> bool:
        return self in (Part.TITLE, Part.TITLE_BEGUN)


class Hit(NamedTuple):
    """One object that a query found."""

    kind: str
    id: UUID
    title: Texts
    level: Level
    part: Part


class Place(NamedTuple):
    """The last hit of the page before."""

    part: Part
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
    asked = _hits(_dialect(session), after.part if after else None, bool(kinds))
    found = rows(
        session,
        asked,
        actor,
        kinds=list(kinds),
        after=after.id if after else None,
        most=limit,
        **_matches(query),
    )
    return [Hit(kind, id_, title, level, Part(part)) for kind, id_, title, level, part in found]


def counts(session: Session, actor: Actor, query: Query) -> dict[str, int]:
    """How many there are of each kind among the newest `MOST_HITS` that the actor may see."""
    if not query:
        return {}
    counted = rows(session, _counts(_dialect(session)), actor, **_matches(query))
    return {row.object_kind: row.found for row in counted}


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
_NEWEST = 2000


@built_once
def _hits(dialect: str, after: Part | None, narrowed: bool) -> CompoundSelect[Any]:
    """Hits of the first part, and where they do not fill the page, of the next; onward from a
    place in part `after`. The limit of the whole ends it before more is looked for."""
    parts = list(Part)[list(Part).index(after) if after else 0 :]
    found = [
        newest
        for part in parts
        for newest in _newest(
            (
                SearchEntry.object_kind,
                SearchEntry.object_id,
                SearchEntry.title,
                SearchEntry.effective_level,
                literal(part.value),
            ),
            dialect,
            _MATCHING[part],
            narrowed=narrowed,
            onward=part is after,
            most=bindparam("most"),
        )
    ]
    return union_all(*found).limit(bindparam("most"))


@built_once
def _counts(dialect: str) -> Select[*tuple[Any, ...]]:
    found = [
        newest
        for match in _ANYWHERE
        for newest in _newest((SearchEntry.object_kind,), dialect, match, most=MOST_HITS)
    ]
    kinds = union_all(*found).limit(MOST_HITS).subquery()
    return select(kinds.c.object_kind, func.count().label("found")).group_by(kinds.c.object_kind)


def _newest(
    columns: Sequence[Any],
    dialect: str,
    match: Match,
    *,
    most: Any,
    narrowed: bool = False,
    onward: bool = False,
) -> Iterator[Select[*tuple[Any, ...]]]:
    """The newest entries of a match: one select, or several whose rows follow one another."""
    found = select(*columns).where(entries_visible())
    if narrowed:
        found = found.where(SearchEntry.object_kind.in_(bindparam("kinds", expanding=True)))
    before = _key_of(bindparam("after", type_=Uuid())) if onward else None
    selects = _by_fts5 if dialect == "sqlite" else _by_vector
    for each in selects(found, match, before):
        yield select(each.limit(most).subquery())


def _by_fts5(found: Select[Any], match: Match, before: Any) -> Iterator[Select[Any]]:
    key = _FTS.c.rowid
    found = found.join(_FTS, key == SearchEntry.key).where(
        _FTS.c.search_fts.op("MATCH")(bindparam(match.fts5))
    )
    yield (found if before is None else found.where(key < before)).order_by(key.desc())


def _by_vector(found: Select[Any], match: Match, before: Any) -> Iterator[Select[Any]]:
    """PostgreSQL reads either the newest entries in order, which is right for a common word, or
    all of a word's from the index, which is right for a rare one; and it cannot tell which word
    is which. So the newest few are read first, and the index is asked for those before them."""
    key: ColumnElement[Any] = SearchEntry.__table__.c.key
    keys = select(key) if before is None else select(key).where(key < before)
    oldest = keys.order_by(key.desc()).limit(1).offset(_NEWEST).scalar_subquery()
    matching = found.where(*match.conditions())
    if before is not None:
        matching = matching.where(key < before)
    # The subquery with its limit is read as it stands; `+ 0` keeps the order off the other.
    recent = keys.order_by(key.desc()).limit(_NEWEST).subquery()
    yield matching.where(key.in_(select(recent.c.key))).order_by(key.desc())
    yield matching.where(key <= oldest).order_by((key + 0).desc())


@dataclass(frozen=True)
class Match:
    """What a select looks for: a parameter in FTS5's language, or two conditions on vectors."""

    fts5: str
    vector: tuple[str, str]
    but_not: tuple[tuple[str, str], ...] = ()

    def conditions(self) -> Iterator[ColumnElement[bool]]:
        yield _finds(*self.vector)
        yield from (~_finds(*each) for each in self.but_not)


def _finds(vector: str, query: str) -> ColumnElement[bool]:
    asked = func.to_tsquery("simple", bindparam(query))
    column_: ColumnElement[Any] = literal_column(f"search_entries.{vector}")
    return column_.op("@@", is_comparison=True)(asked)


_TITLE, _ALL = "title_vector", "vector"
_MATCHING = {
    Part.TITLE: Match("in_title", (_TITLE, "whole")),
    Part.ELSEWHERE: Match("elsewhere", (_ALL, "whole"), ((_TITLE, "whole"),)),
    Part.TITLE_BEGUN: Match("begun_in_title", (_TITLE, "begun"), ((_ALL, "whole"),)),
    Part.ELSEWHERE_BEGUN: Match(
        "begun_elsewhere", (_ALL, "begun"), ((_ALL, "whole"), (_TITLE, "begun"))
    ),
}
_ANYWHERE = (
    Match("anywhere", (_ALL, "whole")),
    Match("begun_anywhere", (_ALL, "begun"), ((_ALL, "whole"),)),
)


def _key_of(object_id: Any) -> Any:
    return (
        select(literal_column("place.key"))
        .select_from(table("search_entries", column("object_id", Uuid())).alias("place"))
        .where(literal_column("place.object_id", Uuid()) == object_id)
        .scalar_subquery()
    )


# ── what is asked, in the language of each engine ──


def _matches(query: Query) -> dict[str, str]:
    whole, begun = fts5_expression(query, whole=True), fts5_expression(query)
    anywhere, in_title = f"{{folded}} : ({whole})", f"{{titled}} : ({whole})"
    begun_anywhere, begun_in_title = f"{{folded}} : ({begun})", f"{{titled}} : ({begun})"
    return {
        "anywhere": anywhere,
        "in_title": in_title,
        "elsewhere": f"({anywhere}) NOT ({in_title})",
        "begun_anywhere": f"({begun_anywhere}) NOT ({anywhere})",
        "begun_in_title": f"({begun_in_title}) NOT ({anywhere})",
        "begun_elsewhere": f"(({begun_anywhere}) NOT ({anywhere})) NOT ({begun_in_title})",
        "whole": tsquery_expression(query, whole=True),
        "begun": tsquery_expression(query),
    }


def fts5_expression(query: Query, *, whole: bool = False) -> str:
    """A query in FTS5's language; every word is quoted, so that no word is an operator. With
    `whole` no word is taken for the beginning of another."""
    return " AND ".join(
        "(" + " OR ".join(_fts5_phrase(phrase, whole) for phrase in term.spellings) + ")"
        for term in query.terms
    )


def _fts5_phrase(phrase: Phrase, whole: bool) -> str:
    return '"' + " ".join(phrase.words) + '"' + (" *" if phrase.prefix and not whole else "")


def tsquery_expression(query: Query, *, whole: bool = False) -> str:
    """A query in PostgreSQL's language."""
    return " & ".join(
        "(" + " | ".join(_tsquery_phrase(phrase, whole) for phrase in term.spellings) + ")"
        for term in query.terms
    )


def _tsquery_phrase(phrase: Phrase, whole: bool) -> str:
    words = [f"'{word}'" for word in phrase.words]
    if phrase.prefix and not whole:
        words[-1] += ":*"
    return "(" + " <-> ".join(words) + ")"
