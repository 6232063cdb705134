"""What each side wants, who promised what, and everything else that was said.

A need or a request is a want, and so is whatever a side is said to wish. Any other offer binds
whoever made it: it is a promise.
"""

from __future__ import annotations

from uuid import UUID

from tracker.briefings.facts.dossier import Dossier
from tracker.briefings.facts.names import Names
from tracker.briefings.facts.notes import Notes
from tracker.domain import briefings as facts
from tracker.domain.memoranda import Side
from tracker.domain.statements import LinkKind, Modality, StatementKind
from tracker.models import MemorandumParty, Statement, TieParty

_ASKED = (StatementKind.NEED, StatementKind.REQUEST)


def _repeated(d: Dossier) -> set[UUID]:
    """The statements that a later one says again, and more fully."""
    return {link.other_id for link in d.links if link.link_kind is LinkKind.REPEATS}


def is_promise(statement: Statement) -> bool:
    return (
        statement.statement_kind is StatementKind.OFFER
        and statement.modality is not Modality.WANTS
    )


def is_want(d: Dossier, statement: Statement) -> bool:
    if statement.side is None or statement.id in _repeated(d):
        return False
    return statement.statement_kind in _ASKED or statement.modality is Modality.WANTS


def wants(d: Dossier, names: Names, notes: Notes) -> tuple[facts.Want, ...]:
    """Those that name the other party's places or the memorandum first: page one holds few."""
    close = _close_to_the_tie(d, names)
    asked = [statement for statement in d.statements if is_want(d, statement)]
    asked.sort(key=lambda statement: statement.id not in close)
    return tuple(
        facts.Want(
            ref=str(statement.id),
            side=statement.side or Side.OURS,
            text=dict(statement.text),
            kind=statement.statement_kind,
            modality=statement.modality or Modality.IS,
            account_of=_speaker(statement, names),
            own_account=_speaks_for(d, statement),
            said=statement.happened_on,
            strength=notes.strength(statement),
            notes=notes.of_statement(statement),
        )
        for statement in asked
    )


def _close_to_the_tie(d: Dossier, names: Names) -> set[UUID]:
    """The statements filed under a memorandum of the tie, or about places of the other party."""
    parties: list[TieParty | MemorandumParty] = [*d.parties, *d.memorandum_parties]
    theirs = {party.place_id for party in parties if party.side is Side.THEIRS}
    for place_id in list(theirs):
        above = names.places.get(place_id) if place_id else None
        while above is not None and above.parent_id:
            theirs.add(above.parent_id)
            above = names.places.get(above.parent_id)
    about = {said.statement_id for said in d.places_said if said.place_id in theirs}
    return about | {f.holder_id for f in d.filings if f.holder_kind == "statement"}


def _speaks_for(d: Dossier, statement: Statement) -> bool:
    """Whether the speaker sat on the side whose want it is.

    Who sat opposite us is not for that reason of the other party: an ambassador of our own
    country sits there too. Only our own people are known to speak for their side.
    """
    ours = {a.person_id for a in d.attendees if a.side is Side.OURS and a.person_id}
    return statement.side is Side.OURS and statement.speaker_person_id in ours


def promises(d: Dossier, names: Names, notes: Notes) -> tuple[facts.Promise, ...]:
    close = _close_to_the_tie(d, names)
    offers = [statement for statement in d.statements if is_promise(statement)]
    offers.sort(key=lambda statement: statement.id not in close)
    said = [
        facts.Promise(
            ref=str(statement.id),
            side=statement.side,
            by=names.body(statement.on_behalf_of_id) or _speaker(statement, names),
            text=dict(statement.text),
            made=statement.happened_on,
            strength=notes.strength(statement),
            notes=notes.of_statement(statement),
        )
        for statement in offers
    ]
    return tuple(said)


def statements(d: Dossier, names: Names, notes: Notes) -> tuple[facts.Statement, ...]:
    disputes: dict[UUID, list[str]] = {}
    for link in d.links:
        if link.link_kind is LinkKind.CONTRADICTS:
            disputes.setdefault(link.statement_id, []).append(str(link.other_id))
            disputes.setdefault(link.other_id, []).append(str(link.statement_id))
    told = _told(d)
    return tuple(
        facts.Statement(
            ref=str(statement.id),
            text=dict(statement.text),
            kind=statement.statement_kind,
            modality=statement.modality or Modality.IS,
            speaker=_short_speaker(statement, names),
            said=statement.happened_on,
            strength=notes.strength(statement),
            disputes=tuple(disputes.get(statement.id, ())),
            internal_only=statement.never_release,
            notes=notes.of_statement(statement),
        )
        for statement in d.statements
        if statement.id not in told
    )


def _told(d: Dossier) -> set[UUID]:
    """The statements that the paper tells as a fact of its own, with their note: the ground of a
    tie, an obstacle, a mandate or an action, past work, and what a fuller one says again."""
    past = {s.id for s in d.statements if s.statement_kind is StatementKind.PAST_WORK}
    grounds = {citation.statement_id for citation in d.citations if citation.statement_id}
    actions = {action.statement_id for action in d.actions if action.statement_id}
    disputed = {
        end
        for link in d.links
        if link.link_kind is LinkKind.CONTRADICTS
        for end in (link.statement_id, link.other_id)
    }
    return (past | grounds | actions | _repeated(d)) - disputed


def _short_speaker(statement: Statement, names: Names) -> dict[str, str]:
    """In a list the name will do: page one and every note say the post held that day."""
    return names.person(statement.speaker_person_id) or _speaker(statement, names)


def _speaker(statement: Statement, names: Names) -> dict[str, str]:
    return (
        names.post(statement.speaker_post_id)
        or names.person(statement.speaker_person_id)
        or names.body(statement.speaker_organisation_id)
    )
