"""Who held which post, from either end."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from tracker.domain.access import Actor
from tracker.domain.dates import FuzzyDate
from tracker.domain.tenures import is_held, tenure_order
from tracker.models import Organisation, Person, Post, Source, Tenure
from tracker.models.base import Texts
from tracker.record.reading import visible_to

MOST = 200


class TenureLine(NamedTuple):
    """That a person held a post; a source that is not for the reader is None."""

    person_id: UUID
    person: Texts
    post_id: UUID
    post: Texts
    organisation_id: UUID | None
    organisation: Texts | None
    since: FuzzyDate
    until: FuzzyDate
    attested_on: FuzzyDate
    source_id: UUID | None
    source: Texts | None

    def is_current(self, day: date) -> bool:
        return is_held(self.since, self.until, day)


def tenures_of(session: Session, actor: Actor, criterion: ColumnElement[bool]) -> list[TenureLine]:
    """The tenures of people and posts that the reader may both see, the latest first."""
    rows = session.execute(
        select(
            Person.id,
            Person.name,
            Post.id,
            Post.title,
            Organisation.id,
            Organisation.name,
            Tenure.since,
            Tenure.until,
            Tenure.attested_on,
            Source.id,
            Source.title,
        )
        .select_from(Tenure)
        .join(Person, and_(Person.id == Tenure.person_id, visible_to(actor, Person)))
        .join(Post, and_(Post.id == Tenure.post_id, visible_to(actor, Post)))
        .outerjoin(
            Organisation,
            and_(Organisation.id == Post.organisation_id, visible_to(actor, Organisation)),
        )
        .outerjoin(Source, and_(Source.id == Tenure.source_id, visible_to(actor, Source)))
        .where(criterion)
        .order_by(Tenure.position, Tenure.id)
        .limit(MOST)
    )
    return sorted((TenureLine(*row) for row in rows), key=_order, reverse=True)


def _order(line: TenureLine) -> tuple[date, date, date]:
    return tenure_order(line.since, line.until, line.attested_on)
