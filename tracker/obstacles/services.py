"""Entering and correcting obstacles, lifting and reopening them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from tracker import record
from tracker.domain.access import Actor
from tracker.domain.errors import RuleBroken
from tracker.domain.follow_up import OBSTACLE_MOVES
from tracker.domain.naming import Link
from tracker.models import Obstacle, ObstacleStep, Organisation, Post
from tracker.obstacles.given import EnteredState, GivenObstacle, GivenStep
from tracker.record import Change, states, submissions
from tracker.record.filings import file_as_given, replace_parts
from tracker.record.grounds import ground
from tracker.record.links import relink, resolve

_LIFTERS = (Post.kind, Organisation.kind)
Pair = tuple[UUID | None, UUID | None]


def enter_obstacle(
    session: Session, actor: Actor, given: GivenObstacle, entered: EnteredState, now: datetime
) -> Obstacle:
    """A new obstacle, open or lifted already."""
    made = submissions.made(session, actor, given.submission, Obstacle)
    if made is not None:
        return made
    with record.change(session, actor, now) as change:
        obstacle = Obstacle(title=given.title, state=entered.state)
        _fill(change, obstacle, given)
        session.add(obstacle)
        session.flush()
        states.enter(change, obstacle, entered.state, effective_on=entered.effective_on)
        _attach(change, obstacle, given)
        submissions.remember(session, actor, given.submission, Obstacle.kind, obstacle.id, now)
    session.commit()
    return obstacle


def correct_obstacle(
    session: Session, actor: Actor, obstacle_id: UUID, given: GivenObstacle, now: datetime
) -> Obstacle:
    """An obstacle as it is now known; it is lifted and reopened by steps of their own."""
    with record.change(session, actor, now) as change:
        obstacle = record.get_visible(session, actor, Obstacle, obstacle_id)
        change.expect(obstacle, given.version)
        _fill(change, obstacle, given)
        session.flush()
        _attach(change, obstacle, given)
    session.commit()
    return obstacle


def move_obstacle(
    session: Session,
    actor: Actor,
    obstacle_id: UUID,
    step: states.Step,
    version: int | None,
    now: datetime,
) -> Obstacle:
    """Lift an obstacle, or find that it stands again."""
    with record.change(session, actor, now, reason=step.reason) as change:
        obstacle = record.get_visible(session, actor, Obstacle, obstacle_id)
        change.expect(obstacle, version)
        states.take(change, obstacle, "state", OBSTACLE_MOVES, step)
    session.commit()
    return obstacle


def _fill(change: Change, obstacle: Obstacle, given: GivenObstacle) -> None:
    obstacle.title = given.title
    obstacle.text = given.text
    obstacle.since = given.since
    obstacle.level = given.level
    obstacle.lifter_post_id, obstacle.lifter_organisation_id = _post_or_body(
        change,
        given.lifter,
        (obstacle.lifter_post_id, obstacle.lifter_organisation_id),
        field="lifter",
        language=given.language,
    )


def _attach(change: Change, obstacle: Obstacle, given: GivenObstacle) -> None:
    language = given.language
    file_as_given(change, obstacle, given.filed_under, sort_on=given.since, language=language)
    replace_parts(change, ObstacleStep, obstacle.id, _steps(change, obstacle, given))
    ground(change, obstacle, "", given.ground, at="source", language=language)
    ground(change, obstacle, "lifter", given.lifter_ground, at="lifter_source", language=language)


def _steps(change: Change, obstacle: Obstacle, given: GivenObstacle) -> list[dict[str, Any]]:
    held = {part.id: part for part in change.parts(ObstacleStep, obstacle.id)}
    return [
        _step(change, row, held.get(row.part_id) if row.part_id else None, given.language)
        for row in given.steps
    ]


def _step(
    change: Change, row: GivenStep, part: ObstacleStep | None, language: str
) -> dict[str, Any]:
    if not row.text:
        raise RuleBroken(
            "Say what was asked or offered, or remove the row.", field=f"{row.row}-text"
        )
    asked: Pair = (part.asked_post_id, part.asked_organisation_id) if part else (None, None)
    asked_post, asked_body = _post_or_body(
        change, row.asked, asked, field=f"{row.row}-asked", language=language
    )
    return {
        "id": part.id if part else None,
        "happened_on": row.happened_on,
        # The form shows the languages of the screens only; a step may be known in others.
        "text": {**(part.text if part else {}), **row.text},
        "by_post_id": relink(
            change,
            row.by,
            Post.kind,
            field=f"{row.row}-by",
            language=language,
            held=part.by_post_id if part else None,
        ),
        "asked_post_id": asked_post,
        "asked_organisation_id": asked_body,
    }


def _post_or_body(change: Change, link: Link, held: Pair, *, field: str, language: str) -> Pair:
    """Whom a link names; one that the editor may not see was shown as an empty field and stays."""
    found = resolve(change, link, _LIFTERS, field=field, language=language)
    if found is not None:
        return (found.id, None) if isinstance(found, Post) else (None, found.id)
    seen = record.find(change.session, change.actor, Post, held[0]) or record.find(
        change.session, change.actor, Organisation, held[1]
    )
    return held if seen is None else (None, None)
