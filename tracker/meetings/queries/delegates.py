"""The delegations of a meeting as they were recorded, and how a form shows one of them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from tracker.domain.access import Actor
from tracker.domain.naming import Link
from tracker.domain.sayings import Delegate
from tracker.domain.texts import pick
from tracker.lang import LANGUAGES
from tracker.models import Attendee, Person, Post
from tracker.record import asked_by, visible


@dataclass(frozen=True, slots=True)
class Seat:
    """One row of attendance, with the person and the post as far as the reader may see them."""

    row: Attendee
    person: Person | None
    post: Post | None

    @property
    def is_hidden(self) -> bool:
        """Whether all that would be shown of it is above the reader's clearance."""
        named = self.row.person_id is not None or self.row.post_id is not None
        return named and self.person is None and (self.row.person_id is not None or not self.post)


def seated(session: Session, actor: Actor, meeting_id: UUID) -> list[Seat]:
    rows = session.execute(_SEATS, asked_by(actor, meeting=meeting_id))
    return [Seat(*row) for row in rows]


_SEATS = (
    select(Attendee, Person, Post)
    .select_from(Attendee)
    .outerjoin(Person, and_(Person.id == Attendee.person_id, visible(Person)))
    .outerjoin(Post, and_(Post.id == Attendee.post_id, visible(Post)))
    .where(Attendee.meeting_id == bindparam("meeting"))
    .order_by(Attendee.position, Attendee.id)
)


def link_of(seat: Seat, language: str) -> Link:
    """How the form shows the row: «name، post», a post, or the words for a group."""
    person, post = seat.person, seat.post
    title = pick(post.title, language).text if post else ""
    if person is not None:
        name = pick(person.name, language).text
        comma = LANGUAGES[language].comma
        return Link(f"{name}{comma}{title}" if title else name, person.kind, person.id)
    if post is not None:
        return Link(title, post.kind, post.id)
    return Link(pick(seat.row.group_label, language).text)


def names_of(seat: Seat) -> Delegate:
    """All names and titles that the person and the post go by."""
    person, post = seat.person, seat.post
    return Delegate(
        (*person.name.values(), *person.printed_names, *person.aliases) if person else (),
        tuple(post.title.values()) if post else (),
    )
