"""What the form of a meeting shows of what is on record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.access import Actor
from tracker.domain.memoranda import Side
from tracker.domain.naming import Link
from tracker.domain.texts import Texts, pick
from tracker.meetings.queries.delegates import link_of, seated
from tracker.models import Action, Decision, Filing, Meeting, Place, Source, Statement
from tracker.models import Recorded as RecordedObject
from tracker.record import find, get_visible, links, reads, visible_to
from tracker.record.kinds import KINDS


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a meeting has already, with pages of its own: shown beside the form, not in it."""

    statements: tuple[tuple[UUID, Texts], ...]
    actions: tuple[tuple[UUID, Texts], ...]


def subject(session: Session, actor: Actor, kind: str, object_id: UUID) -> RecordedObject:
    """The tie or memorandum whose page the form was opened from."""
    return get_visible(session, actor, KINDS[kind], object_id)


def form_data(session: Session, actor: Actor, meeting_id: UUID, language: str) -> dict[str, Any]:
    """The meeting as data of its form."""
    meeting = get_visible(session, actor, Meeting, meeting_id)
    seats = [seat for seat in seated(session, actor, meeting.id) if not seat.is_hidden]
    filed = _filed(session, actor, meeting.id, language)
    decisions = session.scalars(
        select(Decision.text).where(Decision.meeting_id == meeting.id).order_by(Decision.position)
    )
    place = find(session, actor, Place, meeting.place_id)
    source = find(session, actor, Source, meeting.source_id)
    return {
        "title": meeting.title,
        "held_on": meeting.held_on,
        "kind": meeting.meeting_kind,
        "place": links.link_to(place, language),
        "filed_under": filed[0] if filed else None,
        "also_filed_under": [{"under": link} for link in filed[1:]],
        **{
            side.value: [
                {"who": link_of(seat, language), "group": bool(seat.row.group_label)}
                for seat in seats
                if seat.row.side is side
            ]
            for side in Side
        },
        "decisions": "\n".join(pick(text, language).text for text in decisions),
        "state": meeting.state,
        "also_called": meeting.also_called,
        "starts_at": meeting.starts_at,
        "ends_at": meeting.ends_at,
        "place_note": meeting.place_note,
        "source": links.link_to(source, language),
        "note": meeting.note,
        "level": meeting.level,
        "version": meeting.version,
    }


def recorded(session: Session, actor: Actor, meeting_id: UUID) -> Recorded:
    def of(model: Any) -> tuple[tuple[UUID, Texts], ...]:
        rows = session.execute(
            select(model.id, model.text)
            .where(model.meeting_id == meeting_id, visible_to(actor, model))
            .order_by(model.position, model.id)
        )
        return tuple((row.id, row.text) for row in rows)

    return Recorded(of(Statement), of(Action))


def _filed(session: Session, actor: Actor, meeting_id: UUID, language: str) -> list[Link]:
    ids = session.scalars(
        select(Filing.object_id).where(Filing.holder_id == meeting_id).order_by(Filing.position)
    ).all()
    known = reads.names(session, actor, ids)
    return [
        Link(pick(name.title, language).text, name.kind, name.id)
        for name in (known.get(object_id) for object_id in ids)
        if name is not None
    ]
