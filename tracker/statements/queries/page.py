"""One statement: whose words, about what, on which paper, and what hangs together with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    Boolean,
    Integer,
    Select,
    String,
    Uuid,
    cast,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session

from tracker import record
from tracker.domain.access import Actor
from tracker.domain.statements import LinkKind
from tracker.domain.texts import Texts
from tracker.models import Action, Citation, Filing, Statement, StatementLink, StatementPlace
from tracker.record import reads
from tracker.record.reads import Footnotes, Name, StatementLine


@dataclass(frozen=True, slots=True)
class About:
    """A place, or a tie or memorandum, that the statement is about."""

    name: Name
    inferred: bool
    reason: Texts


@dataclass(frozen=True, slots=True)
class Related:
    """Another statement; `outgoing` when this one was linked to it, and not it to this one."""

    kind: LinkKind
    outgoing: bool
    line: StatementLine


@dataclass(frozen=True, slots=True)
class StatementPage:
    """A statement as its page prints it."""

    line: StatementLine
    on_behalf_of: Name | None
    addressee: Name | None
    holder: Name | None
    doer: Name | None
    places: tuple[About, ...]
    filed_under: tuple[About, ...]
    carries: tuple[Name, ...]
    related: tuple[Related, ...]
    notes: Footnotes

    @property
    def conflicts(self) -> tuple[StatementLine, ...]:
        """Statements that say otherwise, whichever of the two was linked to the other."""
        lines = {
            related.line.id: related.line
            for related in self.related
            if related.kind is LinkKind.CONTRADICTS
        }
        return tuple(lines.values())

    @property
    def others(self) -> tuple[Related, ...]:
        return tuple(each for each in self.related if each.kind is not LinkKind.CONTRADICTS)


def statement_page(session: Session, actor: Actor, statement_id: UUID) -> StatementPage:
    """The page, in four statements; NotFound when it is absent or not for this reader."""
    statement = record.get_visible(session, actor, Statement, statement_id)
    parts = _parts(session, statement_id)
    linked = [row for row in parts if row.part in ("outgoing", "incoming")]
    lines = {
        line.id: line
        for line in reads.statements_of(
            session,
            actor,
            criterion=Statement.id.in_([statement_id, *(row.object_id for row in linked)]),
        )
    }
    pointed_at = {
        "on_behalf_of": statement.on_behalf_of_id,
        "addressee": statement.addressee_id,
        "holder": statement.holder_place_id or statement.holder_organisation_id,
        "doer": statement.doer_place_id or statement.doer_organisation_id,
    }
    source_ids = [lines[statement_id].source_id, *(line.source_id for line in lines.values())]
    known = reads.names(
        session,
        actor,
        [*pointed_at.values(), *source_ids, *(row.object_id for row in parts)],
    )

    def about(part: str) -> tuple[About, ...]:
        return tuple(
            About(known[row.object_id], bool(row.inferred), row.reason or {})
            for row in parts
            if row.part == part and row.object_id in known
        )

    carries = dict.fromkeys(row.object_id for row in parts if row.part == "carries")
    return StatementPage(
        line=lines[statement_id],
        places=about("place"),
        filed_under=about("filed"),
        carries=tuple(known[each] for each in carries if each in known),
        related=tuple(
            Related(LinkKind(row.kind), row.part == "outgoing", lines[row.object_id])
            for row in linked
            if row.object_id in lines
        ),
        notes=reads.footnotes(known, source_ids),
        **{name: known.get(each) if each else None for name, each in pointed_at.items()},
    )


def _parts(session: Session, statement_id: UUID) -> list[Any]:
    """Everything that a statement points at and that points at it, in one question."""
    rows: Iterable[Any] = session.execute(
        union_all(
            _row(
                "place",
                StatementPlace.place_id,
                position=StatementPlace.position,
                inferred=StatementPlace.inferred,
                reason=StatementPlace.reason,
            ).where(StatementPlace.statement_id == statement_id),
            _row(
                "filed",
                Filing.object_id,
                position=Filing.position,
                inferred=Filing.inferred,
                reason=Filing.reason,
            ).where(Filing.holder_id == statement_id),
            _row(
                "outgoing",
                StatementLink.other_id,
                position=StatementLink.position,
                kind=StatementLink.link_kind,
            ).where(StatementLink.statement_id == statement_id),
            _row("incoming", StatementLink.statement_id, kind=StatementLink.link_kind).where(
                StatementLink.other_id == statement_id
            ),
            _row("carries", Citation.object_id).where(Citation.statement_id == statement_id),
            _row("carries", Action.id).where(Action.statement_id == statement_id),
        )
    )
    return sorted(rows, key=lambda row: (row.position, str(row.object_id)))


_COLUMNS = {"kind": String, "inferred": Boolean, "reason": JSON}


def _row(part: str, object_id: Any, *, position: Any = None, **values: Any) -> Select[Any]:
    filled = [
        (type_coerce(values[name], kind) if name in values else cast(null(), kind())).label(name)
        for name, kind in _COLUMNS.items()
    ]
    return select(
        literal(part, String).label("part"),
        type_coerce(object_id, Uuid).label("object_id"),
        type_coerce(literal(0) if position is None else position, Integer).label("position"),
        *filled,
    )
