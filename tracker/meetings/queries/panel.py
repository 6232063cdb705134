"""Beside the form: what is open with the tie or memorandum, who they are, the meeting before."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from tracker.domain.access import Actor
from tracker.domain.actions import LIVE
from tracker.domain.bodies import BodyRole
from tracker.domain.follow_up import Completion, ObstacleState
from tracker.domain.meetings import MeetingState
from tracker.domain.memoranda import Stage
from tracker.domain.texts import Texts
from tracker.models import (
    Action,
    Filing,
    Involvement,
    Mandate,
    Organisation,
    Person,
    Post,
)
from tracker.record import reads, visible_to
from tracker.record.reads import ActionLine, Item
from tracker.record.reads.filed import actions_about

_OVER = (Stage.COMPLETED, Stage.TERMINATED, Stage.RENEWED, Stage.REJECTED, Stage.WITHDRAWN)
_MOST = 10


@dataclass(frozen=True, slots=True)
class Body:
    """What somebody is to the tie: name, post beside it, in which role, inferred or not."""

    name: Texts
    post: Texts | None
    role: BodyRole
    inferred: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """Read beside the form; nothing of it is sent."""

    title: Texts
    obstacles: tuple[Item, ...]
    actions: tuple[ActionLine, ...]
    mandates: tuple[tuple[UUID, Texts], ...]
    memoranda: tuple[Item, ...]
    bodies: tuple[Body, ...]
    previous: Item | None

    @property
    def nothing_open(self) -> bool:
        return not (self.obstacles or self.actions or self.mandates or self.memoranda)


def panel_of(session: Session, actor: Actor, title: Texts, object_id: UUID) -> Panel:
    items = reads.filed_items(session, actor, under=[object_id])
    held = [i for i in items if i.kind == "meeting" and i.state is not MeetingState.CANCELLED]
    return Panel(
        title=title,
        obstacles=tuple(i for i in items if i.state is ObstacleState.OPEN)[:_MOST],
        actions=tuple(
            reads.actions_of(
                session,
                actor,
                criterion=and_(actions_about([object_id]), Action.state.in_(LIVE)),
                limit=_MOST,
            )
        ),
        mandates=_mandates(session, actor, object_id),
        memoranda=tuple(i for i in items if i.kind == "memorandum" and i.state not in _OVER),
        bodies=_bodies(session, actor, object_id),
        previous=next((i for i in held if i.state is not MeetingState.SCHEDULED), None),
    )


def _mandates(session: Session, actor: Actor, object_id: UUID) -> tuple[tuple[UUID, Texts], ...]:
    """Mandates filed here, and those whose event is a meeting that is filed here."""
    filed = select(Filing.holder_id).where(Filing.object_id == object_id)
    rows = session.execute(
        select(Mandate.id, Mandate.title)
        .where(
            (Mandate.id.in_(filed)) | (Mandate.event_id.in_(filed)),
            Mandate.completion.is_distinct_from(Completion.DONE),
            visible_to(actor, Mandate),
        )
        .order_by(Mandate.id.desc())
        .limit(_MOST)
    )
    return tuple((row.id, row.title) for row in rows)


def _bodies(session: Session, actor: Actor, object_id: UUID) -> tuple[Body, ...]:
    rows = session.execute(
        select(
            Person.name,
            Post.title,
            Organisation.name,
            Involvement.body_role,
            Involvement.inferred,
        )
        .select_from(Involvement)
        .outerjoin(Person, and_(Person.id == Involvement.person_id, visible_to(actor, Person)))
        .outerjoin(Post, and_(Post.id == Involvement.post_id, visible_to(actor, Post)))
        .outerjoin(
            Organisation,
            and_(Organisation.id == Involvement.organisation_id, visible_to(actor, Organisation)),
        )
        .where(Involvement.object_id == object_id)
        .order_by(Involvement.position, Involvement.id)
    )
    found = []
    for person, post, body, role, inferred in rows:
        names = [name for name in (person, post, body) if name]
        if names:
            found.append(Body(names[0], names[1] if len(names) > 1 else None, role, inferred))
    return tuple(found)
