"""The query side of search, for both engines: those in titles first, the newest first among
either, and only what the reader may see."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Select,
    String,
    Uuid,
    bindparam,
    column,
    func,
    literal,
    select,
    table,
    union_all,
)
from sqlalchemy.orm import Session

from tracker.domain.access import Actor
from tracker.domain.releases import Marking
from tracker.domain.text import Phrase, Query, fold, fold_query
from tracker.models.base import Texts
from tracker.models.built_once import built_once
from tracker.models.types import LevelType, TextsType
from tracker.record.reading import open_to_reader, rows
from tracker.record.releases import marking_of

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
    marking: Marking
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
    return [Hit(kind, id_, title, marked, Part(part)) for kind, id_, title, marked, part in found]


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

_ENTRIES = table(
    "search_entries",
    column("key", BigInteger()),
    column("object_kind", String()),
    column("object_id", Uuid()),
    column("title", TextsType()),
    column("effective_level", LevelType()),
    column("vector"),  # these two on PostgreSQL alone
    column("title_vector"),
)
_FTS = table("search_fts", column("rowid"), column("search_fts"))
_NEWEST = 10_000
Ask = Callable[[Any], Select[*tuple[Any, ...]]]


@built_once
def _hits(dialect: str, after: Part | None, narrowed: bool) -> CompoundSelect[Any]:
    """Hits of the first part, and where they do not fill the page, of the next; onward from a
    place in part `after`. The limit of the whole ends it before more is looked for."""
    most: Any = bindparam("most")
    found = []
    for part in list(Part)[list(Part).index(after) if after else 0 :]:

        def ask(entries: Any, part: Part = part) -> Select[*tuple[Any, ...]]:
            columns = (entries.c[name] for name in _SHOWN)
            marked = marking_of(entries.c.effective_level, entries.c.object_id)
            return _readable(select(*columns, marked, literal(part.value)), entries, narrowed)

        found += _newest(dialect, ask, _MATCHING[part], most=most, onward=part is after)
    return union_all(*found).limit(most)


_SHOWN = ("object_kind", "object_id", "title")


@built_once
def _counts(dialect: str) -> Select[*tuple[Any, ...]]:
    def ask(entries: Any) -> Select[*tuple[Any, ...]]:
        return _readable(select(entries.c.object_kind), entries, narrowed=False)

    found = [each for match in _ANYWHERE for each in _newest(dialect, ask, match, most=MOST_HITS)]
    kinds = union_all(*found).limit(MOST_HITS).subquery()
    return select(kinds.c.object_kind, func.count().label("found")).group_by(kinds.c.object_kind)


def _readable(
    found: Select[*tuple[Any, ...]], entries: Any, narrowed: bool
) -> Select[*tuple[Any, ...]]:
    found = found.where(open_to_reader(entries.c.effective_level, entries.c.object_id))
    if narrowed:
        found = found.where(entries.c.object_kind.in_(bindparam("kinds", expanding=True)))
    return found


def _newest(
    dialect: str, ask: Ask, match: Match, *, most: Any, onward: bool = False
) -> list[Select[*tuple[Any, ...]]]:
    """The newest entries of a match: one select, or several whose rows follow one another."""
    before = _key_of(bindparam("after", type_=Uuid())) if onward else None
    selects = _by_fts5 if dialect == "sqlite" else _by_vector
    return [select(each.limit(most).subquery()) for each in selects(ask, match, before)]


def _by_fts5(ask: Ask, match: Match, before: Any) -> Iterator[Select[*tuple[Any, ...]]]:
    key = _FTS.c.rowid
    found = ask(_ENTRIES).join(_FTS, key == _ENTRIES.c.key)
    found = found.where(_FTS.c.search_fts.op("MATCH")(bindparam(match.fts5)))
    yield (found if before is None else found.where(key < before)).order_by(key.desc())


def _by_vector(ask: Ask, match: Match, before: Any) -> Iterator[Select[*tuple[Any, ...]]]:
    """PostgreSQL can read the newest entries in order until enough have matched, which is right
    for a common word, or all of a word's from the index, which is right for a rare one; and it
    cannot tell which word is which. So the newest are read in order first, and the index is asked
    for those before them."""
    key = _ENTRIES.c.key
    onward = () if before is None else (key < before,)
    newest = select(*_ENTRIES.c).where(*onward).order_by(key.desc()).limit(_NEWEST).subquery()
    yield ask(newest).where(*match.conditions(newest)).order_by(newest.c.key.desc())
    keys = select(key).where(*onward).order_by(key.desc())
    oldest = keys.offset(_NEWEST - 1).limit(1).scalar_subquery()
    # `+ 0` keeps the order of keys, which would read every entry, off the index of words.
    yield (
        ask(_ENTRIES)
        .where(*match.conditions(_ENTRIES), key + 0 < oldest)
        .order_by((key + 0).desc())
    )


@dataclass(frozen=True)
class Match:
    """What a select looks for: a parameter in FTS5's language, or conditions on vectors."""

    fts5: str
    vector: tuple[str, str]
    but_not: tuple[tuple[str, str], ...] = ()

    def conditions(self, entries: Any) -> Iterator[ColumnElement[bool]]:
        yield _finds(entries, *self.vector)
        yield from (~_finds(entries, *each) for each in self.but_not)


def _finds(entries: Any, vector: str, query: str) -> ColumnElement[bool]:
    asked = func.to_tsquery("simple", bindparam(query))
    found: ColumnElement[bool] = entries.c[vector].op("@@", is_comparison=True)(asked)
    return found


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
    """Nothing follows a place that the reader may not see."""
    place = _ENTRIES.alias("place")
    found = select(place.c.key).where(place.c.object_id == object_id)
    return found.where(
        open_to_reader(place.c.effective_level, place.c.object_id)
    ).scalar_subquery()


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
