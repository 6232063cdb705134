"""The parts a briefing is made of, each a frozen record that carries its own notes.

In every record an empty text, an unknown date or None means "not known", and prints so. `notes`
are refs of `Note`. `inferred` is true when the words are ours and not a source's; `because` then
gives the reason.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from tracker.domain.actions import ActionState
from tracker.domain.bodies import BodyRole
from tracker.domain.dates import FuzzyDate
from tracker.domain.follow_up import Completion, FrameworkState, ObstacleState, ResolutionState
from tracker.domain.meetings import Attendance, DelegationRole, MeetingKind, MeetingState
from tracker.domain.memoranda import CommitmentState, LegalNature, Side, Stage
from tracker.domain.places import PlaceLevel
from tracker.domain.sources import InstrumentKind, SourceKind
from tracker.domain.statements import Modality, StatementKind, Strength
from tracker.domain.texts import Texts
from tracker.domain.ties import Copy

_UNKNOWN_DAY = FuzzyDate.unknown()


def _texts() -> Texts:
    return {}


class Standing(StrEnum):
    """Where somebody stands when the reader enters the room."""

    ACROSS = "across"  # sits opposite at the meetings, whoever he serves
    PARTNER = "partner"  # holds a post on the other party's own side
    COMPANION = "companion"  # comes with us


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A paper or a page; `published` is its own date, never that of what it reports."""

    ref: str
    kind: SourceKind
    publisher: Texts = field(default_factory=_texts)
    title: Texts = field(default_factory=_texts)
    code: str = ""
    published: FuzzyDate = _UNKNOWN_DAY
    published_time: str = ""  # "11:45", in the source's own zone
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One footnote: a source and whoever speaks in it. No speaker means the source's own words."""

    ref: str
    source: str
    speaker: Texts = field(default_factory=_texts)
    post: Texts = field(default_factory=_texts)
    printed_name: str = ""  # when the source prints the name in another form
    strength: Strength = Strength.REPORTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    name: Texts
    level: PlaceLevel | None = None  # None: an organisation
    within: Texts = field(default_factory=_texts)  # its country, where that is worth saying
    side: Side = Side.THEIRS


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody to meet or to bring; a post may have no name, a group has neither."""

    standing: Standing
    name: Texts = field(default_factory=_texts)
    printed_name: str = ""
    post: Texts = field(default_factory=_texts)
    since: FuzzyDate = _UNKNOWN_DAY
    attested: FuzzyDate = _UNKNOWN_DAY  # a day on which the post was held
    group: bool = False
    notes: tuple[str, ...] = ()
    inferred: bool = False
    because: Texts = field(default_factory=_texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Want:
    """An offer, need, request or interest, on the side that has it and by whose account."""

    ref: str = ""  # of the statement it is, which is then not printed a second time
    side: Side
    text: Texts
    kind: StatementKind = StatementKind.NEED
    modality: Modality = Modality.IS
    account_of: Texts = field(default_factory=_texts)  # who says so: a post on that day
    own_account: bool = False  # said by that side itself
    said: FuzzyDate = _UNKNOWN_DAY
    strength: Strength = Strength.REPORTED
    notes: tuple[str, ...] = ()
    inferred: bool = False
    because: Texts = field(default_factory=_texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """Somebody bound himself or the body he speaks for: an offer, a commitment, a resolution."""

    ref: str = ""  # of the statement it is, if it is one
    side: Side | None  # None: neither party, such as an embassy
    by: Texts
    text: Texts
    due: FuzzyDate = _UNKNOWN_DAY
    due_words: Texts = field(default_factory=_texts)
    overdue_days: int | None = None  # the rule of the as-of day; None: not late
    made: FuzzyDate = _UNKNOWN_DAY
    strength: Strength = Strength.REPORTED
    notes: tuple[str, ...] = ()
    inferred: bool = False
    because: Texts = field(default_factory=_texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A talking point or a caution written by staff; what follows from the data is not kept."""

    text: Texts
    by: Texts = field(default_factory=_texts)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """How many of what; equal ends are a number, unequal ones a range."""

    least: Decimal | None = None
    most: Decimal | None = None
    unit: Texts = field(default_factory=_texts)
    undetermined: bool = False  # which ones (cities, roads …) is not settled


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    ref: str
    side: Side  # who is obliged
    obliged: Texts
    text: Texts
    beneficiary: Texts = field(default_factory=_texts)
    emphasis: Texts = field(default_factory=_texts)
    quantity: Quantity | None = None
    value_minor: int | None = None
    currency: str = ""
    due: FuzzyDate = _UNKNOWN_DAY
    clause: str = ""
    in_exchange_for: str = ""  # ref of another commitment of the memorandum
    state: CommitmentState = CommitmentState.RAISED
    overdue_days: int | None = None
    notes: tuple[str, ...] = ()
    inferred: bool = False
    because: Texts = field(default_factory=_texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A stage or state reached, and when it took effect."""

    stage: Stage
    on: FuzzyDate = _UNKNOWN_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Memorandum:
    ref: str
    title: Texts
    stage: Stage
    subject: Texts = field(default_factory=_texts)
    reference: str = ""
    parties: tuple[Party, ...] = ()
    path: tuple[Step, ...] = ()
    nature: LegalNature = LegalNature.UNKNOWN
    signed_copy: Copy = Copy.UNKNOWN
    signatory_theirs: Texts = field(default_factory=_texts)
    scope: Quantity | None = None
    proposed: FuzzyDate = _UNKNOWN_DAY
    signed: FuzzyDate = _UNKNOWN_DAY
    ends: FuzzyDate = _UNKNOWN_DAY
    commitments: tuple[Commitment, ...] = ()
    notes: tuple[str, ...] = ()
    inferred: bool = False  # that it belongs to this tie
    because: Texts = field(default_factory=_texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """The clause of a paper that the tie rests on."""

    title: Texts
    kind: InstrumentKind = InstrumentKind.OTHER
    number: str = ""
    dated: FuzzyDate = _UNKNOWN_DAY
    clause: str = ""
    clause_subject: Texts = field(default_factory=_texts)
    copy: Copy = Copy.UNKNOWN
    notes: tuple[str, ...] = ()
    inferred: bool = False
    because: Texts = field(default_factory=_texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What an organisation is to the tie: its channel, agent, host."""

    role: BodyRole
    name: Texts
    notes: tuple[str, ...] = ()
    inferred: bool = False
    because: Texts = field(default_factory=_texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Past work: something built or done; `words` keep a date that is only a word."""

    text: Texts
    when: FuzzyDate = _UNKNOWN_DAY
    words: Texts = field(default_factory=_texts)
    notes: tuple[str, ...] = ()
    inferred: bool = False
    because: Texts = field(default_factory=_texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendee:
    side: Side
    name: Texts = field(default_factory=_texts)
    post: Texts = field(default_factory=_texts)
    group: bool = False
    role: DelegationRole = DelegationRole.MEMBER
    attendance: Attendance = Attendance.PRESENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    ref: str
    title: Texts
    kind: MeetingKind | None = None
    also_called: Texts = field(default_factory=_texts)
    state: MeetingState = MeetingState.HELD
    held: FuzzyDate = _UNKNOWN_DAY
    place: Texts = field(default_factory=_texts)
    attendees: tuple[Attendee, ...] = ()
    decisions: tuple[Texts, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    text: Texts
    on: FuzzyDate = _UNKNOWN_DAY
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    ref: str
    title: Texts
    state: ObstacleState = ObstacleState.OPEN
    blocks: Texts = field(default_factory=_texts)
    lifter: Texts = field(default_factory=_texts)  # post or body that can lift it
    lifter_unnamed: bool = False  # a post whose holder is not known
    commitment: Texts = field(default_factory=_texts)  # what our side has offered to do
    since: FuzzyDate = _UNKNOWN_DAY
    log: tuple[LogEntry, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    ref: str
    text: Texts
    state: ActionState = ActionState.OPEN
    side: Side = Side.OURS
    owners: tuple[Texts, ...] = ()
    depends_on: tuple[Texts, ...] = ()  # bodies or people whose help it needs
    due: FuzzyDate = _UNKNOWN_DAY
    due_words: Texts = field(default_factory=_texts)
    overdue_days: int | None = None
    blocked_by: Texts = field(default_factory=_texts)
    agreed: FuzzyDate = _UNKNOWN_DAY  # when it was taken on
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """What a council ordered, and the event it ordered, however often it is mentioned."""

    title: Texts
    issuer: Texts = field(default_factory=_texts)
    term: Texts = field(default_factory=_texts)
    owner: Texts = field(default_factory=_texts)
    help_from: Texts = field(default_factory=_texts)
    event: Texts = field(default_factory=_texts)
    event_on: FuzzyDate = _UNKNOWN_DAY
    report_due: FuzzyDate = _UNKNOWN_DAY
    overdue_days: int | None = None
    completion: Completion | None = None
    issued: FuzzyDate = _UNKNOWN_DAY
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    title: Texts
    issuer: Texts = field(default_factory=_texts)
    number: str = ""
    passed: FuzzyDate = _UNKNOWN_DAY
    state: ResolutionState | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    title: Texts
    issuer: Texts = field(default_factory=_texts)
    state: FrameworkState | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    ref: str
    text: Texts
    kind: StatementKind = StatementKind.NOTE
    modality: Modality = Modality.IS
    speaker: Texts = field(default_factory=_texts)  # short: the post on that day, else the name
    said: FuzzyDate = _UNKNOWN_DAY
    strength: Strength = Strength.REPORTED
    disputes: tuple[str, ...] = ()  # refs of statements that say otherwise
    internal_only: bool = False  # an assessment of third parties: never releasable
    notes: tuple[str, ...] = ()
    inferred: bool = False
    because: Texts = field(default_factory=_texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inference:
    """Words that no source says, with the reason they are printed all the same."""

    text: Texts
    because: Texts = field(default_factory=_texts)
    notes: tuple[str, ...] = ()
