"""What one field of an object rests on, as a form changes it: a source, or our reading of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from tracker.domain.access import Actor
from tracker.domain.naming import Link
from tracker.models import Citation, Recorded, Source, Statement
from tracker.record.changes import Change
from tracker.record.links import link_to, relink
from tracker.record.reading import find, visible_to


@dataclass(frozen=True, slots=True)
class Ground:
    """A source, and whether the field was read into it, with the reason; where in the source, or
    None for a form that does not ask it."""

    source: Link = field(default_factory=Link)
    inferred: bool = False
    reason: Mapping[str, str] = field(default_factory=dict)
    locator: str | None = None


def ground(
    change: Change, obj: Recorded, field_name: str, given: Ground, *, at: str, language: str
) -> None:
    """Let the field rest on this; on nothing, when nothing is given. `at` is the form's field.

    What rests on a statement is told on the statement's own page and stays; so does what rests on
    a source that the editor may not see, for no form shows it.
    """
    held = _citation(change.session, change.actor, obj.id, field_name)
    source_id = relink(
        change,
        given.source,
        Source.kind,
        field=at,
        language=language,
        held=held.source_id if held else None,
    )
    reason = dict(given.reason) if given.inferred else {}
    if source_id is None and not given.inferred:
        if held is not None:
            change.session.delete(held)
        return
    if held is None:
        held = Citation(object_kind=obj.kind, object_id=obj.id, field=field_name)
        change.session.add(held)
    held.source_id = source_id
    held.inferred = given.inferred
    held.reason = reason
    if given.locator is not None:
        held.locator = given.locator
    change.session.flush()


def rest_on(change: Change, obj: Recorded, field_name: str, statement: Statement | None) -> None:
    """Let the field rest on what somebody said; on nobody's word, when no statement is given."""
    held = change.session.scalar(
        _of_field(obj.id, field_name, _rests_on(change.actor, Citation.statement_id, Statement))
    )
    if statement is None:
        if held is not None:
            change.session.delete(held)
    elif held is None:
        change.session.add(
            Citation(
                object_kind=obj.kind,
                object_id=obj.id,
                field=field_name,
                statement_id=statement.id,
                source_id=statement.source_id,
                locator=statement.locator,
            )
        )
    elif held.statement_id != statement.id:
        held.statement_id = statement.id
        held.source_id = statement.source_id
        held.locator = statement.locator
    change.session.flush()


def statement_under(
    session: Session, actor: Actor, object_id: UUID, field_name: str, language: str
) -> Link:
    """The statement that a field rests on now, for the form."""
    held = session.scalar(
        _of_field(object_id, field_name, _rests_on(actor, Citation.statement_id, Statement))
    )
    return link_to(find(session, actor, Statement, held.statement_id) if held else None, language)


def ground_of(
    session: Session, actor: Actor, object_id: UUID, field_name: str, language: str
) -> Ground:
    """What the field rests on now, for the form. Why something was read into a source that the
    editor may not see tells of that source, and is left out with it."""
    held = _citation(session, actor, object_id, field_name)
    if held is None:
        return Ground()
    source = find(session, actor, Source, held.source_id)
    return Ground(link_to(source, language), held.inferred, held.reason, held.locator)


def _citation(session: Session, actor: Actor, object_id: UUID, field_name: str) -> Citation | None:
    shown = or_(Citation.source_id.is_(None), _rests_on(actor, Citation.source_id, Source))
    return session.scalar(
        _of_field(object_id, field_name, and_(Citation.statement_id.is_(None), shown))
    )


def _rests_on(
    actor: Actor, column: InstrumentedAttribute[UUID | None], model: type[Source] | type[Statement]
) -> ColumnElement[bool]:
    """That it rests on such an object, and the actor may see which."""
    return column.in_(select(model.id).where(visible_to(actor, model)))


def _of_field(object_id: UUID, field_name: str, which: ColumnElement[bool]) -> Select[Citation]:
    return (
        select(Citation)
        .where(Citation.object_id == object_id, Citation.field == field_name, which)
        .order_by(Citation.inferred.desc(), Citation.id)
        .limit(1)
    )
