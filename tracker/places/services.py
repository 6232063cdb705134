"""Entering and correcting places."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from tracker import record
from tracker.domain.access import Actor
from tracker.domain.errors import RuleBroken
from tracker.domain.places import ABOVE, check_coordinates, iso_code
from tracker.models import Place
from tracker.places.entry import PlaceEntry
from tracker.record import Change, submissions
from tracker.record.grounds import ground
from tracker.record.links import relink
from tracker.record.nesting import lies_within


def enter_place(session: Session, actor: Actor, entry: PlaceEntry, now: datetime) -> Place:
    """A new place."""
    made = submissions.made(session, actor, entry.submission, Place)
    if made is not None:
        return made
    with record.change(session, actor, now) as change:
        place = Place(name=entry.name, place_level=entry.place_level)
        _fill(change, place, entry)
        session.add(place)
        session.flush()
        _ground(change, place, entry)
        submissions.remember(session, actor, entry.submission, Place.kind, place.id, now)
    session.commit()
    return place


def correct_place(
    session: Session, actor: Actor, place_id: UUID, entry: PlaceEntry, now: datetime
) -> Place:
    """A place as it is now known."""
    with record.change(session, actor, now) as change:
        place = record.get_visible(session, actor, Place, place_id)
        change.expect(place, entry.version)
        _fill(change, place, entry)
        session.flush()
        _ground(change, place, entry)
    session.commit()
    return place


def _fill(change: Change, place: Place, entry: PlaceEntry) -> None:
    check_coordinates(entry.latitude_e5, entry.longitude_e5)
    place.name = entry.name
    place.place_level = entry.place_level
    place.former_names = entry.former_names
    place.aliases = entry.aliases
    place.iso_code = iso_code(entry.iso_code)
    place.latitude_e5 = entry.latitude_e5
    place.longitude_e5 = entry.longitude_e5
    place.level = entry.level
    place.parent_id = _parent(change, place, entry)


def _parent(change: Change, place: Place, entry: PlaceEntry) -> UUID | None:
    parent_id = relink(
        change,
        entry.parent,
        Place.kind,
        field="parent",
        language=entry.language,
        held=place.parent_id,
    )
    if parent_id is None:
        return None
    if lies_within(change.session, Place, parent_id, place.id):
        raise RuleBroken("A place cannot lie within itself.", field="parent")
    made = change.touched.get(parent_id)
    if made is not None and made.action == "created" and isinstance(made.obj, Place):
        made.obj.place_level = ABOVE[entry.place_level]
        made.obj.level = entry.level
    return parent_id


def _ground(change: Change, place: Place, entry: PlaceEntry) -> None:
    ground(change, place, "name", entry.ground, at="source", language=entry.language)
