"""What the pages of obstacles show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ScalarSelect, select
from sqlalchemy.orm import Session

from tracker import record
from tracker.domain.access import Actor
from tracker.domain.dates import FuzzyDate
from tracker.domain.errors import NotFound
from tracker.domain.follow_up import ObstacleState
from tracker.domain.naming import Link
from tracker.domain.releases import Marking
from tracker.models import Action, Obstacle, ObstacleStep, Organisation, Post, Tenure
from tracker.models.base import Texts
from tracker.models.keyset import Cursor, newest_first
from tracker.record.filings import filed_ids, filed_under
from tracker.record.grounds import ground_of
from tracker.record.links import link_to
from tracker.record.reading import visible_to
from tracker.record.reads import (
    ActionLine,
    Footnotes,
    Name,
    actions_of,
    footnotes,
    names,
    parts_of,
)
from tracker.record.reads.shapes import CitationPart, StepPart
from tracker.record.releases import marking


class Lifter(NamedTuple):
    """Who can lift it: a post with whoever holds it now, or a body."""

    body: Name
    holder: Name | None


@dataclass(frozen=True, slots=True)
class ObstacleLine:
    """One obstacle in a list."""

    id: UUID
    title: Texts
    state: ObstacleState
    since: FuzzyDate
    marking: Marking
    lifter: Lifter | None
    blocks: tuple[Name, ...]

    @property
    def cursor(self) -> Cursor:
        return Cursor(self.since.sort, self.id)


@dataclass(frozen=True, slots=True)
class LogLine:
    """What was asked of whom, or offered."""

    on: FuzzyDate
    text: Texts
    by: Name | None
    asked: Name | None


@dataclass(frozen=True, slots=True)
class ObstaclePage:
    """An obstacle; of all that it points at, what the reader may see."""

    id: UUID
    version: int
    title: Texts
    text: Texts
    state: ObstacleState
    since: FuzzyDate
    marking: Marking
    lifter: Lifter | None
    inferred: Texts | None  # why the whole is our reading; None: it is not
    lifter_inferred: Texts | None
    blocks: tuple[Name, ...]
    log: tuple[LogLine, ...]
    actions: tuple[ActionLine, ...]
    steps: tuple[StepPart, ...]
    said: tuple[Name, ...]
    lifter_source: UUID | None
    notes: Footnotes


def obstacle_list(
    session: Session,
    actor: Actor,
    *,
    state: ObstacleState | None = None,
    cursor: Cursor | None = None,
) -> list[ObstacleLine]:
    """A page of obstacles, the newest first, and one more."""
    statement = select(
        Obstacle.id,
        Obstacle.title,
        Obstacle.state,
        Obstacle.since,
        marking(Obstacle),
        Obstacle.lifter_post_id,
        Obstacle.lifter_organisation_id,
        _holder().label("holder_id"),
    ).where(visible_to(actor, Obstacle))
    if state is not None:
        statement = statement.where(Obstacle.state == state)
    sort = Obstacle.__table__.c.since_sort
    rows = session.execute(newest_first(statement, sort, Obstacle.id, cursor)).all()
    filed = filed_ids(session, [row.id for row in rows])
    wanted = {each for ids in filed.values() for each in ids}
    known = names(session, actor, {*wanted, *(i for row in rows for i in _lifter_ids(row))})
    return [
        ObstacleLine(
            row.id,
            row.title,
            row.state,
            row.since,
            row.marking,
            _lifter(row, known),
            tuple(known[each] for each in filed[row.id] if each in known),
        )
        for row in rows
    ]


def obstacle_page(session: Session, actor: Actor, obstacle_id: UUID) -> ObstaclePage:
    """Everything about an obstacle that the reader may see."""
    row = session.execute(
        select(
            Obstacle.version,
            Obstacle.title,
            Obstacle.text,
            Obstacle.state,
            Obstacle.since,
            marking(Obstacle),
            Obstacle.lifter_post_id,
            Obstacle.lifter_organisation_id,
            _holder().label("holder_id"),
        ).where(Obstacle.id == obstacle_id, visible_to(actor, Obstacle))
    ).first()
    if row is None:
        raise NotFound(f"obstacle {obstacle_id}")
    parts = parts_of(session, actor, Obstacle.kind, obstacle_id)
    log = _log(session, obstacle_id)
    filed = filed_ids(session, [obstacle_id])[obstacle_id]
    asked = {i for each in log for i in (each.by_post_id, each.asked_id)}
    said = [part.statement_id for part in parts.citations]
    known = names(session, actor, {*parts.ids(), *filed, *asked, *said, *_lifter_ids(row)})
    lifted_by = parts.cited("lifter")
    return ObstaclePage(
        id=obstacle_id,
        version=row.version,
        title=row.title,
        text=row.text,
        state=row.state,
        since=row.since,
        marking=row.marking,
        lifter=_lifter(row, known),
        inferred=_reason(parts.citations, ""),
        lifter_inferred=_reason(parts.citations, "lifter"),
        blocks=tuple(known[each] for each in filed if each in known),
        log=tuple(
            LogLine(
                each.happened_on, each.text, known.get(each.by_post_id), known.get(each.asked_id)
            )
            for each in log
        ),
        actions=tuple(actions_of(session, actor, criterion=Action.obstacle_id == obstacle_id)),
        steps=parts.steps,
        said=tuple(known[each] for each in said if each is not None and each in known),
        lifter_source=lifted_by.source_id if lifted_by else None,
        notes=footnotes(known, [part.source_id for part in parts.citations]),
    )


def obstacle_for_form(
    session: Session, actor: Actor, obstacle_id: UUID, language: str
) -> dict[str, Any]:
    """An obstacle as its form shows it."""
    obstacle = record.get_visible(session, actor, Obstacle, obstacle_id)
    whole = ground_of(session, actor, obstacle_id, "", language)
    lifter = ground_of(session, actor, obstacle_id, "lifter", language)

    def post_or_body(post_id: UUID | None, body_id: UUID | None) -> Link:
        found = record.find(session, actor, Post, post_id) or record.find(
            session, actor, Organisation, body_id
        )
        return link_to(found, language)

    return {
        "title": obstacle.title,
        "text": obstacle.text,
        "since": obstacle.since,
        "lifter": post_or_body(obstacle.lifter_post_id, obstacle.lifter_organisation_id),
        "lifter_source": lifter.source,
        "lifter_inferred": lifter.inferred,
        "lifter_reason": dict(lifter.reason),
        "filed_under": [
            {"under": under} for under in filed_under(session, actor, obstacle_id, language)
        ],
        "steps": [
            {
                "part": str(step.id),
                "happened_on": step.happened_on,
                "text": step.text,
                "by": post_or_body(step.by_post_id, None),
                "asked": post_or_body(step.asked_post_id, step.asked_organisation_id),
            }
            for step in session.scalars(
                select(ObstacleStep)
                .where(ObstacleStep.obstacle_id == obstacle_id)
                .order_by(ObstacleStep.position, ObstacleStep.id)
            ).all()
        ],
        "source": whole.source,
        "locator": whole.locator,
        "inferred": whole.inferred,
        "reason": dict(whole.reason),
        "level": obstacle.level,
        "version": obstacle.version,
    }


def _holder() -> ScalarSelect[Any]:
    """Who holds the post of whoever can lift it now, as far as known."""
    columns = Tenure.__table__.c
    return (
        select(Tenure.person_id)
        .where(Tenure.post_id == Obstacle.lifter_post_id, columns.until_last.is_(None))
        .order_by(columns.since_sort.desc(), columns.attested_sort.desc(), columns.id)
        .limit(1)
        .correlate(Obstacle)
        .scalar_subquery()
    )


def _lifter_ids(row: Any) -> tuple[UUID | None, ...]:
    return row.lifter_post_id, row.lifter_organisation_id, row.holder_id


def _lifter(row: Any, known: dict[UUID, Name]) -> Lifter | None:
    body = known.get(row.lifter_post_id) or known.get(row.lifter_organisation_id)
    return Lifter(body, known.get(row.holder_id)) if body else None


class _LogRow(NamedTuple):
    happened_on: FuzzyDate
    text: Texts
    by_post_id: Any
    asked_id: Any


def _log(session: Session, obstacle_id: UUID) -> list[_LogRow]:
    rows = session.execute(
        select(
            ObstacleStep.happened_on,
            ObstacleStep.text,
            ObstacleStep.by_post_id,
            ObstacleStep.asked_post_id,
            ObstacleStep.asked_organisation_id,
        )
        .where(ObstacleStep.obstacle_id == obstacle_id)
        .order_by(ObstacleStep.position, ObstacleStep.id)
    )
    return [_LogRow(on, text, by, post or body) for on, text, by, post, body in rows]


def _reason(citations: tuple[CitationPart, ...], field: str) -> Texts | None:
    return next((part.reason for part in citations if part.field == field and part.inferred), None)
