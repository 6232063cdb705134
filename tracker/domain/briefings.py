"""What a briefing prints: frozen facts, the one contract between the record and the paper.

The preview, the PDF, the JSON beside them and the file attached to the PDF are all made from one
`Briefing`. Its canonical bytes are its identity: the same facts have the same `digest`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from tracker.domain.access import Level
from tracker.domain.briefing_parts import (
    Action,
    Attendee,
    Basis,
    Body,
    Commitment,
    Deed,
    Framework,
    Inference,
    LogEntry,
    Mandate,
    Meeting,
    Memorandum,
    Note,
    Obstacle,
    Party,
    Person,
    Point,
    Promise,
    Quantity,
    Resolution,
    Source,
    Standing,
    Statement,
    Step,
    Want,
)
from tracker.domain.dates import FuzzyDate
from tracker.domain.records import made, plain
from tracker.domain.texts import Texts
from tracker.domain.ties import Copy, TieKind, TieState

__all__ = [
    "SCHEMA",
    "Action",
    "Attendee",
    "Basis",
    "Body",
    "Briefing",
    "BriefingKind",
    "Commitment",
    "Deed",
    "FactsRefused",
    "Framework",
    "Head",
    "Inference",
    "LogEntry",
    "Mandate",
    "Meeting",
    "Memorandum",
    "Note",
    "Obstacle",
    "Party",
    "Person",
    "Point",
    "Promise",
    "Quantity",
    "Resolution",
    "Source",
    "Standing",
    "Statement",
    "Step",
    "TieBody",
    "Want",
    "canonical",
    "digest",
    "from_json",
    "to_json",
]

SCHEMA = 1

_UNKNOWN_DAY = FuzzyDate.unknown()


def _texts() -> Texts:
    return {}


class BriefingKind(StrEnum):
    TIE = "tie"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The letter-head and what stands under it; city words come from the city's profile."""

    kind: BriefingKind
    subject: str  # id of the object
    city: Texts
    invocation: Texts = field(default_factory=_texts)
    title: Texts = field(default_factory=_texts)  # empty: made of the parties
    level: Level = Level.INTERNAL  # the highest of what is printed
    edition_for: Texts = field(default_factory=_texts)  # a partner; empty: for ourselves
    as_of: date
    recorded_until: datetime  # the last change the facts rest on, never the clock
    serial: str = ""  # of an issued briefing; a reading copy has none
    checked_by: Texts = field(default_factory=_texts)
    checked_on: FuzzyDate = _UNKNOWN_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class TieBody:
    kind: TieKind
    state: TieState
    parties: tuple[Party, ...]
    since: FuzzyDate = _UNKNOWN_DAY
    agreement: Copy = Copy.UNKNOWN
    notes: tuple[str, ...] = ()
    basis: tuple[Basis, ...] = ()
    bodies: tuple[Body, ...] = ()
    past_work: tuple[Deed, ...] = ()
    people: tuple[Person, ...] = ()
    wants: tuple[Want, ...] = ()
    promises: tuple[Promise, ...] = ()
    points: tuple[Point, ...] = ()
    cautions: tuple[Point, ...] = ()
    memoranda: tuple[Memorandum, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()
    actions: tuple[Action, ...] = ()
    mandates: tuple[Mandate, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    frameworks: tuple[Framework, ...] = ()
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    head: Head
    body: TieBody
    sources: tuple[Source, ...] = ()
    notes: tuple[Note, ...] = ()
    unknowns: tuple[Texts, ...] = ()  # beyond those that the empty fields themselves tell
    inferences: tuple[Inference, ...] = ()  # beyond those marked where they stand
    withheld: int | None = 0  # None: not told


class FactsRefused(ValueError):
    """The JSON is not a briefing of this schema."""


def to_json(briefing: Briefing) -> dict[str, Any]:
    return {"schema": SCHEMA, **plain(briefing)}


def canonical(briefing: Briefing) -> bytes:
    """Sorted keys, UTF-8, no spaces: the bytes that are attached, hashed and compared."""
    return json.dumps(
        to_json(briefing), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()


def digest(briefing: Briefing) -> str:
    return hashlib.sha256(canonical(briefing)).hexdigest()


def from_json(data: Mapping[str, Any] | bytes | str) -> Briefing:
    try:
        given = json.loads(data) if isinstance(data, bytes | str) else dict(data)
        if given.pop("schema") != SCHEMA:
            raise FactsRefused("unknown schema")
        briefing: Briefing = made(Briefing, given)
    except (KeyError, TypeError, AttributeError, ArithmeticError, ValueError) as error:
        raise FactsRefused(str(error)) from error
    return briefing
