"""The list of policy frameworks, the page of one, and what its form shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from tracker import record
from tracker.domain.access import Actor
from tracker.domain.bodies import BodyRole
from tracker.domain.dates import FuzzyDate
from tracker.domain.errors import NotFound
from tracker.domain.follow_up import FrameworkState
from tracker.domain.releases import Marking
from tracker.models import Framework, Organisation, Source, StateChange, Term
from tracker.models.base import Texts
from tracker.models.keyset import PAGE, Cursor
from tracker.record.involvements import bodies_of
from tracker.record.links import link_to
from tracker.record.reading import visible_to
from tracker.record.reads import Footnotes, Name, footnotes, names, parts_of
from tracker.record.reads.shapes import StepPart
from tracker.record.releases import marking


class FrameworkLine(NamedTuple):
    """One policy framework in a list."""

    id: UUID
    title: Texts
    principle: Texts
    state: FrameworkState
    marking: Marking
    owner: Texts | None

    @property
    def cursor(self) -> Cursor:
        return Cursor(FuzzyDate.unknown().sort, self.id)


@dataclass(frozen=True, slots=True)
class Body:
    """A body with a part in the policy, and whether we read that into a source."""

    role: BodyRole
    name: Name
    inferred: bool
    reason: Texts


@dataclass(frozen=True, slots=True)
class FrameworkPage:
    """A policy framework; of all that it points at, what the reader may see."""

    id: UUID
    title: Texts
    principle: Texts
    state: FrameworkState
    marking: Marking
    owner: Name | None
    term: Name | None
    source_id: UUID | None
    bodies: tuple[Body, ...]
    steps: tuple[StepPart, ...]
    notes: Footnotes


def framework_list(
    session: Session, actor: Actor, *, cursor: Cursor | None = None
) -> list[FrameworkLine]:
    """A page of policy frameworks and one more, the last entered first: a policy has no date."""
    statement = (
        select(
            Framework.id,
            Framework.title,
            Framework.principle,
            Framework.state,
            marking(Framework),
            Organisation.name,
        )
        .select_from(Framework)
        .outerjoin(
            Organisation,
            and_(Organisation.id == Framework.owner_id, visible_to(actor, Organisation)),
        )
        .where(visible_to(actor, Framework))
    )
    if cursor is not None:
        statement = statement.where(Framework.id < cursor.id)
    rows = session.execute(statement.order_by(Framework.id.desc()).limit(PAGE + 1))
    return [FrameworkLine(*row) for row in rows]


def framework_page(session: Session, actor: Actor, framework_id: UUID) -> FrameworkPage:
    """Everything about a policy framework that the reader may see."""
    row = session.execute(
        select(
            Framework.title,
            Framework.principle,
            Framework.state,
            marking(Framework),
            Framework.owner_id,
            Framework.term_id,
            Framework.source_id,
        ).where(Framework.id == framework_id, visible_to(actor, Framework))
    ).first()
    if row is None:
        raise NotFound(f"framework {framework_id}")
    parts = parts_of(session, actor, Framework.kind, framework_id)
    known = names(session, actor, {row.owner_id, row.term_id, row.source_id, *parts.ids()})
    return FrameworkPage(
        id=framework_id,
        title=row.title,
        principle=row.principle,
        state=row.state,
        marking=row.marking,
        owner=known.get(row.owner_id),
        term=known.get(row.term_id),
        source_id=row.source_id,
        bodies=tuple(
            Body(part.role, known[part.id], part.inferred, part.reason)
            for part in parts.bodies
            if part.id in known
        ),
        steps=parts.steps,
        notes=footnotes(known, [row.source_id, *(each.source_id for each in parts.citations)]),
    )


def framework_for_form(
    session: Session, actor: Actor, framework_id: UUID, language: str
) -> dict[str, Any]:
    """A policy framework as its form shows it."""
    policy = record.get_visible(session, actor, Framework, framework_id)
    owner = record.find(session, actor, Organisation, policy.owner_id)
    return {
        "title": policy.title,
        "principle": policy.principle,
        "owner": link_to(owner, language),
        "state": policy.state,
        "state_on": _reached_on(session, framework_id),
        "term": link_to(record.find(session, actor, Term, policy.term_id), language),
        "source": link_to(record.find(session, actor, Source, policy.source_id), language),
        "bodies": bodies_of(session, actor, framework_id, language),
        "level": policy.level,
        "version": policy.version,
    }


def _reached_on(session: Session, framework_id: UUID) -> FuzzyDate | None:
    """Since when it has the state it has now."""
    return session.scalar(
        select(StateChange.effective_on)
        .where(StateChange.object_id == framework_id)
        .order_by(StateChange.recorded_at.desc(), StateChange.id.desc())
        .limit(1)
    )
