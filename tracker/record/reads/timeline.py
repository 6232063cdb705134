"""What happened and what is to come, in the order of a page's history: the latest on top."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from tracker.domain.dates import FuzzyDate
from tracker.domain.meetings import NOT_HELD, MeetingState
from tracker.domain.texts import Texts
from tracker.models import Meeting
from tracker.record.reads.filed import Item
from tracker.record.reads.shapes import StepPart


@dataclass(frozen=True, slots=True)
class Event:
    """A meeting, by its title, or a change of state, by the state that was reached."""

    on: FuzzyDate
    title: Texts | None = None
    id: UUID | None = None
    state: StrEnum | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """`ahead` stands above the line of today, the nearest next to it; `past` below, the latest
    first; what has no date is the last of them."""

    ahead: tuple[Event, ...]
    past: tuple[Event, ...]


def timeline(
    items: Iterable[Item], steps: Iterable[StepPart], states: type[StrEnum], today: date
) -> Timeline:
    """The history of an object as of a day: its meetings, and the states it has had."""
    ahead: list[Event] = []
    past: list[Event] = []
    for item in items:
        if item.kind != Meeting.kind or item.state is MeetingState.CANCELLED:
            continue
        # One that was planned for a day that has passed is no longer ahead.
        to_come = item.state in NOT_HELD and (item.on.last is None or item.on.last >= today)
        event = Event(item.on, item.title, item.id, item.state)
        (ahead if to_come else past).append(event)
    # Of two on one day, the step that was recorded later stands above.
    past += (
        Event(step.on, state=states(step.target), reason=step.reason)
        for step in reversed(tuple(steps))
    )
    return Timeline(
        tuple(sorted(ahead, key=lambda event: event.on.sort, reverse=True)),
        tuple(sorted(past, key=lambda event: event.on.sort, reverse=True)),
    )


def last_contact(items: Iterable[Item]) -> FuzzyDate | None:
    """The day of the latest meeting that was held; None without one."""
    held = [item.on for item in items if item.kind == Meeting.kind and item.state not in NOT_HELD]
    return max(held, key=lambda on: on.sort, default=None)
