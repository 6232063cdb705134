"""Search entries, kept in the transaction of the change that they index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from tracker.domain.text import fold
from tracker.models import (
    Attendee,
    Decision,
    ObstacleStep,
    Organisation,
    Recorded,
    SearchEntry,
    Source,
)
from tracker.models.base import Texts

_COUNTER_BITS = 24
_UNDATED = date(1, 1, 1)


def index(session: Session, objects: Iterable[Recorded]) -> None:
    """Write the search entry of each object anew; what was put away loses its entry."""
    for obj in objects:
        old = session.scalar(select(SearchEntry).where(SearchEntry.object_id == obj.id))
        if obj.deleted_at is not None:
            if old is not None:
                _take_out(session, old)
            continue
        day = obj.search_date()
        sort_on = _UNDATED if day is None else day.sort
        folded = fold(" ".join(_words(session, obj)))
        if old is not None and (old.sort_on, old.folded) == (sort_on, folded):
            old.effective_level = obj.effective_level
            old.title = obj.search_title()
            continue
        key = old.key if old is not None and old.sort_on == sort_on else None
        if old is not None:
            _take_out(session, old)
        _put_in(session, obj, key or _next_key(session, sort_on), sort_on, folded)


def _put_in(session: Session, obj: Recorded, key: int, sort_on: date, folded: str) -> None:
    session.add(
        SearchEntry(
            key=key,
            object_kind=obj.kind,
            object_id=obj.id,
            effective_level=obj.effective_level,
            sort_on=sort_on,
            title=obj.search_title(),
            folded=folded,
        )
    )
    session.flush()
    if _has_fts5(session):
        session.execute(
            text("INSERT INTO search_fts(rowid, folded) VALUES (:key, :folded)"),
            {"key": key, "folded": folded},
        )


def _take_out(session: Session, entry: SearchEntry) -> None:
    if _has_fts5(session):
        # The index keeps no text of its own: it has to be told which words to forget.
        session.execute(
            text(
                "INSERT INTO search_fts(search_fts, rowid, folded)"
                " VALUES ('delete', :key, :folded)"
            ),
            {"key": entry.key, "folded": entry.folded},
        )
    session.delete(entry)
    session.flush()


def _has_fts5(session: Session) -> bool:
    """SQLite's index is written here and not by triggers, which may not touch a virtual table
    while `trusted_schema` is off; PostgreSQL's is a generated column."""
    return session.get_bind().dialect.name == "sqlite"


def _next_key(session: Session, day: date) -> int:
    start = day.toordinal() << _COUNTER_BITS
    last = session.scalar(
        select(func.max(SearchEntry.key)).where(
            SearchEntry.key >= start, SearchEntry.key < start + (1 << _COUNTER_BITS)
        )
    )
    return start if last is None else last + 1


# What an object is found by that stands in its parts.
_IN_PARTS: dict[str, tuple[tuple[type[Attendee | Decision | ObstacleStep], str], ...]] = {
    "meeting": ((Attendee, "group_label"), (Decision, "text")),
    "obstacle": ((ObstacleStep, "text"),),
}


def _words(session: Session, obj: Recorded) -> Sequence[str]:
    words: list[str] = []
    for texts in (obj.search_title(), *obj.search_texts(), *_in_parts(session, obj)):
        words.extend(_values(texts))
    if isinstance(obj, Source) and obj.publisher_id is not None:
        publisher = session.get(Organisation, obj.publisher_id)
        # Whoever finds the source by a name learns whose name that is.
        if publisher is not None and publisher.effective_level <= obj.effective_level:
            words.extend(publisher.name.values())
    day = obj.search_date()
    if day is not None and day.raw:
        words.append(day.raw)
    return words


def _in_parts(session: Session, obj: Recorded) -> Iterator[Texts]:
    for part, column in _IN_PARTS.get(obj.kind, ()):
        root = getattr(part, part.root_column)
        yield from session.scalars(select(getattr(part, column)).where(root == obj.id))


def _values(texts: Texts | str | None) -> Iterable[str]:
    if not texts:
        return ()
    return (texts,) if isinstance(texts, str) else texts.values()
