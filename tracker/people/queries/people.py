"""People: the list, the page of one, and what its form shows."""

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
from tracker.domain.tenures import is_held, tenure_order
from tracker.models import Action, ActionOwner, Attendee, Person, Post, Source, Statement, Tenure
from tracker.models.base import Texts
from tracker.models.keyset import NameCursor, by_name
from tracker.people.queries.meetings import Attended, meetings_of
from tracker.people.queries.tenures import TenureLine, tenures_of
from tracker.record.grounds import ground_of
from tracker.record.links import link_to
from tracker.record.reading import visible_to
from tracker.record.reads import ActionLine, StatementLine, actions_of, statements_of
from tracker.record.reads.citations import Cited, citations_of
from tracker.record.releases import marking


class PersonLine(NamedTuple):
    """One person in a list, with the present posts."""

    id: UUID
    name: Texts
    marking: Marking
    posts: tuple[Texts, ...]
    cursor: NameCursor


@dataclass(frozen=True, slots=True)
class PersonPage:
    """A person with everything that is on record about them."""

    id: UUID
    name: Texts
    printed_names: list[str]
    aliases: list[str]
    note: Texts
    marking: Marking
    tenures: list[TenureLine]
    statements: list[StatementLine]
    meetings: list[Attended]
    actions: list[ActionLine]
    citations: list[Cited]


def person_list(
    session: Session, actor: Actor, today: date, *, cursor: NameCursor | None = None
) -> list[PersonLine]:
    """A page of people by name, and one more."""
    statement = select(Person.id, Person.name, marking(Person), Person.sort_name).where(
        visible_to(actor, Person)
    )
    people = session.execute(by_name(statement, Person.sort_name, Person.id, cursor)).all()
    posts = _present_posts(session, actor, [person.id for person in people], today)
    return [
        PersonLine(
            person.id,
            person.name,
            person.marking,
            tuple(posts.get(person.id, ())),
            NameCursor(person.sort_name, person.id),
        )
        for person in people
    ]


def person_page(session: Session, actor: Actor, person_id: UUID) -> PersonPage:
    """Everything about a person that the reader may see."""
    person = session.execute(
        select(
            Person.id,
            Person.name,
            Person.printed_names,
            Person.aliases,
            Person.note,
            marking(Person),
        ).where(Person.id == person_id, visible_to(actor, Person))
    ).first()
    if person is None:
        raise NotFound(f"person {person_id}")
    owned = select(ActionOwner.action_id).where(ActionOwner.person_id == person_id)
    return PersonPage(
        **person._asdict(),
        tenures=tenures_of(session, actor, Tenure.person_id == person_id),
        statements=statements_of(
            session, actor, criterion=Statement.speaker_person_id == person_id
        ),
        meetings=meetings_of(session, actor, Attendee.person_id == person_id),
        actions=actions_of(session, actor, criterion=Action.id.in_(owned)),
        citations=citations_of(session, actor, person_id),
    )


def person_for_form(
    session: Session, actor: Actor, person_id: UUID, language: str
) -> dict[str, Any]:
    """A person as their form shows them."""
    person = record.get_visible(session, actor, Person, person_id)
    name = ground_of(session, actor, person_id, "name", language)
    tenures = session.execute(
        select(Tenure, Post, Source)
        .select_from(Tenure)
        .join(Post, and_(Post.id == Tenure.post_id, visible_to(actor, Post)))
        .outerjoin(Source, and_(Source.id == Tenure.source_id, visible_to(actor, Source)))
        .where(Tenure.person_id == person_id)
        .order_by(Tenure.position, Tenure.id)
    )
    return {
        "name": person.name,
        "printed_names": person.printed_names,
        "aliases": person.aliases,
        "note": person.note,
        "tenures": [
            {
                "post": link_to(post, language),
                "since": tenure.since,
                "until": tenure.until,
                "attested_on": tenure.attested_on,
                "source": link_to(source, language),
            }
            for tenure, post, source in tenures
        ],
        "source": name.source,
        "inferred": name.inferred,
        "reason": dict(name.reason),
        "level": person.level,
        "version": person.version,
    }


def _present_posts(
    session: Session, actor: Actor, people: list[UUID], today: date
) -> dict[UUID, list[Texts]]:
    """Person → titles of the posts held today, the latest first."""
    rows = session.execute(
        select(Tenure.person_id, Post.title, Tenure.since, Tenure.until, Tenure.attested_on)
        .join(Post, and_(Post.id == Tenure.post_id, visible_to(actor, Post)))
        .where(Tenure.person_id.in_(people))
    ).all()
    found: dict[UUID, list[Texts]] = {}
    for row in sorted(
        rows, key=lambda row: tenure_order(row.since, row.until, row.attested_on), reverse=True
    ):
        if is_held(row.since, row.until, today):
            found.setdefault(row.person_id, []).append(row.title)
    return found
