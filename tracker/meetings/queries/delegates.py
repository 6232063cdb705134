"""The delegations of a meeting as they were recorded, and how a form shows one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Uuid, and_, bindparam, select
from sqlalchemy.orm import Session

from tracker.domain.access import Actor
from tracker.domain.naming import Link
from tracker.domain.sayings import Delegate
from tracker.domain.texts import pick
from tracker.lang import LANGUAGES
from tracker.models import Attendee, Person, Post
from tracker.models.base import Texts
from tracker.record import rows, visible


class SeatedPerson(NamedTuple):
    """Somebody in a delegation, by every name."""

    id: UUID
    name: Texts
    printed_names: list[str]
    aliases: list[str]


class SeatedPost(NamedTuple):
    id: UUID
    title: Texts
    organisation_id: UUID | None


@dataclass(frozen=True, slots=True)
class Seat:
    """One row of attendance (its columns under their names on `Attendee`), with the person and
    the post as far as the reader may see them."""

    row: Any
    person: SeatedPerson | None
    post: SeatedPost | None

    @property
    def is_hidden(self) -> bool:
        """Whether all that would be shown of it is above the reader's clearance."""
        named = self.row.person_id is not None or self.row.post_id is not None
        return named and self.person is None and (self.row.person_id is not None or not self.post)


def seated(session: Session, actor: Actor, meeting_id: UUID) -> list[Seat]:
    return [
        Seat(
            row,
            SeatedPerson(*row[-7:-3]) if row[-7] else None,
            SeatedPost(*row[-3:]) if row[-3] else None,
        )
        for row in rows(session, _SEATS, actor, meeting=meeting_id)
    ]


_SEATS = (
    select(
        Attendee.id,
        Attendee.side,
        Attendee.person_id,
        Attendee.post_id,
        Attendee.organisation_id,
        Attendee.group_label,
        Attendee.attendance,
        Attendee.delegation_role,
        Attendee.role_inferred,
        # In the order of SeatedPerson and SeatedPost.
        Person.id.label("_person"),
        Person.name,
        Person.printed_names,
        Person.aliases,
        Post.id.label("_post"),
        Post.title,
        Post.organisation_id.label("_organisation"),
    )
    .select_from(Attendee)
    .outerjoin(Person, and_(Person.id == Attendee.person_id, visible(Person)))
    .outerjoin(Post, and_(Post.id == Attendee.post_id, visible(Post)))
    .where(Attendee.meeting_id == bindparam("meeting", type_=Uuid()))
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
