"""Putting an object away and bringing it back: what goes along with it, what stands against it.

What is not put away never points at what is: a removal is refused while anything else refers to
the object, a restoration while anything that the object refers to is in the bin itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from tracker.domain.access import Actor
from tracker.domain.errors import NotFound, RuleBroken
from tracker.domain.texts import pick
from tracker.lang import current, gettext
from tracker.models import Action, Clause, Commitment, Recorded, SearchEntry, Statement
from tracker.models.base import Texts
from tracker.record import references
from tracker.record.changes import Change
from tracker.record.kinds import KINDS
from tracker.record.reading import asked_by, in_bin, open_to_reader, rows, visible_to

# What has no meaning without an object of this kind goes with it, and the column that names it.
# Of all other kinds nothing goes along: what still refers to them stands against their removal.
ALONG: dict[str, tuple[tuple[type[Recorded], str], ...]] = {
    "memorandum": ((Commitment, "memorandum_id"),),
    "instrument": ((Clause, "instrument_id"),),
    "meeting": ((Statement, "meeting_id"), (Action, "meeting_id")),
}
MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Named:
    """An object as a list names it."""

    kind: str
    id: UUID
    title: Texts


@dataclass(frozen=True, slots=True)
class Against:
    """What still refers to an object: those that the reader sees, and how many others."""

    named: tuple[Named, ...]
    others: int

    def __bool__(self) -> bool:
        return bool(self.named or self.others)


def going_along(session: Session, obj: Recorded) -> list[Recorded]:
    """What would be put away with the object."""
    return _children(session, obj, lambda model: model.deleted_at.is_(None))


def went_along(session: Session, obj: Recorded) -> list[Recorded]:
    """What was put away with the object, in the same change."""
    return _children(
        session,
        obj,
        lambda model: (
            (model.deleted_at == obj.deleted_at)
            & model.deleted_by.is_not_distinct_from(obj.deleted_by)
        ),
    )


def against(session: Session, actor: Actor, objects: Iterable[Recorded]) -> Against:
    """What refers to one of these and is none of them."""
    ids = {obj.id: obj.kind for obj in objects}
    session.flush()
    named = rows(session, _referring(ids), actor)
    total = session.connection().execute(_count(ids)).scalar_one()
    return Against(tuple(Named(*each) for each in named), total - len(named))


def put_away(change: Change, obj: Recorded) -> list[Recorded]:
    """Remove the object with what goes along; refused while anything else refers to them."""
    session = change.session
    group = [obj, *going_along(session, obj)]
    if against(session, change.actor, group):
        raise RuleBroken(
            "“%(name)s” cannot be removed: something else still refers to it.", name=_name(obj)
        )
    if len(group) - 1 > len(
        _children(session, obj, lambda model: visible_to(change.actor, model))
    ):
        raise RuleBroken(
            "“%(name)s” cannot be removed: part of it is not open to you.", name=_name(obj)
        )
    for each in group:
        change.remove(each)
    session.flush()
    return group


def whole_group(session: Session, actor: Actor, obj: Recorded) -> list[Recorded]:
    """The object and what went along with it, refused while the actor does not see all of it."""
    along = went_along(session, obj)
    if any(find_removed(session, actor, each.kind, each.id) is None for each in along):
        raise RuleBroken(
            "Something that went along is not open to you: whoever is named for it does this."
        )
    return [obj, *along]


def find_removed(session: Session, actor: Actor, kind: str, object_id: UUID) -> Recorded | None:
    """The object in the bin, or None when there is none that this reader may see."""
    model: Any = KINDS.get(kind)
    if model is None:
        return None
    found: Recorded | None = session.scalar(
        select(model).where(model.id == object_id, in_bin(model)), asked_by(actor)
    )
    return found


def get_removed(session: Session, actor: Actor, kind: str, object_id: UUID) -> Recorded:
    found = find_removed(session, actor, kind, object_id)
    if found is None:
        raise NotFound(f"{kind} {object_id}")
    return found


def bring_back(change: Change, obj: Recorded) -> None:
    """Restore the object with what went along; refused while what they refer to is away."""
    session = change.session
    group = whole_group(session, change.actor, obj)
    ids = {each.id: each.kind for each in group}
    needed = references.referred_to(session, ids) - ids.keys()
    present = set(
        session.scalars(select(SearchEntry.object_id).where(SearchEntry.object_id.in_(needed)))
    )
    if needed - present:
        raise RuleBroken(
            "This refers to what is not there any more. Restore first: %(names)s",
            names=_names_of(session, change.actor, needed - present),
        )
    for each in group:
        each.deleted_at = each.deleted_by = each.delete_reason = None
    session.flush()


def _children(session: Session, obj: Recorded, which: Any) -> list[Recorded]:
    found: list[Recorded] = []
    for model, column in ALONG.get(obj.kind, ()):
        found += session.scalars(
            select(model).where(getattr(model, column) == obj.id, which(model)).order_by(model.id)
        )
    return found


def _referring(ids: Mapping[UUID, str]) -> Select[*tuple[Any, ...]]:
    return (
        select(SearchEntry.object_kind, SearchEntry.object_id, SearchEntry.title)
        .where(*_others(ids), open_to_reader(SearchEntry.effective_level, SearchEntry.object_id))
        .order_by(SearchEntry.key.desc())
        .limit(MOST_NAMED)
    )


def _count(ids: Mapping[UUID, str]) -> Select[*tuple[Any, ...]]:
    return select(func.count()).select_from(SearchEntry).where(*_others(ids))


def _others(ids: Mapping[UUID, str]) -> tuple[Any, Any]:
    """Only what is not put away has a search entry."""
    referring = references.referring(ids).subquery()
    return SearchEntry.object_id.in_(select(referring.c.id)), SearchEntry.object_id.not_in(ids)


def _names_of(session: Session, actor: Actor, ids: set[UUID]) -> str:
    """What the reader may see of these, by name; the rest as one."""
    found = [
        obj
        for model in KINDS.values()
        for obj in session.scalars(
            select(model).where(model.id.in_(ids), in_bin(model)), asked_by(actor)
        )
    ]
    said = [f"“{_name(obj)}”" for obj in found]
    if len(found) < len(ids):
        said.append(gettext("something that is not shown here"))
    return current().comma.join(said)


def _name(obj: Recorded) -> str:
    """Its title, set apart in a sentence: it may be of another language than the sentence."""
    return f"\u2068{pick(obj.search_title(), current().tag).text}\u2069"
