"""Posts: the list, the page of one, and what its form shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from tracker import record
from tracker.domain.access import Actor
from tracker.domain.errors import NotFound
from tracker.domain.releases import Marking
from tracker.domain.tenures import is_held
from tracker.models import (
    Action,
    ActionOwner,
    Attendee,
    Organisation,
    Person,
    Post,
    Statement,
    Tenure,
)
from tracker.models.base import Texts
from tracker.models.keyset import NameCursor, by_name
from tracker.people.queries.meetings import Attended, meetings_of
from tracker.people.queries.tenures import TenureLine, tenures_of
from tracker.record.links import link_to
from tracker.record.reading import visible_to
from tracker.record.reads import ActionLine, StatementLine, actions_of, statements_of
from tracker.record.reads.citations import Cited, citations_of
from tracker.record.releases import marking


class PostLine(NamedTuple):
    """One post in a list, with whoever holds it today."""

    id: UUID
    title: Texts
    marking: Marking
    organisation: Texts | None
    holders: tuple[Texts, ...]
    cursor: NameCursor


@dataclass(frozen=True, slots=True)
class PostPage:
    """A post with everything that is on record about it."""

    id: UUID
    title: Texts
    marking: Marking
    organisation_id: UUID | None
    organisation: Texts | None
    tenures: list[TenureLine]
    statements: list[StatementLine]
    meetings: list[Attended]
    actions: list[ActionLine]
    citations: list[Cited]

    def holders(self, day: date) -> list[TenureLine]:
        return [line for line in self.tenures if line.is_current(day)]


def post_list(
    session: Session, actor: Actor, today: date, *, cursor: NameCursor | None = None
) -> list[PostLine]:
    """A page of posts by title, and one more."""
    statement = (
        select(Post.id, Post.title, marking(Post), Organisation.name, Post.sort_name)
        .outerjoin(
            Organisation,
            and_(Organisation.id == Post.organisation_id, visible_to(actor, Organisation)),
        )
        .where(visible_to(actor, Post))
    )
    posts = session.execute(by_name(statement, Post.sort_name, Post.id, cursor)).all()
    holders = _holders(session, actor, [post.id for post in posts], today)
    return [
        PostLine(
            post.id,
            post.title,
            post.marking,
            post.name,
            tuple(holders.get(post.id, ())),
            NameCursor(post.sort_name, post.id),
        )
        for post in posts
    ]


def post_page(session: Session, actor: Actor, post_id: UUID) -> PostPage:
    """Everything about a post that the reader may see.

    What its holders said or did stands on their pages; here stands what is told of the post alone.
    """
    post = session.execute(
        select(
            Post.id,
            Post.title,
            marking(Post),
            Organisation.id.label("organisation_id"),
            Organisation.name.label("organisation"),
        )
        .outerjoin(
            Organisation,
            and_(Organisation.id == Post.organisation_id, visible_to(actor, Organisation)),
        )
        .where(Post.id == post_id, visible_to(actor, Post))
    ).first()
    if post is None:
        raise NotFound(f"post {post_id}")
    owned = select(ActionOwner.action_id).where(ActionOwner.post_id == post_id)
    return PostPage(
        **post._asdict(),
        tenures=tenures_of(session, actor, Tenure.post_id == post_id),
        statements=statements_of(session, actor, criterion=Statement.speaker_post_id == post_id),
        meetings=meetings_of(
            session, actor, and_(Attendee.post_id == post_id, Attendee.person_id.is_(None))
        ),
        actions=actions_of(session, actor, criterion=Action.id.in_(owned)),
        citations=citations_of(session, actor, post_id),
    )


def post_for_form(session: Session, actor: Actor, post_id: UUID, language: str) -> dict[str, Any]:
    """A post as its form shows it."""
    post = record.get_visible(session, actor, Post, post_id)
    organisation = record.find(session, actor, Organisation, post.organisation_id)
    return {
        "title": post.title,
        "organisation": link_to(organisation, language),
        "level": post.level,
        "version": post.version,
    }


def _holders(
    session: Session, actor: Actor, posts: list[UUID], today: date
) -> dict[UUID, list[Texts]]:
    """Post → names of those who hold it today."""
    rows = session.execute(
        select(Tenure.post_id, Person.name, Tenure.since, Tenure.until)
        .join(Person, and_(Person.id == Tenure.person_id, visible_to(actor, Person)))
        .where(Tenure.post_id.in_(posts))
        .order_by(Person.sort_name)
    )
    found: dict[UUID, list[Texts]] = {}
    for post_id, name, since, until in rows:
        if is_held(since, until, today):
            found.setdefault(post_id, []).append(name)
    return found
