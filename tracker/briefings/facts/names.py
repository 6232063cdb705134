"""The people, posts, bodies and places that a dossier names, in four queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.briefings.facts.dossier import Dossier
from tracker.briefings.facts.readers import Reader
from tracker.domain.texts import Texts
from tracker.models import Organisation, Person, Place, Post, Recorded, Tenure

Model = TypeVar("Model", bound=Recorded)


@dataclass(slots=True)
class Names:
    """What the reader may see of them, by id; a missing one is not named."""

    people: dict[UUID, Person] = field(default_factory=dict)
    posts: dict[UUID, Post] = field(default_factory=dict)
    bodies: dict[UUID, Organisation] = field(default_factory=dict)
    places: dict[UUID, Place] = field(default_factory=dict)
    tenures: dict[tuple[UUID, UUID], Tenure] = field(default_factory=dict)

    def person(self, person_id: UUID | None) -> Texts:
        person = self.people.get(person_id) if person_id else None
        return dict(person.name) if person else {}

    def post(self, post_id: UUID | None) -> Texts:
        post = self.posts.get(post_id) if post_id else None
        return dict(post.title) if post else {}

    def body(self, organisation_id: UUID | None) -> Texts:
        body = self.bodies.get(organisation_id) if organisation_id else None
        return dict(body.name) if body else {}

    def place(self, place_id: UUID | None) -> Texts:
        place = self.places.get(place_id) if place_id else None
        return dict(place.name) if place else {}

    def party(self, place_id: UUID | None, organisation_id: UUID | None) -> Texts:
        return self.place(place_id) or self.body(organisation_id)

    def country_of(self, place: Place) -> Texts:
        """The name of the country that a place lies in; empty for a country itself."""
        above = place
        while above.parent_id and above.parent_id in self.places:
            above = self.places[above.parent_id]
        return {} if above is place else dict(above.name)


def load_names(session: Session, reader: Reader, d: Dossier) -> Names:
    names = Names()
    names.people = _load(
        session,
        reader,
        Person,
        [
            *(attendee.person_id for attendee in d.attendees),
            *(statement.speaker_person_id for statement in d.statements),
            *(owner.person_id for owner in d.owners),
            *(body.person_id for body in d.involvements),
        ],
    )
    names.posts = _load(
        session,
        reader,
        Post,
        [
            *(attendee.post_id for attendee in d.attendees),
            *(statement.speaker_post_id for statement in d.statements),
            *(owner.post_id for owner in d.owners),
            *(obstacle.lifter_post_id for obstacle in d.obstacles),
            *(party.signatory_post_id for party in d.memorandum_parties),
            *(body.post_id for body in d.involvements),
        ],
    )
    names.bodies = _load(session, reader, Organisation, _bodies(d, names))
    names.places = _places(session, reader, d)
    names.tenures = _tenures(session, names)
    return names


def _bodies(d: Dossier, names: Names) -> list[UUID | None]:
    return [
        *(post.organisation_id for post in names.posts.values()),
        *(party.organisation_id for party in d.parties),
        *(party.organisation_id for party in d.memorandum_parties),
        *(attendee.organisation_id for attendee in d.attendees),
        *(statement.speaker_organisation_id for statement in d.statements),
        *(statement.on_behalf_of_id for statement in d.statements),
        *(owner.organisation_id for owner in d.owners),
        *(action.depends_on_organisation_id for action in d.actions),
        *(obstacle.lifter_organisation_id for obstacle in d.obstacles),
        *(body.organisation_id for body in d.involvements),
        *(source.publisher_id for source in d.sources.values()),
        *(mandate.issuer_id for mandate in d.mandates),
        *(mandate.owner_id for mandate in d.mandates),
        *(mandate.help_from_id for mandate in d.mandates),
        *(resolution.issuer_id for resolution in d.resolutions),
        *(framework.owner_id for framework in d.frameworks),
    ]


def _places(session: Session, reader: Reader, d: Dossier) -> dict[UUID, Place]:
    wanted = {
        place_id
        for place_id in (
            *(party.place_id for party in d.parties),
            *(party.place_id for party in d.memorandum_parties),
            *(meeting.place_id for meeting in d.meetings),
            *(event.place_id for event in d.events.values()),
            *(said.place_id for said in d.places_said),
        )
        if place_id
    }
    found = _load(session, reader, Place, wanted)
    # A country is at most four levels up; each level is one more query, however many places.
    for _ in range(4):
        above = {p.parent_id for p in found.values() if p.parent_id and p.parent_id not in found}
        if not above:
            break
        found |= _load(session, reader, Place, above)
    return found


def _tenures(session: Session, names: Names) -> dict[tuple[UUID, UUID], Tenure]:
    if not names.people:
        return {}
    rows = session.scalars(select(Tenure).where(Tenure.person_id.in_(names.people)))
    return {(row.person_id, row.post_id): row for row in rows}


def _load(
    session: Session, reader: Reader, model: type[Model], ids: Iterable[UUID | None]
) -> dict[UUID, Model]:
    wanted = {object_id for object_id in ids if object_id}
    if not wanted:
        return {}
    found = session.scalars(select(model).where(model.id.in_(wanted), reader.may_see(model)))
    return {obj.id: obj for obj in found}
