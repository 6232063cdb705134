"""One step of one machine: the state itself, and the row that says when, by whom and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from tracker.domain.dates import FuzzyDate
from tracker.domain.errors import RuleBroken
from tracker.domain.machines import Move, find_move
from tracker.models import Recorded, StateChange
from tracker.record.changes import Change

State = TypeVar("State", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Step:
    """A move that somebody asks for: its name, when it takes effect, and why."""

    name: str
    effective_on: FuzzyDate
    reason: str = ""


def enter(
    change: Change, obj: Recorded, target: StrEnum, *, effective_on: FuzzyDate, reason: str = ""
) -> None:
    """The state in which an object is first recorded."""
    _note(change, obj, "", target, effective_on, reason)


def move(
    change: Change,
    obj: Recorded,
    column: str,
    target: StrEnum,
    *,
    effective_on: FuzzyDate,
    reason: str = "",
) -> None:
    """Put the object into `target`; whether that step is allowed is the domain's to say."""
    source: StrEnum = getattr(obj, column)
    setattr(obj, column, target)
    _note(change, obj, source.value, target, effective_on, reason)


def take(
    change: Change, obj: Recorded, column: str, moves: Iterable[Move[State]], step: Step
) -> Move[State]:
    """Take a step of a machine's table, or refuse it: no such step from here, not by this role,
    or a reason that is missing."""
    found = find_move(moves, step.name, getattr(obj, column), change.actor)
    if "reason" in found.needs and not step.reason:
        raise RuleBroken("Say why: this step needs a reason.", field="reason")
    move(
        change,
        obj,
        column,
        found.target,
        effective_on=step.effective_on,
        reason=step.reason,
    )
    return found


def _note(
    change: Change,
    obj: Recorded,
    source: str,
    target: StrEnum,
    effective_on: FuzzyDate,
    reason: str,
) -> None:
    change.session.add(
        StateChange(
            object_kind=obj.kind,
            object_id=obj.id,
            source=source,
            target=target.value,
            effective_on=effective_on,
            recorded_at=change.now,
            recorded_by=change.actor.user_id,
            reason=reason,
        )
    )
