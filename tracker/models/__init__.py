"""What is stored. Importing this package imports every table, so that metadata is complete."""

from __future__ import annotations

from tracker.models.actions import Action, ActionOwner
from tracker.models.base import Base, Part, Recorded
from tracker.models.follow_up import (
    Framework,
    Mandate,
    Obstacle,
    ObstacleStep,
    Resolution,
    Term,
)
from tracker.models.meetings import Attendee, Decision, Meeting
from tracker.models.memoranda import (
    Commitment,
    Memorandum,
    MemorandumParty,
    MemorandumPlace,
)
from tracker.models.people import Involvement, Organisation, Person, Post, Tenure
from tracker.models.places import Place
from tracker.models.registers import AuditEntry, SearchEntry, Translation
from tracker.models.sources import Citation, Clause, Instrument, InstrumentParty, Source
from tracker.models.statements import Filing, Statement, StatementLink, StatementPlace
from tracker.models.ties import StateChange, Tie, TieParty

__all__ = [
    "Action",
    "ActionOwner",
    "Attendee",
    "AuditEntry",
    "Base",
    "Citation",
    "Clause",
    "Commitment",
    "Decision",
    "Filing",
    "Framework",
    "Instrument",
    "InstrumentParty",
    "Involvement",
    "Mandate",
    "Meeting",
    "Memorandum",
    "MemorandumParty",
    "MemorandumPlace",
    "Obstacle",
    "ObstacleStep",
    "Organisation",
    "Part",
    "Person",
    "Place",
    "Post",
    "Recorded",
    "Resolution",
    "SearchEntry",
    "Source",
    "StateChange",
    "Statement",
    "StatementLink",
    "StatementPlace",
    "Tenure",
    "Term",
    "Tie",
    "TieParty",
    "Translation",
]
