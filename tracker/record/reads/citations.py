"""What the fields of an object rest on, and which of them were inferred."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from tracker.domain.access import Actor
from tracker.models import Citation, Source
from tracker.models.base import Texts
from tracker.record.reading import visible_to


@dataclass(frozen=True, slots=True)
class Cited:
    """One field (or the whole, when `field` is empty) and its ground."""

    field: str
    inferred: bool
    reason: Texts
    locator: str
    source_id: UUID | None
    source: Texts | None


def citations_of(session: Session, actor: Actor, object_id: UUID) -> list[Cited]:
    """The grounds of an object; a source that the reader may not see is left out."""
    rows = session.execute(
        select(
            Citation.field,
            Citation.inferred,
            Citation.reason,
            Citation.locator,
            Source.id,
            Source.title,
        )
        .outerjoin(Source, and_(Source.id == Citation.source_id, visible_to(actor, Source)))
        .where(
            Citation.object_id == object_id,
            # Why something was read into a source tells of the source.
            or_(Citation.source_id.is_(None), Source.id.is_not(None)),
        )
        .order_by(Citation.position, Citation.id)
    )
    return [Cited(*row) for row in rows]


def inference(citations: list[Cited], field: str) -> Cited | None:
    """The ground that says a field was inferred, if one does."""
    return next((cited for cited in citations if cited.field == field and cited.inferred), None)
