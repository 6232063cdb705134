"""Entering and correcting instruments, with their parties and clauses."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import record
from tracker.domain.access import Actor, Level
from tracker.domain.errors import RuleBroken
from tracker.domain.numbers import plain_digits
from tracker.instruments.given import GivenInstrument
from tracker.models import Clause, Instrument, InstrumentParty, Organisation, Place
from tracker.record import Change, removals, submissions, visible_to
from tracker.record.filings import replace_parts
from tracker.record.grounds import ground, ground_of
from tracker.record.links import resolve

_PARTIES = (Place.kind, Organisation.kind)


def enter_instrument(
    session: Session, actor: Actor, given: GivenInstrument, now: datetime
) -> Instrument:
    """A new instrument."""
    made = submissions.made(session, actor, given.submission, Instrument)
    if made is not None:
        return made
    with record.change(session, actor, now) as change:
        instrument = Instrument(title=given.title, instrument_kind=given.kind)
        _fill(instrument, given)
        session.add(instrument)
        session.flush()
        _attach(change, instrument, given, given.level)
        submissions.remember(session, actor, given.submission, Instrument.kind, instrument.id, now)
    session.commit()
    return instrument


def correct_instrument(
    session: Session, actor: Actor, instrument_id: UUID, given: GivenInstrument, now: datetime
) -> Instrument:
    """An instrument as it is now known; a clause that is left out is put away."""
    with record.change(session, actor, now) as change:
        instrument = record.get_visible(session, actor, Instrument, instrument_id)
        change.expect(instrument, given.version)
        level_before = instrument.level
        _fill(instrument, given)
        session.flush()
        _attach(change, instrument, given, level_before)
    session.commit()
    return instrument


def _fill(instrument: Instrument, given: GivenInstrument) -> None:
    instrument.instrument_kind = given.kind
    instrument.title = given.title
    instrument.number = plain_digits(given.number)
    instrument.dated = given.dated
    instrument.copy = given.copy
    instrument.level = given.level


def _attach(
    change: Change, instrument: Instrument, given: GivenInstrument, level_before: Level
) -> None:
    replace_parts(change, InstrumentParty, instrument.id, _parties(change, instrument, given))
    _keep_clauses(change, instrument, given, level_before)
    # The form does not ask whether it was read into the source: what is known of that stays.
    held = ground_of(change.session, change.actor, instrument.id, "", given.language)
    whole = replace(given.ground, inferred=held.inferred, reason=held.reason)
    ground(change, instrument, "", whole, at="source", language=given.language)


def _parties(
    change: Change, instrument: Instrument, given: GivenInstrument
) -> list[dict[str, Any]]:
    """The places and bodies of the form's rows; those that the editor may not see stay."""
    held = {
        part.place_id or part.organisation_id: part
        for part in change.session.scalars(
            select(InstrumentParty)
            .where(InstrumentParty.instrument_id == instrument.id)
            .order_by(InstrumentParty.position)
        )
    }
    rows: dict[UUID, dict[str, Any]] = {}
    for row in given.parties:
        party = resolve(change, row.who, _PARTIES, field=row.at, language=given.language)
        if party is None:
            continue
        if party.id in rows:
            raise RuleBroken("This party stands here twice.", field=row.at)
        part = held.pop(party.id, None)
        rows[party.id] = {
            "id": part.id if part else None,
            "place_id": party.id if isinstance(party, Place) else None,
            "organisation_id": party.id if isinstance(party, Organisation) else None,
        }
    hidden = [{"id": part.id} for part in held.values() if not _is_seen(change, part)]
    return [*rows.values(), *hidden]


def _is_seen(change: Change, part: InstrumentParty) -> bool:
    session, actor = change.session, change.actor
    party = record.find(session, actor, Place, part.place_id) or record.find(
        session, actor, Organisation, part.organisation_id
    )
    return party is not None


def _keep_clauses(
    change: Change,
    instrument: Instrument,
    given: GivenInstrument,
    level_before: Level,
) -> None:
    """Let these be the clauses that the editor sees. They rise with their paper, unless one was
    given a level of its own; a new one is never public before two people agree to that."""
    held = {
        clause.id: clause
        for clause in change.session.scalars(
            select(Clause).where(
                Clause.instrument_id == instrument.id, visible_to(change.actor, Clause)
            )
        )
    }
    for row in given.clauses:
        clause = held.pop(row.id, None) if row.id else None
        if clause is None:
            level = max(instrument.level, Level.INTERNAL)
            clause = Clause(instrument_id=instrument.id, subject=row.subject, level=level)
            change.session.add(clause)
        elif clause.level == level_before < instrument.level:
            clause.level = instrument.level
        clause.number = plain_digits(row.number)
        unseen = {
            tag: text for tag, text in clause.subject.items() if tag not in given.languages_shown
        }
        clause.subject = unseen | row.subject
        change.session.flush()
    for clause in held.values():
        removals.put_away(change, clause)
    # The version that the form carries is the paper's: its clauses change with it.
    change.touch(instrument)
    change.session.flush()
