"""Entering and correcting sources."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from tracker import record
from tracker.domain.access import Actor
from tracker.domain.errors import RuleBroken
from tracker.domain.numbers import plain_digits
from tracker.models import Organisation, Source
from tracker.record import Change, submissions
from tracker.record.links import relink
from tracker.sources.given import GivenSource


def enter_source(session: Session, actor: Actor, given: GivenSource, now: datetime) -> Source:
    """A new source."""
    made = submissions.made(session, actor, given.submission, Source)
    if made is not None:
        return made
    with record.change(session, actor, now) as change:
        source = Source(title=given.title, source_kind=given.kind, zone=given.zone)
        _fill(change, source, given)
        session.add(source)
        session.flush()
        submissions.remember(session, actor, given.submission, Source.kind, source.id, now)
    session.commit()
    return source


def correct_source(
    session: Session, actor: Actor, source_id: UUID, given: GivenSource, now: datetime
) -> Source:
    """A source as it is now known; the zone in which its hour was read stays."""
    with record.change(session, actor, now) as change:
        source = record.get_visible(session, actor, Source, source_id)
        change.expect(source, given.version)
        _fill(change, source, given)
    session.commit()
    return source


def _fill(change: Change, source: Source, given: GivenSource) -> None:
    source.source_kind = given.kind
    source.publisher_id = relink(
        change,
        given.publisher,
        Organisation.kind,
        field="publisher",
        language=given.language,
        held=source.publisher_id,
    )
    source.title = given.title
    source.lead = given.lead
    source.subheads = given.subheads
    source.code = plain_digits(given.code)
    source.code_label = given.code_label
    source.url = given.url
    source.published_on = given.published_on
    source.zone = source.zone or given.zone
    source.published_at = _instant(given, source.zone)
    source.archived_text = given.archived_text
    source.level = given.level


def _instant(given: GivenSource, zone: str) -> datetime | None:
    if given.published_hour is None:
        return None
    day = given.published_on
    if not day.is_exact or day.first is None:
        raise RuleBroken(
            "An hour belongs to one exact day. Give the day, or leave the hour empty.",
            field="published_hour",
        )
    return datetime.combine(day.first, given.published_hour, ZoneInfo(zone))
