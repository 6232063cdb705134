"""How a query asks for releases: the marking of a row, and what a partner's edition may print."""

from __future__ import annotations

from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    SmallInteger,
    and_,
    case,
    exists,
    false,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql.elements import Label

from tracker.domain.access import Actor, Level
from tracker.domain.errors import NotFound
from tracker.domain.releases import NEVER_SAID, RELEASABLE, Marking, Never, never
from tracker.models import Recorded, Release, Statement
from tracker.models.built_once import built_once
from tracker.models.releases import RELEASED, MarkingType
from tracker.record.reading import visible_to

Model = TypeVar("Model", bound=Recorded)


# Under a name of its own, so that a statement over releases may ask for markings as well.
_ANY = aliased(Release)


@built_once
def marking(model: Any) -> Label[Marking]:
    """The level of a row and whether a release of it stands, as one column: for lists, which ask
    no question more for it."""
    return marking_of(model.effective_level, model.id)


def marking_of(level: Any, object_id: Any) -> Label[Marking]:
    """The same for what keeps the level and the id of another object, as search entries do."""
    stands = exists().where(_ANY.object_id == object_id, _ANY.withdrawn_at.is_(None))
    number = type_coerce(level, SmallInteger) + case((stands, RELEASED), else_=0)
    return type_coerce(number, MarkingType).label("marking")


def released_to(organisation_id: UUID, language: str, model: Any) -> ColumnElement[bool]:
    """Public, or released to the organisation; stands beside `visible_to`, never instead of it.

    A release is of one version: what was changed since was never released. What became
    confidential since is not handed out again, and what may never be released is not, even when
    it is public.
    """
    if model.kind not in RELEASABLE:
        return false()
    handed = exists().where(
        _ANY.object_id == model.id,
        _ANY.organisation_id == organisation_id,
        _ANY.object_version == model.version,
        _ANY.language.in_(("", language)),
        _ANY.withdrawn_at.is_(None),
    )
    allowed = or_(
        model.effective_level == Level.PUBLIC,
        and_(model.effective_level < Level.CONFIDENTIAL, handed),
    )
    if model.kind == Statement.kind:
        allowed &= model.statement_kind.not_in(NEVER_SAID) & ~model.never_release
    return allowed


def get_marked(
    session: Session, actor: Actor, model: type[Model], object_id: UUID
) -> tuple[Model, Marking]:
    """The object and its marking, in one question; NotFound as `get_visible`."""
    row = session.execute(
        select(model, marking(model)).where(model.id == object_id, visible_to(actor, model))
    ).first()
    if row is None:
        raise NotFound(f"{model.kind} {object_id}")
    return row[0], row[1]


def why_never(obj: Recorded) -> Never | None:
    """Why the object may never be released; None when it may."""
    if isinstance(obj, Statement):
        return never(obj.kind, obj.statement_kind, marked=obj.never_release)
    return never(obj.kind)
