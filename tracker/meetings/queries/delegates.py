"""The delegations of a meeting as they were recorded, and how a form shows one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Bundle, Session

from tracker.domain.access import Actor
from tracker.domain.naming import Link
from tracker.domain.sayings import Delegate
from tracker.domain.texts import pick
from tracker.lang import LANGUAGES
from tracker.models import Attendee, Person, Post
from tracker.record import asked_by, visible


@dataclass(frozen=True, slots=True)
class Seat:
    """One row of attendance, with the person and the post as far as the reader may see them.

    They are rows of the columns that are needed, under the names they have on the models.
    """

    row: Any
    person: Any | None
    post: Any | None

    @property
    def is_hidden(self) -> bool:
        """Whether all that would be shown of it is above the reader's clearance."""
        named = self.row.person_id is not None or self.row.post_id is not None
        return named and self.person is None and (self.row.person_id is not None or not self.post)


def seated(session: Session, actor: Actor, meeting_id: UUID) -> list[Seat]:
    rows = session.execute(_SEATS, asked_by(actor, meeting=meeting_id))
    return [
        Seat(row, person if person.id else None, post if post.id else None)
        for row, person, post in rows
    ]


_ROW: Bundle[Any] = Bundle(
    "row",
    Attendee.id,
    Attendee.side,
    Attendee.person_id,
    Attendee.post_id,
    Attendee.organisation_id,
    Attendee.group_label,
    Attendee.attendance,
    Attendee.delegation_role,
    Attendee.role_inferred,
)
_PERSON: Bundle[Any] = Bundle(
    "person", Person.id, Person.name, Person.printed_names, Person.aliases
)
_POST: Bundle[Any] = Bundle("post", Post.id, Post.title, Post.organisation_id)
_SEATS = (
    select(_ROW, _PERSON, _POST)
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
        return Link(f"{name}{comma}{title}" if title else name, Person.kind, person.id)
    if post is not None:
        return Link(title, Post.kind, post.id)
    return Link(pick(seat.row.group_label, language).text)


def names_of(seat: Seat) -> Delegate:
    """All names and titles that the person and the post go by."""
    person, post = seat.person, seat.post
    return Delegate(
        (*person.name.values(), *person.printed_names, *person.aliases) if person else (),
        tuple(post.title.values()) if post else (),
    )
