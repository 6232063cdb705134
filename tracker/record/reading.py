"""What a reader may see: the one filter of every list, count, suggestion and page.

It comes in two forms that mean the same. `visible_to(actor, Model)` names the reader at once.
`visible(Model)` leaves the reader open, for a statement that is built once and asked often (to
build one takes longer than to run it): whoever asks is named by `asked_by(actor)`, without which
the database refuses the statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Executable,
    Select,
    SmallInteger,
    Uuid,
    bindparam,
    exists,
    or_,
    select,
)
from sqlalchemy.orm import Session

from tracker.domain.access import Actor
from tracker.domain.errors import NotFound
from tracker.models import Recorded
from tracker.models.access import Grant
from tracker.models.built_once import built_once
from tracker.models.watching import note_asked

Model = TypeVar("Model", bound=Recorded)


_READER = bindparam("reader", type_=Uuid())
_CLEARANCE = bindparam("clearance", type_=SmallInteger())
_NO_CLEARANCE = -1  # below the lowest level


def asked_by(actor: Actor, **values: Any) -> dict[str, Any]:
    """The values of a statement built with `visible`, the reader among them."""
    note_asked()
    return {"reader": _reader(actor), "clearance": _clearance(actor), **values}


def rows(session: Session, statement: Executable, actor: Actor, **values: Any) -> Sequence[Any]:
    """The rows of a statement over plain columns, for a page: straight from the connection, which
    costs half of what the session's own way does. Nothing pending is flushed first."""
    return session.connection().execute(statement, asked_by(actor, **values)).all()


@built_once
def visible(model: Any) -> ColumnElement[bool]:
    """Not put away, and up to the clearance of whoever asks, or named for them.

    `model` is a recorded class, or an alias of one that is made once.
    """
    return _not_put_away(model) & _within(model.effective_level, model.id, _CLEARANCE, _READER)


@built_once
def in_bin(model: Any) -> ColumnElement[bool]:
    """Put away, and up to the clearance of whoever asks, or named for them."""
    gone: ColumnElement[bool] = model.deleted_at.is_not(None)
    return gone & _within(model.effective_level, model.id, _CLEARANCE, _READER)


def open_to_reader(level: Any, object_id: Any) -> ColumnElement[bool]:
    """The same for what keeps the level and the id of another object, as search entries do: they
    hold nothing that was put away."""
    return _within(level, object_id, _CLEARANCE, _READER)


def visible_to(actor: Actor, model: type[Recorded] | Any) -> ColumnElement[bool]:
    """`visible` for this reader and no other."""
    note_asked()
    return _not_put_away(model) & _within(
        model.effective_level, model.id, _clearance(actor), _reader(actor)
    )


def _clearance(actor: Actor) -> int:
    return _NO_CLEARANCE if actor.clearance is None else int(actor.clearance)


def _reader(actor: Actor) -> UUID | None:
    """Whoever may read nothing at all cannot be named for an object either."""
    return None if actor.clearance is None else actor.user_id


def _not_put_away(model: Any) -> ColumnElement[bool]:
    missing: ColumnElement[bool] = model.deleted_at.is_(None)
    return missing


def _within(level: Any, object_id: Any, clearance: Any, reader: Any) -> ColumnElement[bool]:
    named = exists(
        select(Grant.object_id).where(
            Grant.user_id == reader,
            Grant.object_id == object_id,
            Grant.ended_at.is_(None),
        )
    )
    return or_(level <= clearance, named)


def find(
    session: Session, actor: Actor, model: type[Model], object_id: UUID | None
) -> Model | None:
    """The object, or None when it is absent, put away or not for this reader."""
    if object_id is None:
        return None
    found: Model | None = session.scalar(_one(model), asked_by(actor, object_id=object_id))
    return found


@built_once
def _one(model: Any) -> Select[Any]:
    return select(model).where(model.id == bindparam("object_id"), visible(model))


def get_visible(session: Session, actor: Actor, model: type[Model], object_id: UUID) -> Model:
    """The object, or NotFound: absent and not for this reader are never told apart."""
    found = find(session, actor, model, object_id)
    if found is None:
        raise NotFound(f"{model.kind} {object_id}")
    return found
