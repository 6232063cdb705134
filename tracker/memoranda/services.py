"""Entering and correcting memoranda, and taking them from one stage to the next."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import record
from tracker.domain.access import Actor
from tracker.domain.errors import RuleBroken
from tracker.domain.memoranda import MOVES
from tracker.memoranda.commitments import keep_commitments
from tracker.memoranda.given import EnteredStage, GivenMemorandum
from tracker.models import (
    Filing,
    Memorandum,
    MemorandumParty,
    MemorandumPlace,
    Place,
    Recorded,
    Tie,
)
from tracker.record import Change, parties, states, submissions
from tracker.record.filings import refile, replace_parts
from tracker.record.grounds import ground
from tracker.record.involvements import involve
from tracker.record.links import resolve


def enter_memorandum(
    session: Session, actor: Actor, given: GivenMemorandum, entered: EnteredStage, now: datetime
) -> Memorandum:
    """A new memorandum, at whichever stage it is already."""
    made = submissions.made(session, actor, given.submission, Memorandum)
    if made is not None:
        return made
    with record.change(session, actor, now) as change:
        memorandum = Memorandum(stage=entered.stage, staged_on=entered.effective_on)
        _fill(memorandum, given)
        session.add(memorandum)
        session.flush()
        states.enter(change, memorandum, entered.stage, effective_on=entered.effective_on)
        _attach(change, memorandum, given)
        submissions.remember(session, actor, given.submission, Memorandum.kind, memorandum.id, now)
    session.commit()
    return memorandum


def correct_memorandum(
    session: Session, actor: Actor, memorandum_id: UUID, given: GivenMemorandum, now: datetime
) -> Memorandum:
    """A memorandum as it is now known; its stage changes by steps of their own."""
    with record.change(session, actor, now) as change:
        memorandum = record.get_visible(session, actor, Memorandum, memorandum_id)
        change.expect(memorandum, given.version)
        _fill(memorandum, given)
        session.flush()
        _attach(change, memorandum, given)
    session.commit()
    return memorandum


def advance_memorandum(
    session: Session,
    actor: Actor,
    memorandum_id: UUID,
    step: states.Step,
    version: int | None,
    now: datetime,
) -> Memorandum:
    """Take a memorandum from its stage to the next."""
    with record.change(session, actor, now, reason=step.reason) as change:
        memorandum = record.get_visible(session, actor, Memorandum, memorandum_id)
        change.expect(memorandum, version)
        states.take(change, memorandum, "stage", MOVES, step)
        memorandum.staged_on = step.effective_on
        # Lists under a tie are in the order of the filings' dates.
        for filing in _filings(session, memorandum.id):
            filing.sort_on = step.effective_on
    session.commit()
    return memorandum


def _fill(memorandum: Memorandum, given: GivenMemorandum) -> None:
    if (
        given.scope_min is not None
        and given.scope_max is not None
        and given.scope_max < given.scope_min
    ):
        raise RuleBroken("The second number is smaller than the first.", field="scope_max")
    memorandum.title = given.title
    memorandum.reference_no = given.reference_no
    memorandum.subjects = list(given.subjects)
    memorandum.scope = given.scope
    memorandum.scope_min = given.scope_min
    memorandum.scope_max = given.scope_max
    memorandum.legal_nature = given.legal_nature
    memorandum.level = given.level


def _attach(change: Change, memorandum: Memorandum, given: GivenMemorandum) -> None:
    language = given.language
    chosen = parties.choose(change, given.parties, language=language)
    parties.keep(change, MemorandumParty, memorandum.id, chosen, language=language)
    _relate(change, memorandum, given)
    _keep_places(change, memorandum, given)
    involve(change, memorandum, given.bodies, language=language)
    ground(change, memorandum, "", given.ground, at="source", language=language)
    keep_commitments(change, memorandum, given.commitments)


def _relate(change: Change, memorandum: Memorandum, given: GivenMemorandum) -> None:
    """File it under these ties, and under those that the editor may not see."""
    session, actor = change.session, change.actor
    related: dict[UUID, tuple[bool, dict[str, str]]] = {}
    under: list[Recorded] = []
    for row in given.ties:
        tie = resolve(change, row.tie, (Tie.kind,), field=row.at, language=given.language)
        if tie is None:
            raise RuleBroken("Name the tie, or remove the row.", field=row.at)
        under.append(tie)
        related[tie.id] = (row.inferred, dict(row.reason) if row.inferred else {})
    for filing in _filings(session, memorandum.id):
        if record.find(session, actor, Tie, filing.object_id) is None:
            hidden = session.get(Tie, filing.object_id)
            if hidden is not None:
                under.append(hidden)
    refile(change, memorandum, under, memorandum.staged_on)
    for filing in _filings(session, memorandum.id):
        if filing.object_id in related:
            filing.inferred, filing.reason = related[filing.object_id]


def _keep_places(change: Change, memorandum: Memorandum, given: GivenMemorandum) -> None:
    session = change.session
    held = {
        part.place_id: part
        for part in session.scalars(
            select(MemorandumPlace).where(MemorandumPlace.memorandum_id == memorandum.id)
        )
    }
    rows: list[dict[str, object]] = []
    for row in given.places:
        place = resolve(change, row.place, (Place.kind,), field=row.at, language=given.language)
        if place is not None:
            part = held.pop(place.id, None)
            rows.append({"id": part.id if part else None, "place_id": place.id})
    rows += (
        {"id": part.id}
        for part in held.values()
        if record.find(session, change.actor, Place, part.place_id) is None
    )
    replace_parts(change, MemorandumPlace, memorandum.id, rows)


def _filings(session: Session, memorandum_id: UUID) -> list[Filing]:
    return list(
        session.scalars(
            select(Filing).where(Filing.holder_id == memorandum_id, Filing.object_kind == Tie.kind)
        )
    )
