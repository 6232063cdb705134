"""What the forms say of mandates, resolutions, policy frameworks and terms of office."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tracker.domain.access import Level
from tracker.domain.dates import FuzzyDate
from tracker.domain.follow_up import Completion, FrameworkState, ResolutionState
from tracker.domain.naming import Link
from tracker.domain.texts import Texts
from tracker.record.filings import GivenFiling
from tracker.record.involvements import GivenBody


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What every one of these forms says, in the language of the page."""

    level: Level
    language: str
    version: int | None = None
    submission: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenMandate(Given):
    title: Texts
    text: Texts
    issuer: Link
    owner: Link
    help_from: Link
    term: Link
    resolution: Link
    event: Link
    filed_under: tuple[GivenFiling, ...]
    source: Link
    issued_on: FuzzyDate
    due: FuzzyDate
    completion: Completion | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenResolution(Given):
    title: Texts
    issuer: Link
    number: str
    adopted_on: FuzzyDate
    state: ResolutionState
    term: Link
    source: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenFramework(Given):
    title: Texts
    principle: Texts
    owner: Link
    state: FrameworkState
    state_on: FuzzyDate
    term: Link
    source: Link
    bodies: tuple[GivenBody, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenTerm(Given):
    name: Texts
    organisation: Link
    number: int | None
    since: FuzzyDate
    until: FuzzyDate
