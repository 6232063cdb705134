"""Entering and correcting mandates, resolutions, policy frameworks and terms of office."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import record
from tracker.domain.access import Actor
from tracker.domain.dates import FuzzyDate
from tracker.domain.errors import RuleBroken
from tracker.domain.naming import Link
from tracker.domain.numbers import plain_digits
from tracker.mandates.given import (
    Given,
    GivenFramework,
    GivenMandate,
    GivenResolution,
    GivenTerm,
)
from tracker.models import (
    Framework,
    Mandate,
    Meeting,
    Organisation,
    Recorded,
    Resolution,
    Source,
    StateChange,
    Term,
)
from tracker.record import Change, states, submissions
from tracker.record.filings import file_as_given
from tracker.record.involvements import involve
from tracker.record.links import relink

Made = TypeVar("Made", bound=Recorded)
Said = TypeVar("Said", bound=Given)
Fill = Callable[[Change, Made, Said], None]


def enter_mandate(session: Session, actor: Actor, given: GivenMandate, now: datetime) -> Mandate:
    """A new mandate."""
    return _enter(session, actor, Mandate(), given, now, _fill_mandate)


def correct_mandate(
    session: Session, actor: Actor, mandate_id: UUID, given: GivenMandate, now: datetime
) -> Mandate:
    """A mandate as it is now known, its completion included."""
    return _correct(session, actor, Mandate, mandate_id, given, now, _fill_mandate)


def enter_resolution(
    session: Session, actor: Actor, given: GivenResolution, now: datetime
) -> Resolution:
    """A new resolution."""
    return _enter(session, actor, Resolution(state=given.state), given, now, _fill_resolution)


def correct_resolution(
    session: Session, actor: Actor, resolution_id: UUID, given: GivenResolution, now: datetime
) -> Resolution:
    """A resolution as it is now known."""
    return _correct(session, actor, Resolution, resolution_id, given, now, _fill_resolution)


def enter_framework(
    session: Session, actor: Actor, given: GivenFramework, now: datetime
) -> Framework:
    """A new policy framework."""
    return _enter(session, actor, Framework(state=given.state), given, now, _fill_framework)


def correct_framework(
    session: Session, actor: Actor, framework_id: UUID, given: GivenFramework, now: datetime
) -> Framework:
    """A policy framework as it is now known."""
    return _correct(session, actor, Framework, framework_id, given, now, _fill_framework)


def enter_term(session: Session, actor: Actor, given: GivenTerm, now: datetime) -> Term:
    """A new term of office."""
    return _enter(session, actor, Term(), given, now, _fill_term)


def correct_term(
    session: Session, actor: Actor, term_id: UUID, given: GivenTerm, now: datetime
) -> Term:
    """A term of office as it is now known."""
    return _correct(session, actor, Term, term_id, given, now, _fill_term)


def _enter(
    session: Session, actor: Actor, obj: Made, given: Said, now: datetime, fill: Fill[Made, Said]
) -> Made:
    made = submissions.made(session, actor, given.submission, type(obj))
    if made is not None:
        return made
    with record.change(session, actor, now) as change:
        # What it points at may be made on the way, before the object itself is whole.
        with session.no_autoflush:
            fill(change, obj, given)
        submissions.remember(session, actor, given.submission, obj.kind, obj.id, now)
    session.commit()
    return obj


def _correct(
    session: Session,
    actor: Actor,
    model: type[Made],
    object_id: UUID,
    given: Said,
    now: datetime,
    fill: Fill[Made, Said],
) -> Made:
    with record.change(session, actor, now) as change:
        obj = record.get_visible(session, actor, model, object_id)
        change.expect(obj, given.version)
        fill(change, obj, given)
    session.commit()
    return obj


def _fill_mandate(change: Change, mandate: Mandate, given: GivenMandate) -> None:
    def link(to: Link, model: type[Recorded], field: str, held: UUID | None) -> UUID | None:
        return _link(change, given, to, model, field, held)

    mandate.title = given.title
    mandate.text = given.text
    mandate.issuer_id = link(given.issuer, Organisation, "issuer", mandate.issuer_id)
    mandate.owner_id = link(given.owner, Organisation, "owner", mandate.owner_id)
    mandate.help_from_id = link(given.help_from, Organisation, "help_from", mandate.help_from_id)
    mandate.term_id = link(given.term, Term, "term", mandate.term_id)
    mandate.resolution_id = link(given.resolution, Resolution, "resolution", mandate.resolution_id)
    mandate.event_id = link(given.event, Meeting, "event", mandate.event_id)
    mandate.source_id = link(given.source, Source, "source", mandate.source_id)
    mandate.issued_on = given.issued_on
    mandate.due = given.due
    mandate.completion = given.completion
    _keep(change, mandate, given)
    file_as_given(
        change, mandate, given.filed_under, sort_on=given.issued_on, language=given.language
    )


def _fill_resolution(change: Change, resolution: Resolution, given: GivenResolution) -> None:
    resolution.title = given.title
    resolution.number = plain_digits(given.number)
    resolution.adopted_on = given.adopted_on
    resolution.issuer_id = _link(
        change, given, given.issuer, Organisation, "issuer", resolution.issuer_id
    )
    resolution.term_id = _link(change, given, given.term, Term, "term", resolution.term_id)
    resolution.source_id = _link(
        change, given, given.source, Source, "source", resolution.source_id
    )
    _keep(change, resolution, given)
    _come_to(change, resolution, given.state, given.adopted_on)


def _fill_framework(change: Change, framework: Framework, given: GivenFramework) -> None:
    framework.title = given.title
    framework.principle = given.principle
    framework.owner_id = _link(
        change, given, given.owner, Organisation, "owner", framework.owner_id
    )
    framework.term_id = _link(change, given, given.term, Term, "term", framework.term_id)
    framework.source_id = _link(change, given, given.source, Source, "source", framework.source_id)
    _keep(change, framework, given)
    _come_to(change, framework, given.state, given.state_on)
    involve(change, framework, given.bodies, language=given.language)


def _come_to(
    change: Change, obj: Resolution | Framework, state: StrEnum, effective_on: FuzzyDate
) -> None:
    """Note the state in which it is first recorded, and every later one, once."""
    if obj.state is not state:
        states.move(change, obj, "state", state, effective_on=effective_on)
        return
    reached = change.session.scalar(
        select(StateChange.id).where(StateChange.object_id == obj.id).limit(1)
    )
    if reached is None:
        states.enter(change, obj, state, effective_on=effective_on)


def _fill_term(change: Change, term: Term, given: GivenTerm) -> None:
    if given.since.first and given.until.last and given.since.first > given.until.last:
        raise RuleBroken("It cannot end before it begins", field="until")
    term.name = given.name
    term.organisation_id = _link(
        change, given, given.organisation, Organisation, "organisation", term.organisation_id
    )
    term.number = given.number
    term.since = given.since
    term.until = given.until
    _keep(change, term, given)


def _link(
    change: Change,
    given: Given,
    to: Link,
    model: type[Recorded],
    field: str,
    held: UUID | None,
) -> UUID | None:
    return relink(change, to, model.kind, field=field, language=given.language, held=held)


def _keep(change: Change, obj: Recorded, given: Given) -> None:
    obj.level = given.level
    change.session.add(obj)
    change.session.flush()
