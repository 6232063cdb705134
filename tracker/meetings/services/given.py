"""What somebody typed of a meeting, before any name in it is looked up."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time

from tracker.domain.access import Level
from tracker.domain.dates import FuzzyDate
from tracker.domain.meetings import MeetingKind, MeetingState
from tracker.domain.naming import Link
from tracker.domain.texts import Texts


@dataclass(frozen=True, slots=True)
class GivenDelegate:
    """Somebody who attended, and the form field that a refusal belongs to."""

    who_field: str
    who: Link
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class GivenAction:
    """Who does what by when."""

    text: str
    owner_field: str = ""
    owner: Link = field(default_factory=Link)
    due: FuzzyDate = field(default_factory=FuzzyDate)


@dataclass(frozen=True, slots=True)
class GivenMeeting:
    """The whole form. `language` is the one in which plain lines were typed."""

    language: str
    title: Texts
    held_on: FuzzyDate = field(default_factory=FuzzyDate)
    kind: MeetingKind = MeetingKind.COURTESY_CALL
    place: Link = field(default_factory=Link)
    filed_under: tuple[tuple[str, Link], ...] = ()
    ours: tuple[GivenDelegate, ...] = ()
    theirs: tuple[GivenDelegate, ...] = ()
    said: str = ""
    decisions: str = ""
    actions: tuple[GivenAction, ...] = ()
    state: MeetingState = MeetingState.HELD
    also_called: Texts = field(default_factory=dict)
    starts_at: time | None = None
    ends_at: time | None = None
    zone: str = ""
    place_note: Texts = field(default_factory=dict)
    source: Link = field(default_factory=Link)
    note: Texts = field(default_factory=dict)
    level: Level = Level.INTERNAL
