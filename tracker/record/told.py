"""What an entry of the audit changed, in the reader's words: before and after, field by field.

    names = names_for(session, actor, [entry.changes, …])
    lines = tell(entry.object_kind, entry.changes, names, zone)

Names are those of whatever the changes point at, as far as this reader may see it; whether the
reader may see the entry at all is for the caller to know. `parts/told.html` draws the lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import String, Uuid, column, inspect, select, table
from sqlalchemy.orm import Mapper, Session

from tracker.domain.access import Actor
from tracker.domain.dates import FuzzyDate
from tracker.domain.texts import pick
from tracker.lang import current, format_fuzzy, format_number, gettext, language_name
from tracker.models import Base, Part
from tracker.models.types import TextsType
from tracker.record import reads
from tracker.record.kinds import KINDS
from tracker.record.values import Column, Names, Value, id_in, value_of
from tracker.record.words import field_word, part_word

Changes = Mapping[str, Any]
# Said by the entry itself, by the columns beside them, or by where the line stands.
_UNSAID = frozenset(
    {
        *("deleted_at", "deleted_by", "recorded_at", "recorded_by", "uploaded_at", "uploaded_by"),
        *("on_first", "on_last", "on_raw", "position", "file_id", "zone"),
        *("holder_kind", "object_kind"),
    }
)
_SCALES = {"latitude_e5": 5, "longitude_e5": 5, "value_minor": 2}
_ENDS = ("first", "last", "raw")
_USERS = table("users", column("id", Uuid), column("name", String))


@dataclass(frozen=True, slots=True)
class Line:
    """One field that changed, None where nothing stood. `group` is what the part of the object is
    called that it belongs to, and `row` tells parts of the same name apart."""

    label: str
    before: Value | None
    after: Value | None
    group: str = ""
    row: str = ""


class _Table(NamedTuple):
    """What changed of the object itself, or of one of its parts."""

    kind: str
    part: str
    row: str
    fields: Mapping[str, Any]

    @property
    def columns(self) -> Mapping[str, Column]:
        return _columns(self.kind, self.part)

    @property
    def is_whole(self) -> bool:
        """Whether all of it was made or taken away: what is not told was not there."""
        pairs = self.fields.values()
        return any(all(pair[end] is None for pair in pairs) for end in (0, 1))


def tell(kind: str, changes: Changes, names: Names, zone: ZoneInfo) -> tuple[Line, ...]:
    """The changes of one entry: the fields of the object itself, then those of its parts."""
    return tuple(
        Line(name, before, after, part_word(each.part) if each.part else "", each.row)
        for each in _tables(kind, changes)
        for name, before, after in _lines(each, names, zone)
    )


def names_for(session: Session, actor: Actor, said: Iterable[Changes]) -> dict[UUID, Value]:
    """The titles of the objects, and the names of the people, that changes point at."""
    ids = {
        pointed_at
        for changes in said
        for each in _tables("", changes)
        for pair in each.fields.values()
        for stored in pair
        if (pointed_at := id_in(stored, Uuid())) is not None
    }
    if not ids:
        return {}
    people = session.execute(select(_USERS.c.id, _USERS.c.name).where(_USERS.c.id.in_(ids)))
    found = {user_id: Value(name) for user_id, name in people}
    for name in reads.names(session, actor, ids).values():
        found[name.id] = Value(pick(name.title, current().tag).text, name.kind, name.id)
    return found


def _tables(kind: str, changes: Changes) -> Iterator[_Table]:
    """What is no recorded object may say what it likes beside `fields` and `parts`."""
    loose = {key: said for key, said in changes.items() if key not in ("fields", "parts")}
    fields = {**changes.get("fields", {}), **loose}
    yield _Table(kind, "", "", {key: _pair(said) for key, said in fields.items()})
    for part, rows in changes.get("parts", {}).items():
        for row, fields in rows.items():
            yield _Table(kind, part, row, fields)


def _pair(said: Any) -> list[Any]:
    return said if isinstance(said, list) and len(said) == 2 else [None, said]


def _lines(
    table: _Table, names: Names, zone: ZoneInfo
) -> Iterator[tuple[str, Value | None, Value | None]]:
    columns, told = table.columns, {*_UNSAID, _root(table.part)}
    for key, (before, after) in table.fields.items():
        stem = key.rpartition("_")[0]
        ends = [f"{stem}_{end}" for end in _ENDS]
        if key in told:
            continue
        if all(end in columns for end in ends):
            told.update(ends)
            yield from _fuzzy(table, field_word(stem, table.part), ends)
        elif isinstance(columns.get(key), TextsType):
            yield from _texts(field_word(key, table.part), before or {}, after or {})
        else:
            old, new = (_value(table, key, each, names, zone) for each in (before, after))
            yield field_word(key.removesuffix("_id"), table.part), old, new


def _value(table: _Table, key: str, stored: Any, names: Names, zone: ZoneInfo) -> Value | None:
    if key in _SCALES and isinstance(stored, int):
        return Value(format_number(stored, scale=_SCALES[key]))
    if (table.part, key) == ("citations", "field") and stored:
        return Value(field_word(stored))
    if table.part == "state_changes" and key in ("source", "target"):
        return value_of(stored, _state(table.kind), names, zone)
    return value_of(stored, table.columns.get(key, Uuid()), names, zone)


def _fuzzy(
    table: _Table, name: str, ends: list[str]
) -> Iterator[tuple[str, Value | None, Value | None]]:
    """One line where the entry tells the date; else one for each end that it tells: it holds only
    what changed, and the other end may be anything."""
    first, last, raw = (table.fields.get(end) for end in ends)
    if table.is_whole or (first and last):
        nothing = (None, None)
        days = zip(first or nothing, last or nothing, raw or nothing, strict=True)
        before, after = (_day(*day) for day in days)
        yield name, before, after
    elif first:
        yield gettext("%(field)s, first day", field=name), _day(first[0]), _day(first[1])
    elif last:
        yield gettext("%(field)s, last day", field=name), _day(last[0]), _day(last[1])
    elif raw:
        old, new = (Value(words) if words else None for words in raw)
        yield gettext("%(field)s, as it was typed", field=name), old, new


def _day(first: str | None, last: str | None = "", raw: str | None = None) -> Value | None:
    last = first if last == "" else last
    if not (first or last or raw):
        return None
    start, end = (date.fromisoformat(day) if day else None for day in (first, last))
    return Value(format_fuzzy(FuzzyDate(start, end, raw or "")))


def _texts(
    name: str, before: Mapping[str, str], after: Mapping[str, str]
) -> Iterator[tuple[str, Value | None, Value | None]]:
    """A line for each language in which the text changed."""
    for tag in {**before, **after}:
        old, new = before.get(tag), after.get(tag)
        if old != new:
            said = name if tag == current().tag else f"{name} ({language_name(tag)})"
            yield said, Value(old) if old else None, Value(new) if new else None


@cache
def _columns(kind: str, part: str) -> dict[str, Column]:
    """The columns of a kind of object, or of a part of it, by their names."""
    model = _parts().get(part) if part else KINDS.get(kind)
    if model is None:
        return {}
    mapper: Mapper[Any] = inspect(model)
    return {attr.key: attr.columns[0].type for attr in mapper.column_attrs}


@cache
def _parts() -> dict[str, type[Part]]:
    return {
        mapper.local_table.description: mapper.class_
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, Part)
    }


def _root(part: str) -> str:
    """The column by which a part points at the object that it is of."""
    return getattr(_parts().get(part), "root_column", "object_id")


def _state(kind: str) -> Column:
    columns = _columns(kind, "")
    return columns.get("state", columns.get("stage"))
