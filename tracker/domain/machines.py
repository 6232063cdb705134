"""A state machine is a table of moves; services execute it, templates draw buttons from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from tracker.domain.access import Actor, Permission
from tracker.domain.errors import RuleBroken

State = TypeVar("State", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Move(Generic[State]):
    """One allowed step. `needs` names what must be given with it (a reason, evidence …)."""

    name: str
    source: State
    target: State
    permission: Permission = Permission.RECORD
    needs: tuple[str, ...] = ()


def moves_from(
    moves: Iterable[Move[State]], state: State, actor: Actor
) -> tuple[Move[State], ...]:
    """The steps that this actor may take from this state, in the order of the table."""
    return tuple(m for m in moves if m.source == state and actor.can(m.permission))


def find_move(moves: Iterable[Move[State]], name: str, state: State, actor: Actor) -> Move[State]:
    """The step of that name, or a refusal that says why it cannot be taken."""
    named = [m for m in moves if m.name == name]
    if not named:
        raise RuleBroken("There is no such step.")
    for move in named:
        if move.source == state:
            if not actor.can(move.permission):
                raise RuleBroken("Your role does not take this step.")
            return move
    raise RuleBroken("This step cannot be taken from the present state.")
