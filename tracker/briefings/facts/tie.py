"""The briefing of a tie: the dossier of its records, put into the frozen facts."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from tracker.briefings.facts import exchange, people, sayings, work
from tracker.briefings.facts.dossier import Dossier, Loader
from tracker.briefings.facts.editions import edition_for
from tracker.briefings.facts.names import Names, load_names
from tracker.briefings.facts.notes import Notes
from tracker.briefings.facts.readers import Partner, Reader
from tracker.domain.access import Actor, Level
from tracker.domain.briefings import (
    Basis,
    Body,
    Briefing,
    BriefingKind,
    Deed,
    Head,
    Inference,
    Party,
    TieBody,
)
from tracker.domain.errors import RuleBroken
from tracker.domain.statements import StatementKind
from tracker.domain.texts import Texts
from tracker.domain.ties import TieState
from tracker.lang import N_


def tie_briefing(
    session: Session,
    actor: Actor,
    tie_id: UUID,
    as_of: date,
    city: Texts,
    invocation: Texts,
    partner: Partner | None = None,
) -> Briefing:
    """What `actor` may know of the tie as of a day, or of that what may be handed to `partner`.

    NotFound when the tie is not for the actor; RuleBroken when it is not for the partner, or the
    day lies before everything that is known of it."""
    reader = Reader(actor, partner)
    dossier = Loader(session, reader, as_of).load(tie_id)
    state = _state(dossier)
    names = load_names(session, reader, dossier)
    notes = Notes(dossier, names)
    body = _body(dossier, state, names, notes)
    briefing = Briefing(
        head=_head(dossier, city, invocation),
        body=body,
        inferences=_inferences(dossier, names),
        sources=tuple(notes.sources.values()),
        notes=tuple(notes.notes.values()),
        withheld=len(dossier.withheld),
    )
    return briefing if partner is None else edition_for(partner, briefing)


def _state(d: Dossier) -> TieState:
    """The state of that day: the last change that had taken effect by then."""
    reached = [change for change in d.changes if change.object_id == d.tie.id]
    if reached:
        return TieState(reached[-1].target)
    if d.tie.since.first and d.tie.since.first > d.as_of:
        raise RuleBroken(N_("Nothing is known of this tie as of that day."), field="as_of")
    if d.tie.since.is_unknown and not d.meetings and not d.statements:
        return d.tie.state
    if d.tie.since.sort > d.as_of and not d.meetings:
        raise RuleBroken(N_("Nothing is known of this tie as of that day."), field="as_of")
    return d.tie.state


def _head(d: Dossier, city: Texts, invocation: Texts) -> Head:
    printed = d.recorded()
    return Head(
        kind=BriefingKind.TIE,
        subject=str(d.tie.id),
        city=city,
        invocation=invocation,
        title={} if len(d.parties) <= 2 else dict(d.tie.title),
        level=max((obj.effective_level for obj in printed), default=Level.INTERNAL),
        as_of=d.as_of,
        recorded_until=max(obj.updated_at for obj in printed),
    )


def _body(d: Dossier, state: TieState, names: Names, notes: Notes) -> TieBody:
    # Notes are numbered by first use, and the reader meets the people first.
    persons = people.persons(d, names, notes)
    wants = sayings.wants(d, names, notes)
    promises = sayings.promises(d, names, notes)
    return TieBody(
        kind=d.tie.tie_kind,
        state=state,
        parties=_parties(d, names),
        since=d.tie.since,
        agreement=d.tie.agreement_copy,
        notes=notes.of_citations(d.cited(d.tie.id, "state", "since")),
        basis=_basis(d, notes),
        bodies=_bodies(d, names),
        past_work=_past_work(d, notes),
        people=persons,
        wants=wants,
        promises=promises,
        memoranda=exchange.memoranda(d, names, notes),
        meetings=people.meetings(d, names, notes),
        obstacles=work.obstacles(d, names, notes),
        actions=work.actions(d, names, notes),
        mandates=work.mandates(d, names, notes),
        resolutions=work.resolutions(d, names, notes),
        frameworks=work.frameworks(d, names, notes),
        statements=sayings.statements(d, names, notes),
    )


def _parties(d: Dossier, names: Names) -> tuple[Party, ...]:
    parties = []
    for party in d.parties:
        place = names.places.get(party.place_id) if party.place_id else None
        parties.append(
            Party(
                name=names.party(party.place_id, party.organisation_id),
                level=place.place_level if place else None,
                within=names.country_of(place) if place else {},
                side=party.side,
            )
        )
    return tuple(parties)


def _basis(d: Dossier, notes: Notes) -> tuple[Basis, ...]:
    clause = d.clauses.get(d.tie.basis_clause_id) if d.tie.basis_clause_id else None
    if clause is None:
        return ()
    instrument = d.instruments.get(clause.instrument_id)
    if instrument is None:
        return ()
    return (
        Basis(
            title=dict(instrument.title),
            kind=instrument.instrument_kind,
            number=instrument.number,
            dated=instrument.dated,
            clause=clause.number,
            clause_subject=dict(clause.subject),
            copy=instrument.copy,
            notes=notes.of_citations([*d.cited(clause.id), *d.cited(d.tie.id, "basis_clause_id")]),
        ),
    )


def _bodies(d: Dossier, names: Names) -> tuple[Body, ...]:
    return tuple(
        Body(
            role=involved.body_role,
            name=names.body(involved.organisation_id)
            or names.post(involved.post_id)
            or names.person(involved.person_id),
            inferred=involved.inferred,
            because=dict(involved.reason),
        )
        for involved in d.involvements
        if involved.object_id == d.tie.id
    )


def _past_work(d: Dossier, notes: Notes) -> tuple[Deed, ...]:
    return tuple(
        Deed(
            text=dict(statement.text),
            when=statement.happened_on,
            notes=notes.of_statement(statement),
        )
        for statement in d.statements
        if statement.statement_kind is StatementKind.PAST_WORK
    )


def _inferences(d: Dossier, names: Names) -> tuple[Inference, ...]:
    """What was read into the sources and is not marked where it stands."""
    texts: dict[UUID, Texts] = {}
    texts |= {person.id: dict(person.name) for person in names.people.values()}
    texts |= {place.id: dict(place.name) for place in names.places.values()}
    texts |= {action.id: dict(action.text) for action in d.actions}
    texts |= {obstacle.id: dict(obstacle.title) for obstacle in d.obstacles}
    found = {
        citation.object_id: Inference(
            text=texts[citation.object_id], because=dict(citation.reason)
        )
        for citation in d.citations
        if citation.inferred and citation.object_id in texts
    }
    return tuple(found.values())
