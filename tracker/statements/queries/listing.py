"""The list of statements, the newest first, narrowed by kind, by speaker or by place."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tracker.domain.access import Actor
from tracker.domain.errors import NotFound
from tracker.domain.statements import StatementKind
from tracker.models import Statement, StatementPlace
from tracker.models.keyset import Cursor, newest_first
from tracker.record import reads, visible_to
from tracker.record.reads import Name, StatementLine


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What the list is narrowed to; `speaker` is a person, a post or a body."""

    kind: StatementKind | None = None
    speaker: UUID | None = None
    place: UUID | None = None

    def __bool__(self) -> bool:
        return any((self.kind, self.speaker, self.place))


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One line of the list."""

    line: StatementLine

    @property
    def cursor(self) -> Cursor:
        return Cursor(self.line.happened.sort, self.line.id)


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the list and one row more, and whom and what it is narrowed to."""

    rows: tuple[StatementRow, ...]
    speaker: Name | None
    place: Name | None


def statement_list(
    session: Session, actor: Actor, narrowed: Narrowed, cursor: Cursor | None = None
) -> Listed:
    """A speaker or a place that the reader may not see is as good as none: NotFound."""
    known = reads.names(session, actor, [narrowed.speaker, narrowed.place])
    for wanted in (narrowed.speaker, narrowed.place):
        if wanted is not None and wanted not in known:
            raise NotFound(str(wanted))
    statement = select(Statement.id).where(visible_to(actor, Statement))
    if narrowed.kind is not None:
        statement = statement.where(Statement.statement_kind == narrowed.kind)
    if narrowed.speaker is not None:
        statement = statement.where(
            or_(
                Statement.speaker_person_id == narrowed.speaker,
                Statement.speaker_post_id == narrowed.speaker,
                Statement.speaker_organisation_id == narrowed.speaker,
            )
        )
    if narrowed.place is not None:
        about = select(StatementPlace.statement_id).where(
            StatementPlace.place_id == narrowed.place
        )
        statement = statement.where(
            or_(
                Statement.id.in_(about),
                Statement.holder_place_id == narrowed.place,
                Statement.doer_place_id == narrowed.place,
            )
        )
    page = newest_first(statement, Statement.__table__.c.happened_sort, Statement.id, cursor)
    ids = session.scalars(page).all()
    lines = {
        line.id: line
        for line in reads.statements_of(session, actor, criterion=Statement.id.in_(ids))
    }
    return Listed(
        rows=tuple(StatementRow(lines[each]) for each in ids if each in lines),
        speaker=known.get(narrowed.speaker) if narrowed.speaker else None,
        place=known.get(narrowed.place) if narrowed.place else None,
    )
