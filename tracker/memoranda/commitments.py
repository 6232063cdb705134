"""The commitments of a memorandum: added, changed and put away with the memorandum's form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import record
from tracker.domain.access import Actor
from tracker.domain.errors import RuleBroken
from tracker.domain.money import from_hundredths, is_code, to_hundredths
from tracker.memoranda.given import GivenCommitment
from tracker.models import Commitment, Memorandum
from tracker.record import Change, removals
from tracker.record.reading import visible_to


def keep_commitments(
    change: Change, memorandum: Memorandum, given: Sequence[GivenCommitment]
) -> None:
    """Let these be the commitments, in this order; those that the editor may not see stay."""
    session = change.session
    held = {each.id: each for each in _held(session, change.actor, memorandum.id)}
    by_number: dict[int, Commitment] = {}
    for position, row in enumerate(given):
        commitment = held.pop(row.id, None) if row.id else None
        if commitment is None:
            commitment = Commitment(memorandum_id=memorandum.id)
            session.add(commitment)
        commitment.position = position
        _fill(commitment, row)
        by_number[row.number] = commitment
    session.flush()
    for row in given:
        _exchange(change, by_number, row)
    for commitment in held.values():
        removals.put_away(change, commitment)
    session.flush()
    if change.touched.keys() & {each.id for each in (*by_number.values(), *held.values())}:
        change.touch(memorandum)


def commitment_rows(session: Session, actor: Actor, memorandum_id: UUID) -> list[dict[str, Any]]:
    """The commitments as the rows of the form."""
    held = _held(session, actor, memorandum_id)
    numbers = {each.id: number for number, each in enumerate(held, 1)}
    return [_row(each, numbers) for each in held]


def _row(held: Commitment, numbers: dict[UUID, int]) -> dict[str, Any]:
    amount = (
        None if held.value_minor is None else to_hundredths(held.value_minor, held.currency or "")
    )
    return {
        "id": str(held.id),
        "side": held.side,
        "text": held.text,
        "emphasis": held.emphasis,
        "beneficiary": held.beneficiary,
        "quantity_min": held.quantity_min,
        "quantity_max": held.quantity_max,
        "unit": held.unit,
        "due": held.due,
        "value": amount,
        "currency": held.currency or "",
        "clause": held.clause,
        "answers": numbers.get(held.in_exchange_for_id) if held.in_exchange_for_id else None,
        "state": held.state,
    }


def _held(session: Session, actor: Actor, memorandum_id: UUID) -> list[Commitment]:
    return list(
        session.scalars(
            select(Commitment)
            .where(
                Commitment.memorandum_id == memorandum_id,
                visible_to(actor, Commitment),
            )
            .order_by(Commitment.position, Commitment.id)
        )
    )


def _fill(commitment: Commitment, row: GivenCommitment) -> None:
    least, most = row.quantity_min, row.quantity_max
    if least is not None and most is not None and most < least:
        raise RuleBroken(
            "The second number is smaller than the first.", field=f"{row.at}quantity_max"
        )
    commitment.side = row.side
    commitment.text = row.text
    commitment.emphasis = row.emphasis
    commitment.beneficiary = row.beneficiary
    commitment.quantity_min = least
    commitment.quantity_max = most
    commitment.unit = row.unit
    commitment.due = row.due
    commitment.clause = row.clause
    commitment.state = row.state
    commitment.value_minor, commitment.currency = _money(row)


def _money(row: GivenCommitment) -> tuple[int | None, str | None]:
    if row.amount is None and not row.currency:
        return None, None
    if row.amount is None:
        raise RuleBroken("Give the value too, or leave both empty.", field=f"{row.at}value")
    if not is_code(row.currency):
        raise RuleBroken(
            "A value needs its currency, in three letters.", field=f"{row.at}currency"
        )
    minor = from_hundredths(row.amount, row.currency)
    if minor is None:
        raise RuleBroken("This currency has no decimals.", field=f"{row.at}value")
    return minor, row.currency


def _exchange(change: Change, by_number: dict[int, Commitment], row: GivenCommitment) -> None:
    """Tie a promise to the one that it answers."""
    commitment = by_number[row.number]
    answered: UUID | None
    if row.answers is None:
        answered = _unseen(change, commitment.in_exchange_for_id)
    else:
        other = by_number.get(row.answers)
        if other is None:
            raise RuleBroken("There is no commitment with this number.", field=f"{row.at}answers")
        if other.side is commitment.side:
            raise RuleBroken(
                "A commitment is in exchange for one of the other side.", field=f"{row.at}answers"
            )
        answered = other.id
    if commitment.in_exchange_for_id != answered:
        commitment.in_exchange_for_id = answered


def _unseen(change: Change, held: UUID | None) -> UUID | None:
    """What a promise answers that the editor may not see was shown as nothing, and stays."""
    if held is None:
        return None
    other = change.session.get(Commitment, held)
    if other is None or other.deleted_at is not None:
        return None
    seen = record.find(change.session, change.actor, Commitment, held)
    return held if seen is None else None
