"""What is stored. Importing this package imports every table, so that metadata is complete."""

from __future__ import annotations

from tracker.models.actions import Action, ActionOwner
from tracker.models.administration import AccountLink, FactorReset, RoleLimits, SignInLock
from tracker.models.base import Base, Part, Recorded
from tracker.models.documents import Document, DocumentHolder, DocumentVersion
from tracker.models.factors import PasskeyChallenge, RecoveryCode, RememberedDevice
from tracker.models.follow_up import (
    Framework,
    Mandate,
    Obstacle,
    ObstacleStep,
    Resolution,
    Term,
)
from tracker.models.levels import LevelProposal
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
from tracker.models.releases import Release
from tracker.models.removals import DestroyedObject, DestructionProposal, RetentionRule
from tracker.models.sources import Citation, Clause, Instrument, InstrumentParty, Source
from tracker.models.statements import Filing, Statement, StatementLink, StatementPlace
from tracker.models.ties import StateChange, Tie, TieParty

__all__ = [
    "AccountLink",
    "Action",
    "ActionOwner",
    "Attendee",
    "AuditEntry",
    "Base",
    "Citation",
    "Clause",
    "Commitment",
    "Decision",
    "DestroyedObject",
    "DestructionProposal",
    "Document",
    "DocumentHolder",
    "DocumentVersion",
    "FactorReset",
    "Filing",
    "Framework",
    "Instrument",
    "InstrumentParty",
    "Involvement",
    "LevelProposal",
    "Mandate",
    "Meeting",
    "Memorandum",
    "MemorandumParty",
    "MemorandumPlace",
    "Obstacle",
    "ObstacleStep",
    "Organisation",
    "Part",
    "PasskeyChallenge",
    "Person",
    "Place",
    "Post",
    "Recorded",
    "RecoveryCode",
    "Release",
    "RememberedDevice",
    "Resolution",
    "RetentionRule",
    "RoleLimits",
    "SearchEntry",
    "SignInLock",
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
