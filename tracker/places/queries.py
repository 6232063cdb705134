"""What the pages of places show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import String, and_, literal, or_, select, type_coerce, union_all
from sqlalchemy.orm import Session, aliased

from tracker import record
from tracker.domain.access import Actor
from tracker.domain.bodies import OrganisationKind
from tracker.domain.errors import NotFound
from tracker.domain.places import PlaceLevel
from tracker.domain.releases import Marking
from tracker.models import Organisation, Place, Statement, StatementPlace
from tracker.models.base import Texts
from tracker.models.keyset import NameCursor, by_name
from tracker.record.grounds import ground_of
from tracker.record.links import link_to
from tracker.record.reading import visible_to
from tracker.record.reads import StatementLine, statements_of
from tracker.record.reads.citations import Cited, citations_of
from tracker.record.reads.parts import PartIn, parts_of_place
from tracker.record.releases import marking

# Places nest five deep; a few more are followed, and no ring is followed round.
_DEEPEST = 8
_MOST_WITHIN = 200


class PlaceLine(NamedTuple):
    """One place in a list, and what it lies in."""

    id: UUID
    name: Texts
    place_level: PlaceLevel
    marking: Marking
    parent: Texts | None
    sort_name: str

    @property
    def cursor(self) -> NameCursor:
        return NameCursor(self.sort_name, self.id)


class Above(NamedTuple):
    """One step of the way from a place up to its country."""

    id: UUID
    name: Texts
    place_level: PlaceLevel


class Within(NamedTuple):
    """A place or a body that lies in a place."""

    kind: str
    id: UUID
    name: Texts
    what: PlaceLevel | OrganisationKind


@dataclass(frozen=True, slots=True)
class PlacePage:
    """A place with everything that is on record about it."""

    id: UUID
    name: Texts
    place_level: PlaceLevel
    marking: Marking
    former_names: list[str]
    aliases: list[str]
    iso_code: str | None
    latitude_e5: int | None
    longitude_e5: int | None
    above: tuple[Above, ...]
    within: tuple[Within, ...]
    parts: list[PartIn]
    statements: list[StatementLine]
    inferred: dict[UUID, Texts]
    citations: list[Cited]


def place_list(
    session: Session,
    actor: Actor,
    *,
    place_level: PlaceLevel | None = None,
    cursor: NameCursor | None = None,
) -> list[PlaceLine]:
    """A page of places by name, and one more."""
    parent = aliased(Place)
    statement = (
        select(
            Place.id,
            Place.name,
            Place.place_level,
            marking(Place),
            parent.name,
            Place.sort_name,
        )
        .outerjoin(parent, and_(parent.id == Place.parent_id, visible_to(actor, parent)))
        .where(visible_to(actor, Place))
    )
    if place_level is not None:
        statement = statement.where(Place.place_level == place_level)
    rows = session.execute(by_name(statement, Place.sort_name, Place.id, cursor))
    return [PlaceLine(*row) for row in rows]


def place_page(session: Session, actor: Actor, place_id: UUID) -> PlacePage:
    """Everything about a place that the reader may see."""
    place, above = _place_and_above(session, actor, place_id)
    about = select(StatementPlace.statement_id).where(StatementPlace.place_id == place_id)
    statements = statements_of(
        session,
        actor,
        criterion=or_(
            Statement.id.in_(about),
            Statement.holder_place_id == place_id,
            Statement.doer_place_id == place_id,
        ),
    )
    return PlacePage(
        id=place.id,
        name=place.name,
        place_level=place.place_level,
        marking=place.marking,
        former_names=place.former_names,
        aliases=place.aliases,
        iso_code=place.iso_code,
        latitude_e5=place.latitude_e5,
        longitude_e5=place.longitude_e5,
        above=above,
        within=_within(session, actor, place_id),
        parts=parts_of_place(session, actor, place_id),
        statements=statements,
        inferred=_inferred(session, place_id) if statements else {},
        citations=citations_of(session, actor, place_id),
    )


def place_for_form(
    session: Session, actor: Actor, place_id: UUID, language: str
) -> dict[str, Any]:
    """A place as its form shows it."""
    place = record.get_visible(session, actor, Place, place_id)
    name = ground_of(session, actor, place_id, "name", language)
    return {
        "name": place.name,
        "kind": place.place_level,
        "parent": link_to(record.find(session, actor, Place, place.parent_id), language),
        "former_names": place.former_names,
        "aliases": place.aliases,
        "iso_code": place.iso_code,
        "latitude": place.latitude_e5,
        "longitude": place.longitude_e5,
        "source": name.source,
        "inferred": name.inferred,
        "reason": dict(name.reason),
        "level": place.level,
        "version": place.version,
    }


def _place_and_above(
    session: Session, actor: Actor, place_id: UUID
) -> tuple[Any, tuple[Above, ...]]:
    """The place and, from the next one up to the country, what it lies in."""
    chain = (
        select(Place.id, Place.parent_id, literal(0).label("depth"))
        .where(Place.id == place_id, visible_to(actor, Place))
        .cte("chain", recursive=True)
    )
    upper = aliased(Place)
    chain = chain.union_all(
        select(upper.id, upper.parent_id, chain.c.depth + 1).where(
            upper.id == chain.c.parent_id, visible_to(actor, upper), chain.c.depth < _DEEPEST
        )
    )
    rows = session.execute(
        select(
            Place.id,
            Place.name,
            Place.place_level,
            marking(Place),
            Place.former_names,
            Place.aliases,
            Place.iso_code,
            Place.latitude_e5,
            Place.longitude_e5,
        )
        .join(chain, chain.c.id == Place.id)
        .order_by(chain.c.depth)
    ).all()
    if not rows:
        raise NotFound(f"place {place_id}")
    return rows[0], tuple(Above(row.id, row.name, row.place_level) for row in rows[1:])


def _within(session: Session, actor: Actor, place_id: UUID) -> tuple[Within, ...]:
    def lying(model: Any, what: Any, column: Any) -> Any:
        return select(
            literal(model.kind).label("kind"),
            model.id,
            model.name,
            type_coerce(what, String).label("what"),
            model.sort_name.label("sort_name"),
        ).where(column == place_id, visible_to(actor, model))

    found = union_all(
        lying(Place, Place.place_level, Place.parent_id),
        lying(Organisation, Organisation.organisation_kind, Organisation.place_id),
    ).subquery()
    rows = session.execute(
        select(found.c.kind, found.c.id, found.c.name, found.c.what)
        .order_by(found.c.kind.desc(), found.c.sort_name)
        .limit(_MOST_WITHIN)
    )
    return tuple(
        Within(kind, id_, name, PlaceLevel(what) if kind == Place.kind else OrganisationKind(what))
        for kind, id_, name, what in rows
    )


def _inferred(session: Session, place_id: UUID) -> dict[UUID, Texts]:
    """Statement → why it is taken to be about this place, where it does not say so itself."""
    rows = session.execute(
        select(StatementPlace.statement_id, StatementPlace.reason).where(
            StatementPlace.place_id == place_id, StatementPlace.inferred
        )
    )
    return {row.statement_id: row.reason for row in rows}
