"""Search entries, kept in the transaction of the change that they index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select, text
from sqlalchemy.orm import Session

from tracker.domain.text import fold
from tracker.models import (
    Attendee,
    Decision,
    DocumentVersion,
    ObstacleStep,
    Organisation,
    Recorded,
    SearchEntry,
    Source,
)
from tracker.models.base import Texts, insert_rows

if TYPE_CHECKING:
    from tracker.record.changes import Change

_COUNTER_BITS = 24
_NO_KEY = 0  # below the first day there is
_UNDATED = date(1, 1, 1)


def index(change: Change, objects: Iterable[Recorded]) -> None:
    """Write the search entry of each object anew; what was put away loses its entry."""
    session = change.session
    fresh: list[SearchEntry] = []
    for obj in objects:
        old = None if change.makes(obj.id) else _entry_of(session, obj)
        if obj.deleted_at is not None:
            if old is not None:
                _take_out(session, old)
            continue
        wanted = _entry(change, obj)
        if old is not None and _indexed(old) == _indexed(wanted):
            old.effective_level = wanted.effective_level
            old.title = wanted.title
            continue
        if old is not None:
            if old.sort_on == wanted.sort_on:
                wanted.key = old.key
            _take_out(session, old)
        fresh.append(wanted)
    _put_in(session, fresh)


def published_by(change: Change) -> list[Recorded]:
    """The sources that are found by the name of a body whose names or level the change changed."""
    bodies = {
        each.obj.id
        for each in change.touched.values()
        if isinstance(each.obj, Organisation)
        and each.action == "changed"
        and (each.before.get("name"), each.before.get("level"))
        != (each.obj.name, each.obj.level.name.lower())
    }
    if not bodies:
        return []
    found = change.session.scalars(select(Source).where(Source.publisher_id.in_(bodies)))
    return [source for source in found if source.id not in change.touched]


def _entry_of(session: Session, obj: Recorded) -> SearchEntry | None:
    return session.scalar(select(SearchEntry).where(SearchEntry.object_id == obj.id))


def _entry(change: Change, obj: Recorded) -> SearchEntry:
    """What the object's entry has to be; it has no key yet."""
    day = obj.search_date()
    return SearchEntry(
        key=_NO_KEY,
        object_kind=obj.kind,
        object_id=obj.id,
        effective_level=obj.effective_level,
        sort_on=_UNDATED if day is None else day.sort,
        title=obj.search_title(),
        titled=fold(" ".join(obj.search_title().values())),
        folded=fold(" ".join(_words(change, obj))),
    )


def _indexed(entry: SearchEntry) -> tuple[date, str, str]:
    return entry.sort_on, entry.titled, entry.folded


def _put_in(session: Session, entries: Sequence[SearchEntry]) -> None:
    _give_keys(session, entries)
    insert_rows(session, entries)
    if entries and _has_fts5(session):
        session.execute(
            text("INSERT INTO search_fts(rowid, titled, folded) VALUES (:key, :titled, :folded)"),
            [_in_fts(entry) for entry in entries],
        )


def _give_keys(session: Session, entries: Iterable[SearchEntry]) -> None:
    """The next keys of its day to each entry that has none; others keep the one they had."""
    by_day: dict[date, list[SearchEntry]] = defaultdict(list)
    for entry in entries:
        by_day[entry.sort_on].append(entry)
    for day, of_the_day in by_day.items():
        new = [entry for entry in of_the_day if entry.key == _NO_KEY]
        if new:
            first = max(_next_key(session, day), *(entry.key + 1 for entry in of_the_day))
            for key, entry in enumerate(new, first):
                entry.key = key


def _take_out(session: Session, entry: SearchEntry) -> None:
    if _has_fts5(session):
        # The index keeps no text of its own: it has to be told which words to forget.
        session.execute(
            text(
                "INSERT INTO search_fts(search_fts, rowid, titled, folded)"
                " VALUES ('delete', :key, :titled, :folded)"
            ),
            _in_fts(entry),
        )
    session.delete(entry)
    session.flush()


def _in_fts(entry: SearchEntry) -> dict[str, int | str]:
    return {"key": entry.key, "titled": entry.titled, "folded": entry.folded}


def _has_fts5(session: Session) -> bool:
    """SQLite's index is written here and not by triggers, which may not touch a virtual table
    while `trusted_schema` is off; PostgreSQL's is a generated column."""
    return session.get_bind().dialect.name == "sqlite"


def _next_key(session: Session, day: date) -> int:
    start = day.toordinal() << _COUNTER_BITS
    end = start + (1 << _COUNTER_BITS)
    last: int | None = session.scalar(_LAST_KEY, {"start": start, "end": end})
    return start if last is None else last + 1


_LAST_KEY = select(func.max(SearchEntry.key)).where(
    SearchEntry.key >= bindparam("start"), SearchEntry.key < bindparam("end")
)


# What an object is found by that stands in its parts.
_Worded = Attendee | Decision | DocumentVersion | ObstacleStep
_IN_PARTS: dict[str, tuple[tuple[type[_Worded], str], ...]] = {
    "document": ((DocumentVersion, "words"),),
    "meeting": ((Attendee, "group_label"), (Decision, "text")),
    "obstacle": ((ObstacleStep, "text"),),
}


def _words(change: Change, obj: Recorded) -> Sequence[str]:
    words: list[str] = []
    for texts in (obj.search_title(), *obj.search_texts(), *_in_parts(change, obj)):
        words.extend(_values(texts))
    if isinstance(obj, Source) and obj.publisher_id is not None:
        publisher = change.session.get(Organisation, obj.publisher_id)
        # Whoever finds the source by a name learns whose name that is.
        if publisher is not None and publisher.effective_level <= obj.effective_level:
            words.extend(publisher.name.values())
    day = obj.search_date()
    if day is not None and day.raw:
        words.append(day.raw)
    return words


def _in_parts(change: Change, obj: Recorded) -> Iterator[Texts | str]:
    for part, column in _IN_PARTS.get(obj.kind, ()):
        for each in change.parts(part, obj.id):
            yield getattr(each, column)


def _values(texts: Texts | str | None) -> Iterable[str]:
    if not texts:
        return ()
    return (texts,) if isinstance(texts, str) else texts.values()
