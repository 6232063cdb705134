"""The page of a mandate, and what its form shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from tracker import record
from tracker.domain.access import Actor
from tracker.domain.dates import FuzzyDate
from tracker.domain.errors import NotFound
from tracker.domain.follow_up import Completion
from tracker.domain.meetings import MeetingState
from tracker.domain.naming import Link
from tracker.domain.releases import Marking
from tracker.models import (
    Action,
    Mandate,
    Meeting,
    Organisation,
    Recorded,
    Resolution,
    Source,
    Term,
)
from tracker.models.base import Texts
from tracker.record.filings import filed_ids, filed_under
from tracker.record.links import link_to
from tracker.record.reading import visible_to
from tracker.record.reads import (
    ActionLine,
    Footnotes,
    Name,
    actions_of,
    footnotes,
    names,
    parts_of,
)
from tracker.record.reads.mandates import overdue_days
from tracker.record.releases import marking


@dataclass(frozen=True, slots=True)
class Event:
    """The meeting that was ordered; its day may not be determined yet."""

    id: UUID
    title: Texts
    state: MeetingState
    held_on: FuzzyDate


@dataclass(frozen=True, slots=True)
class Act:
    """The resolution that the mandate rests on."""

    id: UUID
    title: Texts
    number: str
    adopted_on: FuzzyDate


@dataclass(frozen=True, slots=True)
class MandatePage:
    """A mandate; of all that it points at, what the reader may see."""

    id: UUID
    title: Texts
    text: Texts
    marking: Marking
    issued_on: FuzzyDate
    due: FuzzyDate
    completion: Completion | None
    issuer: Name | None
    owner: Name | None
    help_from: Name | None
    term: Name | None
    source_id: UUID | None
    resolution: Act | None
    event: Event | None
    filed_under: tuple[Name, ...]
    actions: tuple[ActionLine, ...]
    notes: Footnotes

    def overdue_days(self, today: date) -> int | None:
        return overdue_days(self.completion, self.due, today)


def mandate_page(session: Session, actor: Actor, mandate_id: UUID) -> MandatePage:
    """Everything about a mandate that the reader may see."""
    row = session.execute(
        select(
            Mandate.title,
            Mandate.text,
            marking(Mandate),
            Mandate.issued_on,
            Mandate.due,
            Mandate.completion,
            Mandate.issuer_id,
            Mandate.owner_id,
            Mandate.help_from_id,
            Mandate.term_id,
            Mandate.source_id,
            Resolution.id.label("resolution_id"),
            Resolution.title.label("resolution"),
            Resolution.number,
            Resolution.adopted_on,
            Meeting.id.label("event_id"),
            Meeting.title.label("event"),
            Meeting.state.label("event_state"),
            Meeting.held_on,
        )
        .select_from(Mandate)
        .outerjoin(
            Resolution,
            and_(Resolution.id == Mandate.resolution_id, visible_to(actor, Resolution)),
        )
        .outerjoin(Meeting, and_(Meeting.id == Mandate.event_id, visible_to(actor, Meeting)))
        .where(Mandate.id == mandate_id, visible_to(actor, Mandate))
    ).first()
    if row is None:
        raise NotFound(f"mandate {mandate_id}")
    cited = [
        part.source_id for part in parts_of(session, actor, Mandate.kind, mandate_id).citations
    ]
    bodies = (row.issuer_id, row.owner_id, row.help_from_id, row.term_id)
    filed = filed_ids(session, [mandate_id])[mandate_id]
    known = names(session, actor, {*bodies, *cited, *filed, row.source_id})
    return MandatePage(
        id=mandate_id,
        title=row.title,
        text=row.text,
        marking=row.marking,
        issued_on=row.issued_on,
        due=row.due,
        completion=row.completion,
        issuer=known.get(row.issuer_id),
        owner=known.get(row.owner_id),
        help_from=known.get(row.help_from_id),
        term=known.get(row.term_id),
        source_id=row.source_id,
        resolution=_act(row),
        event=_event(row),
        filed_under=tuple(known[each] for each in filed if each in known),
        actions=tuple(actions_of(session, actor, criterion=Action.mandate_id == mandate_id)),
        notes=footnotes(known, [row.source_id, *cited]),
    )


def mandate_for_form(
    session: Session, actor: Actor, mandate_id: UUID, language: str
) -> dict[str, Any]:
    """A mandate as its form shows it."""
    mandate = record.get_visible(session, actor, Mandate, mandate_id)

    def link(model: type[Recorded], object_id: UUID | None) -> Link:
        return link_to(record.find(session, actor, model, object_id), language)

    return {
        "title": mandate.title,
        "text": mandate.text,
        "issuer": link(Organisation, mandate.issuer_id),
        "owner": link(Organisation, mandate.owner_id),
        "help_from": link(Organisation, mandate.help_from_id),
        "term": link(Term, mandate.term_id),
        "resolution": link(Resolution, mandate.resolution_id),
        "event": link(Meeting, mandate.event_id),
        "filed_under": [
            {"under": under} for under in filed_under(session, actor, mandate_id, language)
        ],
        "source": link(Source, mandate.source_id),
        "issued_on": mandate.issued_on,
        "due": mandate.due,
        "completion": mandate.completion,
        "level": mandate.level,
        "version": mandate.version,
    }


def _act(row: Any) -> Act | None:
    if row.resolution_id is None:
        return None
    return Act(row.resolution_id, row.resolution, row.number, row.adopted_on)


def _event(row: Any) -> Event | None:
    if row.event_id is None:
        return None
    return Event(row.event_id, row.event, row.event_state, row.held_on)
