"""What the pages of organisations show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, aliased

from tracker import record
from tracker.domain.access import Actor
from tracker.domain.bodies import OrganisationKind
from tracker.domain.dates import FuzzyDate
from tracker.domain.errors import NotFound
from tracker.domain.follow_up import Completion
from tracker.domain.releases import Marking
from tracker.domain.tenures import is_held
from tracker.models import Mandate, Organisation, Person, Place, Post, Statement, Tenure
from tracker.models.base import Texts
from tracker.models.keyset import NameCursor, by_name
from tracker.record.grounds import ground_of
from tracker.record.links import link_to
from tracker.record.reading import visible_to
from tracker.record.reads import StatementLine, statements_of
from tracker.record.reads.citations import Cited, citations_of
from tracker.record.reads.parts import PartIn, parts_of_organisation
from tracker.record.releases import marking

_MOST = 200


class OrganisationLine(NamedTuple):
    """One organisation in a list."""

    id: UUID
    name: Texts
    short_name: Texts
    organisation_kind: OrganisationKind
    is_ours: bool
    marking: Marking
    place: Texts | None
    sort_name: str

    @property
    def cursor(self) -> NameCursor:
        return NameCursor(self.sort_name, self.id)


class Holder(NamedTuple):
    """A post of the body and who is known to hold it; nobody is None."""

    post_id: UUID
    title: Texts
    person_id: UUID | None
    person: Texts | None


class MandateRole(StrEnum):
    """What a body is to a mandate."""

    ISSUER = "issuer"
    OWNER = "owner"
    HELPER = "helper"


class MandateLine(NamedTuple):
    """One mandate that the body issued, owns or is asked to help with."""

    id: UUID
    title: Texts
    completion: Completion | None
    issued_on: FuzzyDate
    role: MandateRole


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """An organisation with everything that is on record about it."""

    id: UUID
    name: Texts
    short_name: Texts
    aliases: list[str]
    organisation_kind: OrganisationKind
    is_ours: bool
    marking: Marking
    place_id: UUID | None
    place: Texts | None
    parent_id: UUID | None
    parent: Texts | None
    posts: list[Holder]
    parts: list[PartIn]
    statements: list[StatementLine]
    mandates: list[MandateLine]
    citations: list[Cited]


def organisation_list(
    session: Session,
    actor: Actor,
    *,
    kind: OrganisationKind | None = None,
    cursor: NameCursor | None = None,
) -> list[OrganisationLine]:
    """A page of organisations by name, and one more."""
    statement = (
        select(
            Organisation.id,
            Organisation.name,
            Organisation.short_name,
            Organisation.organisation_kind,
            Organisation.is_ours,
            marking(Organisation),
            Place.name,
            Organisation.sort_name,
        )
        .outerjoin(Place, and_(Place.id == Organisation.place_id, visible_to(actor, Place)))
        .where(visible_to(actor, Organisation))
    )
    if kind is not None:
        statement = statement.where(Organisation.organisation_kind == kind)
    page = by_name(statement, Organisation.sort_name, Organisation.id, cursor)
    return [OrganisationLine(*row) for row in session.execute(page)]


def organisation_page(
    session: Session, actor: Actor, organisation_id: UUID, today: date
) -> OrganisationPage:
    """Everything about an organisation that the reader may see."""
    body = _organisation(session, actor, organisation_id)
    statements = statements_of(
        session,
        actor,
        criterion=or_(
            Statement.on_behalf_of_id == organisation_id,
            Statement.speaker_organisation_id == organisation_id,
            Statement.addressee_id == organisation_id,
            Statement.holder_organisation_id == organisation_id,
            Statement.doer_organisation_id == organisation_id,
        ),
    )
    return OrganisationPage(
        **body._asdict(),
        posts=_posts(session, actor, organisation_id, today),
        parts=parts_of_organisation(session, actor, organisation_id),
        statements=statements,
        mandates=_mandates(session, actor, organisation_id),
        citations=citations_of(session, actor, organisation_id),
    )


def organisation_for_form(
    session: Session, actor: Actor, organisation_id: UUID, language: str
) -> dict[str, Any]:
    """An organisation as its form shows it."""
    body = record.get_visible(session, actor, Organisation, organisation_id)
    name = ground_of(session, actor, organisation_id, "name", language)
    place = record.find(session, actor, Place, body.place_id)
    parent = record.find(session, actor, Organisation, body.parent_id)
    return {
        "name": body.name,
        "short_name": body.short_name,
        "kind": body.organisation_kind,
        "aliases": body.aliases,
        "place": link_to(place, language),
        "parent": link_to(parent, language),
        "is_ours": body.is_ours,
        "source": name.source,
        "inferred": name.inferred,
        "reason": dict(name.reason),
        "level": body.level,
        "version": body.version,
    }


def _organisation(session: Session, actor: Actor, organisation_id: UUID) -> Any:
    parent = aliased(Organisation)
    row = session.execute(
        select(
            Organisation.id,
            Organisation.name,
            Organisation.short_name,
            Organisation.aliases,
            Organisation.organisation_kind,
            Organisation.is_ours,
            marking(Organisation),
            Place.id.label("place_id"),
            Place.name.label("place"),
            parent.id.label("parent_id"),
            parent.name.label("parent"),
        )
        .select_from(Organisation)
        .outerjoin(Place, and_(Place.id == Organisation.place_id, visible_to(actor, Place)))
        .outerjoin(parent, and_(parent.id == Organisation.parent_id, visible_to(actor, parent)))
        .where(Organisation.id == organisation_id, visible_to(actor, Organisation))
    ).first()
    if row is None:
        raise NotFound(f"organisation {organisation_id}")
    return row


def _posts(session: Session, actor: Actor, organisation_id: UUID, today: date) -> list[Holder]:
    """The body's posts, each with whoever holds it today; a post with nobody stands once."""
    rows = session.execute(
        select(
            Post.id.label("post_id"),
            Post.title,
            Person.id.label("person_id"),
            Person.name,
            Tenure.since,
            Tenure.until,
        )
        .select_from(Post)
        .outerjoin(Tenure, Tenure.post_id == Post.id)
        .outerjoin(Person, and_(Person.id == Tenure.person_id, visible_to(actor, Person)))
        .where(Post.organisation_id == organisation_id, visible_to(actor, Post))
        .order_by(Post.sort_name, Post.id, Person.sort_name)
        .limit(_MOST)
    )
    posts: dict[UUID, list[Holder]] = {}
    for row in rows:
        holders = posts.setdefault(row.post_id, [Holder(row.post_id, row.title, None, None)])
        if row.person_id is not None and is_held(row.since, row.until, today):
            holders.append(Holder(*row[:4]))
    return [holder for known in posts.values() for holder in known[1:] or known]


def _mandates(session: Session, actor: Actor, organisation_id: UUID) -> list[MandateLine]:
    model: Any = Mandate
    rows = session.execute(
        select(
            Mandate.id,
            Mandate.title,
            Mandate.completion,
            Mandate.issued_on,
            Mandate.issuer_id,
            Mandate.owner_id,
        )
        .where(
            visible_to(actor, Mandate),
            or_(
                Mandate.issuer_id == organisation_id,
                Mandate.owner_id == organisation_id,
                Mandate.help_from_id == organisation_id,
            ),
        )
        .order_by(model.issued_sort.desc(), Mandate.id.desc())
        .limit(_MOST)
    )
    return [
        MandateLine(
            row.id,
            row.title,
            row.completion,
            row.issued_on,
            MandateRole.ISSUER
            if row.issuer_id == organisation_id
            else MandateRole.OWNER
            if row.owner_id == organisation_id
            else MandateRole.HELPER,
        )
        for row in rows
    ]
