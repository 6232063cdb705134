"""What the form of a statement shows of what is on record."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import record
from tracker.domain.access import Actor, Level
from tracker.domain.naming import Link
from tracker.domain.texts import pick
from tracker.lang import digits
from tracker.models import Filing, Meeting, Source, Statement, StatementLink, StatementPlace
from tracker.record import reads
from tracker.record.links import link_to


def came_from(
    session: Session,
    actor: Actor,
    model: type[Meeting] | type[Source],
    object_id: UUID,
    language: str,
) -> dict[str, Any]:
    """A new statement of the meeting or the source whose page one came from."""
    obj = record.get_visible(session, actor, model, object_id)
    known: dict[str, Any] = {
        obj.kind: link_to(obj, language),
        "level": max(obj.level, Level.INTERNAL),
    }
    if isinstance(obj, Meeting):
        source = record.find(session, actor, Source, obj.source_id)
        known |= {"source": link_to(source, language), "happened_on": obj.held_on}
    return known


def statement_for_form(
    session: Session, actor: Actor, statement_id: UUID, language: str
) -> dict[str, Any]:
    """A statement as its form shows it."""
    statement = record.get_visible(session, actor, Statement, statement_id)
    places = _of(session, StatementPlace, StatementPlace.statement_id == statement_id)
    filings = _of(session, Filing, Filing.holder_id == statement_id)
    links = _of(session, StatementLink, StatementLink.statement_id == statement_id)
    pointed_at = {
        "speaker": statement.speaker_person_id,
        "speaker_post": statement.speaker_post_id,
        "speaker_organisation": statement.speaker_organisation_id,
        "on_behalf_of": statement.on_behalf_of_id,
        "addressee": statement.addressee_id,
        "holder": statement.holder_place_id or statement.holder_organisation_id,
        "doer": statement.doer_place_id or statement.doer_organisation_id,
        "meeting": statement.meeting_id,
        "source": statement.source_id,
    }
    known = reads.names(
        session,
        actor,
        [
            *pointed_at.values(),
            *(part.place_id for part in places),
            *(filing.object_id for filing in filings),
            *(link.other_id for link in links),
        ],
    )

    def link(object_id: UUID | None) -> Link:
        name = known.get(object_id) if object_id else None
        return Link(pick(name.title, language).text, name.kind, name.id) if name else Link()

    return {
        "text": statement.text,
        "kind": statement.statement_kind,
        "modality": statement.modality,
        "side": statement.side,
        **{field: link(object_id) for field, object_id in pointed_at.items()},
        "locator": digits(statement.locator),
        "quotation": statement.quotation,
        "happened_on": statement.happened_on,
        "places": [
            {"place": link(part.place_id), "inferred": part.inferred, "reason": part.reason}
            for part in places
            if part.place_id in known
        ],
        "scope": statement.scope,
        "filed_under": [
            {"under": link(filing.object_id)} for filing in filings if filing.object_id in known
        ],
        "links": [
            {"kind": each.link_kind, "other": link(each.other_id)}
            for each in links
            if each.other_id in known
        ],
        "never_release": statement.never_release,
        "level": statement.level,
        "version": statement.version,
    }


def _of(session: Session, model: Any, criterion: Any) -> list[Any]:
    return list(session.scalars(select(model).where(criterion).order_by(model.position)))
