"""The memoranda of a tie and what each side takes on."""

from __future__ import annotations

from decimal import Decimal

from tracker.briefings.facts.dossier import Dossier
from tracker.briefings.facts.names import Names
from tracker.briefings.facts.notes import Notes
from tracker.domain import briefings as facts
from tracker.domain.dates import FuzzyDate
from tracker.domain.memoranda import Side, Stage
from tracker.domain.ties import Copy
from tracker.models import Commitment, Memorandum

_UNKNOWN = FuzzyDate.unknown()


def memoranda(d: Dossier, names: Names, notes: Notes) -> tuple[facts.Memorandum, ...]:
    return tuple(_memorandum(d, memorandum, names, notes) for memorandum in d.memoranda)


def _memorandum(
    d: Dossier, memorandum: Memorandum, names: Names, notes: Notes
) -> facts.Memorandum:
    path = tuple(
        facts.Step(stage=Stage(change.target), on=change.effective_on)
        for change in d.changes
        if change.object_id == memorandum.id
    )
    parties = [p for p in d.memorandum_parties if p.memorandum_id == memorandum.id]
    filing = next((f for f in d.filings if f.holder_id == memorandum.id), None)
    theirs = next((p for p in parties if p.side is Side.THEIRS), None)
    return facts.Memorandum(
        ref=str(memorandum.id),
        title=dict(memorandum.title),
        stage=path[-1].stage if path else memorandum.stage,
        reference=memorandum.reference_no,
        parties=tuple(
            facts.Party(
                name=names.party(party.place_id, party.organisation_id),
                level=names.places[party.place_id].place_level
                if party.place_id in names.places
                else None,
                side=party.side,
            )
            for party in parties
        ),
        path=path,
        nature=memorandum.legal_nature,
        # No signed scan can be attached yet, so no copy is ever said to be held.
        signed_copy=Copy.NOT_HELD,
        signatory_theirs=names.post(theirs.signatory_post_id) if theirs else {},
        scope=_quantity(
            memorandum.scope_min, memorandum.scope_max, dict(memorandum.scope), undetermined=True
        ),
        proposed=_reached(path, Stage.PROPOSED),
        signed=_reached(path, Stage.SIGNED),
        commitments=tuple(
            _commitment(d, commitment, names, notes)
            for commitment in d.commitments
            if commitment.memorandum_id == memorandum.id
        ),
        notes=notes.of_citations(d.cited(memorandum.id)),
        inferred=filing is not None and filing.inferred,
        because=dict(filing.reason) if filing else {},
    )


def _reached(path: tuple[facts.Step, ...], stage: Stage) -> FuzzyDate:
    return next((step.on for step in path if step.stage is stage), _UNKNOWN)


def _commitment(
    d: Dossier, commitment: Commitment, names: Names, notes: Notes
) -> facts.Commitment:
    obliged = next(
        (
            names.party(party.place_id, party.organisation_id)
            for party in d.memorandum_parties
            if party.memorandum_id == commitment.memorandum_id and party.side is commitment.side
        ),
        {},
    )
    due = commitment.due
    late = due.last is not None and due.last < d.as_of
    return facts.Commitment(
        ref=str(commitment.id),
        side=commitment.side,
        obliged=obliged,
        text=dict(commitment.text),
        beneficiary=dict(commitment.beneficiary),
        emphasis=dict(commitment.emphasis),
        quantity=_quantity(
            commitment.quantity_min, commitment.quantity_max, dict(commitment.unit)
        ),
        value_minor=commitment.value_minor,
        currency=commitment.currency or "",
        due=due,
        clause=commitment.clause,
        in_exchange_for=_answered(d, commitment),
        state=commitment.state,
        overdue_days=(d.as_of - due.last).days if late and due.last else None,
        notes=notes.of_citations(d.cited(commitment.id)),
    )


def _answered(d: Dossier, commitment: Commitment) -> str:
    """The commitment that this one is in exchange for, where it is printed too."""
    known = any(other.id == commitment.in_exchange_for_id for other in d.commitments)
    return str(commitment.in_exchange_for_id) if known else ""


def _quantity(
    least: int | None, most: int | None, unit: dict[str, str], *, undetermined: bool = False
) -> facts.Quantity | None:
    if least is None and most is None:
        return None
    return facts.Quantity(
        least=None if least is None else Decimal(least),
        most=None if most is None else Decimal(most),
        unit=unit,
        undetermined=undetermined or least != most,
    )
