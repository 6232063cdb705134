"""Entering and correcting ties, and taking them from one state to the next."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from tracker import record
from tracker.domain.access import Actor
from tracker.domain.errors import RuleBroken
from tracker.domain.texts import Texts
from tracker.domain.ties import MOVES
from tracker.models import Clause, Instrument, Statement, Tie, TieParty
from tracker.record import Change, parties, states, submissions
from tracker.record.grounds import ground, rest_on
from tracker.record.involvements import involve
from tracker.record.links import relink, resolve
from tracker.record.parties import Chosen
from tracker.record.titles import title_of
from tracker.ties.given import EnteredState, GivenTie

_FEWEST_PARTIES = 2


def enter_tie(
    session: Session, actor: Actor, given: GivenTie, entered: EnteredState, now: datetime
) -> Tie:
    """A new tie, in whichever state it is already."""
    made = submissions.made(session, actor, given.submission, Tie)
    if made is not None:
        return made
    with record.change(session, actor, now) as change:
        chosen = _parties(change, given)
        tie = Tie(tie_kind=given.kind, state=entered.state)
        _fill(change, tie, given, chosen)
        session.add(tie)
        session.flush()
        states.enter(change, tie, entered.state, effective_on=entered.effective_on)
        _attach(change, tie, given, chosen)
        submissions.remember(session, actor, given.submission, Tie.kind, tie.id, now)
    session.commit()
    return tie


def correct_tie(
    session: Session, actor: Actor, tie_id: UUID, given: GivenTie, now: datetime
) -> Tie:
    """A tie as it is now known; its state changes by steps of their own."""
    with record.change(session, actor, now) as change:
        tie = record.get_visible(session, actor, Tie, tie_id)
        change.expect(tie, given.version)
        chosen = _parties(change, given)
        _fill(change, tie, given, chosen)
        session.flush()
        _attach(change, tie, given, chosen)
    session.commit()
    return tie


def move_tie(
    session: Session,
    actor: Actor,
    tie_id: UUID,
    step: states.Step,
    version: int | None,
    now: datetime,
) -> Tie:
    """Take a tie from its state to the next."""
    with record.change(session, actor, now, reason=step.reason) as change:
        tie = record.get_visible(session, actor, Tie, tie_id)
        change.expect(tie, version)
        states.take(change, tie, "state", MOVES, step)
    session.commit()
    return tie


def _parties(change: Change, given: GivenTie) -> list[Chosen]:
    chosen = parties.choose(change, given.parties, language=given.language)
    if len(chosen) < _FEWEST_PARTIES:
        missing = f"parties-{len(chosen)}-who"
        raise RuleBroken("A tie has at least two parties. Name the other one too.", field=missing)
    return chosen


def _fill(change: Change, tie: Tie, given: GivenTie, chosen: list[Chosen]) -> None:
    tie.tie_kind = given.kind
    tie.title = given.title or _made_title(given, chosen)
    tie.since = given.since
    tie.basis_clause_id = relink(
        change,
        given.basis,
        Clause.kind,
        field="basis",
        language=given.language,
        held=tie.basis_clause_id,
    )
    tie.agreement_id = relink(
        change,
        given.agreement,
        Instrument.kind,
        field="agreement",
        language=given.language,
        held=tie.agreement_id,
    )
    tie.agreement_copy = given.agreement_copy
    tie.purpose = given.purpose
    tie.level = given.level


def _made_title(given: GivenTie, chosen: list[Chosen]) -> Texts:
    """A title of the parties' names, unless it would name one to readers who may not know it."""
    if any(each.party.effective_level > given.level for each in chosen):
        raise RuleBroken(
            "A party has a higher level than the tie: give the tie a title of its own.",
            field="title",
        )
    return title_of([each.party.name for each in chosen], given.language)


def _attach(change: Change, tie: Tie, given: GivenTie, chosen: list[Chosen]) -> None:
    language = given.language
    parties.keep(change, TieParty, tie.id, chosen, language=language)
    involve(change, tie, given.bodies, language=language)
    ground(change, tie, "", given.ground, at="source", language=language)
    said = resolve(change, given.said_in, (Statement.kind,), field="said_in", language=language)
    rest_on(change, tie, "state", said if isinstance(said, Statement) else None)
