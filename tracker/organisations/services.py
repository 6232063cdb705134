"""Entering and correcting organisations."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from tracker import record
from tracker.domain.access import Actor
from tracker.domain.errors import RuleBroken
from tracker.models import Organisation, Place
from tracker.organisations.entry import OrganisationEntry
from tracker.record import Change, submissions
from tracker.record.grounds import ground
from tracker.record.links import relink
from tracker.record.nesting import lies_within


def enter_organisation(
    session: Session, actor: Actor, entry: OrganisationEntry, now: datetime
) -> Organisation:
    """A new organisation."""
    made = submissions.made(session, actor, entry.submission, Organisation)
    if made is not None:
        return made
    with record.change(session, actor, now) as change:
        body = Organisation(name=entry.name, organisation_kind=entry.organisation_kind)
        _fill(change, body, entry)
        session.add(body)
        session.flush()
        _ground(change, body, entry)
        submissions.remember(session, actor, entry.submission, Organisation.kind, body.id, now)
    session.commit()
    return body


def correct_organisation(
    session: Session, actor: Actor, organisation_id: UUID, entry: OrganisationEntry, now: datetime
) -> Organisation:
    """An organisation as it is now known."""
    with record.change(session, actor, now) as change:
        body = record.get_visible(session, actor, Organisation, organisation_id)
        change.expect(body, entry.version)
        _fill(change, body, entry)
        session.flush()
        _ground(change, body, entry)
    session.commit()
    return body


def _fill(change: Change, body: Organisation, entry: OrganisationEntry) -> None:
    body.name = entry.name
    body.short_name = entry.short_name
    body.organisation_kind = entry.organisation_kind
    body.aliases = entry.aliases
    body.is_ours = entry.is_ours
    body.level = entry.level
    body.place_id = relink(
        change,
        entry.place,
        Place.kind,
        field="place",
        language=entry.language,
        held=body.place_id,
    )
    parent_id = relink(
        change,
        entry.parent,
        Organisation.kind,
        field="parent",
        language=entry.language,
        held=body.parent_id,
    )
    if parent_id is not None and lies_within(change.session, Organisation, parent_id, body.id):
        raise RuleBroken("An organisation cannot be part of itself.", field="parent")
    body.parent_id = parent_id


def _ground(change: Change, body: Organisation, entry: OrganisationEntry) -> None:
    ground(change, body, "name", entry.ground, at="source", language=entry.language)
