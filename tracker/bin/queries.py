"""What lies in the bin, as far as a reader may see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, literal, select, tuple_, union_all
from sqlalchemy.orm import Session

from tracker import record
from tracker.domain.access import Actor, Level
from tracker.domain.errors import NotFound
from tracker.domain.removals import kept_until
from tracker.models import DestroyedObject, DestructionProposal, Recorded
from tracker.models.accounts import User
from tracker.models.base import Texts
from tracker.models.keyset import PAGE, MomentCursor
from tracker.record import destruction, removals
from tracker.record.kinds import KINDS
from tracker.record.reading import asked_by, in_bin, open_to_reader
from tracker.record.removals import ALONG, Against, Named

_TITLES = ("title", "name", "subject", "text")


@dataclass(frozen=True, slots=True)
class Removed:
    """An object in the bin; `by` is None when no account removed it."""

    kind: str
    id: UUID
    title: Texts
    level: Level
    version: int
    at: datetime
    by: str | None
    reason: str

    @property
    def cursor(self) -> MomentCursor:
        return MomentCursor(self.at, self.id)


@dataclass(frozen=True, slots=True)
class Proposal:
    """That somebody would have the object destroyed."""

    by_id: UUID
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class InBin:
    """One object in the bin, with what went along, and whether it may be destroyed.

    `from_day` is the first day on which it may; None: no rule says how long its kind is kept."""

    removed: Removed
    along: tuple[Named, ...]
    from_day: date | None
    proposal: Proposal | None


@dataclass(frozen=True, slots=True)
class Stub:
    """What is left of an object that was destroyed."""

    kind: str
    id: UUID
    level: Level
    created_at: datetime
    removed_at: datetime
    destroyed_at: datetime
    proposed_by: str
    destroyed_by: str
    reason: str
    digest: str


@dataclass(frozen=True, slots=True)
class ToRemove:
    """An object that somebody is about to put away: what goes along, what stands against it."""

    kind: str
    id: UUID
    title: Texts
    level: Level
    version: int
    along: tuple[Named, ...]
    against: Against


def bin_list(
    session: Session, actor: Actor, kind: str = "", cursor: MomentCursor | None = None
) -> list[Removed]:
    """A page of the bin, what came into it last first, and one more. What went along with
    another object is found with that one."""
    kinds = [kind] if kind else list(KINDS)
    latest = union_all(*(_latest(KINDS[each], cursor) for each in kinds)).subquery()
    rows = session.execute(
        select(latest, User.name.label("by"))
        .outerjoin(User, User.id == latest.c.deleted_by)
        .order_by(latest.c.at.desc(), latest.c.id.desc())
        .limit(PAGE + 1),
        asked_by(actor),
    )
    return [
        Removed(
            row.kind, row.id, row.title, row.level, row.version, row.at, row.by, row.reason or ""
        )
        for row in rows
    ]


def kinds_in_bin(session: Session, actor: Actor) -> set[str]:
    """The kinds of which the reader sees something in the bin."""
    some = (
        select(literal(kind)).where(exists(select(model.id).where(in_bin(model))))
        for kind, model in KINDS.items()
    )
    return set(session.scalars(union_all(*some), asked_by(actor)))


def one_in_bin(session: Session, actor: Actor, kind: str, object_id: UUID) -> InBin:
    obj = removals.get_removed(session, actor, kind, object_id)
    assert obj.deleted_at is not None  # noqa: S101  it is in the bin
    removed = Removed(
        kind, obj.id, obj.search_title(), obj.effective_level, obj.version, obj.deleted_at,
        _name_of(session, obj.deleted_by), obj.delete_reason or "",
    )  # fmt: skip
    rule = destruction.rule_of(session, kind)
    return InBin(
        removed,
        _named(
            each
            for each in removals.went_along(session, obj)
            if removals.find_removed(session, actor, each.kind, each.id)
        ),
        kept_until(obj.deleted_at.date(), rule.years) if rule else None,
        _proposal(session, obj.id),
    )


def stub(session: Session, actor: Actor, kind: str, object_id: UUID) -> Stub | None:
    """What is left of a destroyed object, for whoever could have seen the object itself."""
    left = session.scalar(
        select(DestroyedObject).where(
            DestroyedObject.object_id == object_id,
            DestroyedObject.object_kind == kind,
            open_to_reader(DestroyedObject.effective_level, DestroyedObject.object_id),
        ),
        asked_by(actor),
    )
    if left is None:
        return None
    return Stub(
        kind, object_id, left.effective_level, left.created_at, left.removed_at, left.destroyed_at,
        _name_of(session, left.proposed_by) or "", _name_of(session, left.destroyed_by) or "",
        left.reason, left.digest,
    )  # fmt: skip


def to_remove(session: Session, actor: Actor, kind: str, object_id: UUID) -> ToRemove:
    if kind not in KINDS:
        raise NotFound(kind)
    obj = record.get_visible(session, actor, KINDS[kind], object_id)
    group = removals.going_along(session, obj)
    return ToRemove(
        kind,
        obj.id,
        obj.search_title(),
        obj.effective_level,
        obj.version,
        _named(each for each in group if record.find(session, actor, type(each), each.id)),
        removals.against(session, actor, [obj, *group]),
    )


def has_page(session: Session, actor: Actor, kind: str, object_id: UUID) -> bool:
    """Whether the bin has a page for this reader about the object, or about what is left of it."""
    found = removals.find_removed(session, actor, kind, object_id)
    return found is not None or stub(session, actor, kind, object_id) is not None


def is_back(session: Session, actor: Actor, kind: str, object_id: UUID) -> bool:
    """Whether the reader sees the object where it belongs, out of the bin."""
    return kind in KINDS and record.find(session, actor, KINDS[kind], object_id) is not None


def _latest(model: Any, cursor: MomentCursor | None) -> Select[Any]:
    statement = select(
        literal(model.kind).label("kind"),
        model.id.label("id"),
        _title(model).label("title"),
        model.effective_level.label("level"),
        model.version.label("version"),
        model.deleted_at.label("at"),
        model.deleted_by.label("deleted_by"),
        model.delete_reason.label("reason"),
    ).where(in_bin(model), *_alone(model))
    if cursor is not None:
        statement = statement.where(
            tuple_(model.deleted_at, model.id) < tuple_(cursor.at, cursor.id)
        )
    page = statement.order_by(model.deleted_at.desc(), model.id.desc()).limit(PAGE + 1)
    return select(page.subquery())


@cache
def _title(model: Any) -> Any:
    return next(getattr(model, name) for name in _TITLES if hasattr(model, name))


def _alone(model: type[Recorded]) -> Iterator[ColumnElement[bool]]:
    """Not put away along with the object that it belongs to."""
    for kind, below in ALONG.items():
        for child, column in below:
            if child is model:
                parent: Any = KINDS[kind]
                yield ~exists(
                    select(parent.id).where(
                        parent.id == getattr(model, column),
                        parent.deleted_at == model.deleted_at,
                    )
                )


def _named(objects: Any) -> tuple[Named, ...]:
    return tuple(Named(each.kind, each.id, each.search_title()) for each in objects)


def _proposal(session: Session, object_id: UUID) -> Proposal | None:
    found = session.get(DestructionProposal, object_id)
    if found is None:
        return None
    by = _name_of(session, found.proposed_by) or ""
    return Proposal(found.proposed_by, by, found.proposed_at, found.reason)


def _name_of(session: Session, user_id: UUID | None) -> str | None:
    if user_id is None:
        return None
    return session.scalar(select(User.name).where(User.id == user_id))
