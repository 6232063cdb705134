"""The line below a result or a suggestion, for objects of any kind, in one statement.

Each kind gives the same columns: a text or two, a word of a vocabulary, a code, three days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    CompoundSelect,
    Date,
    Select,
    String,
    Uuid,
    and_,
    bindparam,
    case,
    cast,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from tracker.domain.access import Actor
from tracker.domain.actions import ActionState
from tracker.domain.bodies import OrganisationKind
from tracker.domain.dates import FuzzyDate
from tracker.domain.follow_up import ObstacleState, ResolutionState
from tracker.domain.meetings import MeetingKind
from tracker.domain.memoranda import CommitmentState, Stage
from tracker.domain.places import PlaceLevel
from tracker.domain.sources import InstrumentKind, SourceKind
from tracker.domain.statements import StatementKind
from tracker.domain.tenures import is_held, tenure_order
from tracker.domain.ties import TieKind
from tracker.models import (
    Action,
    Clause,
    Commitment,
    Instrument,
    Meeting,
    Memorandum,
    Obstacle,
    Organisation,
    Person,
    Place,
    Post,
    Resolution,
    Source,
    Statement,
    Tenure,
    Tie,
)
from tracker.models.base import Texts
from tracker.models.built_once import built_once
from tracker.record.reading import rows, visible


@dataclass(frozen=True, slots=True)
class Detail:
    """What stands below a title: names of other objects, a word, a code, a day, if it has any."""

    texts: tuple[Texts, ...] = ()
    word: StrEnum | None = None
    code: str = ""
    on: FuzzyDate | None = None


NOTHING = Detail()

_NO_TEXT = cast(null(), JSON)
_NO_WORD = cast(null(), String)
_NO_DAY = cast(null(), Date)

# The vocabulary that the word of a kind is from.
_WORDS: dict[str, type[StrEnum]] = {
    Place.kind: PlaceLevel,
    Organisation.kind: OrganisationKind,
    Tie.kind: TieKind,
    Memorandum.kind: Stage,
    Commitment.kind: CommitmentState,
    Meeting.kind: MeetingKind,
    Action.kind: ActionState,
    Statement.kind: StatementKind,
    Source.kind: SourceKind,
    Instrument.kind: InstrumentKind,
    Obstacle.kind: ObstacleState,
    Resolution.kind: ResolutionState,
}


def details(
    session: Session, actor: Actor, ids: Mapping[str, Iterable[UUID]], today: date
) -> dict[UUID, Detail]:
    """What stands below each object; `ids` are given by kind, and seen already by the reader."""
    kinds = tuple(sorted(kind for kind in ids if kind in _SELECTS))
    if not kinds:
        return {}
    wanted = {f"{kind}_ids": list(ids[kind]) for kind in kinds}
    by_object: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows(session, _statement(kinds), actor, **wanted):
        by_object[row.id].append(row)
    return {object_id: _detail(rows, today) for object_id, rows in by_object.items()}


@built_once
def _statement(kinds: tuple[str, ...]) -> CompoundSelect[Any]:
    return union_all(*(_SELECTS[kind]() for kind in kinds))


def _detail(rows: list[Any], today: date) -> Detail:
    row = rows[0]
    if row.kind == Person.kind:
        return _post_of(rows, today)
    day = FuzzyDate(row.first, row.last, row.raw or "")
    return Detail(
        texts=tuple(texts for texts in (row.text, row.more) if texts),
        word=_WORDS[row.kind](row.word) if row.word else None,
        code=row.code or "",
        on=day if row.raw is not None else None,
    )


def _post_of(rows: list[Any], today: date) -> Detail:
    """Of a person's posts the present one, else the latest."""

    def since_until(row: Any) -> tuple[FuzzyDate, FuzzyDate]:
        return FuzzyDate(row.first), FuzzyDate(None, row.last)

    def order(row: Any) -> tuple[bool, tuple[date, date, date]]:
        since, until = since_until(row)
        return is_held(since, until, today), tenure_order(since, until, FuzzyDate())

    best = max((row for row in rows if row.text), key=order, default=None)
    return NOTHING if best is None else Detail(texts=(best.text,))


def _columns(
    model: Any,
    *,
    text: Any = _NO_TEXT,
    more: Any = _NO_TEXT,
    word: Any = _NO_WORD,
    code: Any = _NO_WORD,
    day: str = "",
    first: Any = _NO_DAY,
    last: Any = _NO_DAY,
) -> Select[Any]:
    raw: Any = _NO_WORD
    if day:
        first, last, raw = (getattr(model, f"{day}_{end}") for end in ("first", "last", "raw"))
    columns = (
        literal(model.kind).label("kind"),
        model.id.label("id"),
        type_coerce(text, JSON).label("text"),
        type_coerce(more, JSON).label("more"),
        type_coerce(word, String).label("word"),
        type_coerce(code, String).label("code"),
        first.label("first"),
        last.label("last"),
        type_coerce(raw, String).label("raw"),
    )
    ids = bindparam(f"{model.kind}_ids", type_=Uuid(), expanding=True)
    return select(*columns).select_from(model).where(model.id.in_(ids))


def _seen(model: Any, id_: Any) -> Any:
    """The condition of an outer join to an object that the reader may see."""
    return and_(model.id == id_, visible(model))


def _people() -> Select[Any]:
    held: Any = Tenure
    return (
        _columns(Person, text=Post.title, first=held.since_first, last=held.until_last)
        .join(Tenure, Tenure.person_id == Person.id)
        .join(Post, _seen(Post, Tenure.post_id))
    )


def _posts() -> Select[Any]:
    return _columns(Post, text=Organisation.name).outerjoin(
        Organisation, _seen(Organisation, Post.organisation_id)
    )


_ABOVE = [aliased(Place) for _ in range(4)]


def _places() -> Select[Any]:
    """The country, however many steps up (places nest five deep), else whatever is next above."""
    country = case(
        *((place.place_level == PlaceLevel.COUNTRY, place.name) for place in _ABOVE),
        else_=_ABOVE[0].name,
    )
    statement = _columns(Place, text=country, word=Place.place_level)
    below: Any = Place
    for place in _ABOVE:
        statement = statement.outerjoin(place, _seen(place, below.parent_id))
        below = place
    return statement


def _bodies() -> Select[Any]:
    return _columns(Organisation, text=Place.name, word=Organisation.organisation_kind).outerjoin(
        Place, _seen(Place, Organisation.place_id)
    )


def _ties() -> Select[Any]:
    return _columns(Tie, word=Tie.tie_kind)


def _memoranda() -> Select[Any]:
    return _columns(Memorandum, word=Memorandum.stage, code=Memorandum.reference_no)


def _commitments() -> Select[Any]:
    return _columns(Commitment, text=Memorandum.title, word=Commitment.state).outerjoin(
        Memorandum, _seen(Memorandum, Commitment.memorandum_id)
    )


def _meetings() -> Select[Any]:
    return _columns(
        Meeting,
        word=Meeting.meeting_kind,
        day="held",
    )


def _actions() -> Select[Any]:
    return _columns(
        Action,
        word=Action.state,
        day="due",
    )


def _statements() -> Select[Any]:
    return (
        _columns(Statement, text=Person.name, more=Post.title, word=Statement.statement_kind)
        .outerjoin(Person, _seen(Person, Statement.speaker_person_id))
        .outerjoin(Post, _seen(Post, Statement.speaker_post_id))
    )


def _sources() -> Select[Any]:
    return _columns(
        Source,
        text=Organisation.name,
        word=Source.source_kind,
        code=Source.code,
        day="published",
    ).outerjoin(Organisation, _seen(Organisation, Source.publisher_id))


def _instruments() -> Select[Any]:
    return _columns(
        Instrument,
        word=Instrument.instrument_kind,
        code=Instrument.number,
        day="dated",
    )


def _clauses() -> Select[Any]:
    return _columns(Clause, text=Instrument.title, code=Clause.number).outerjoin(
        Instrument, _seen(Instrument, Clause.instrument_id)
    )


def _obstacles() -> Select[Any]:
    return _columns(Obstacle, word=Obstacle.state)


def _resolutions() -> Select[Any]:
    return _columns(
        Resolution, text=Organisation.name, word=Resolution.state, code=Resolution.number
    ).outerjoin(Organisation, _seen(Organisation, Resolution.issuer_id))


_SELECTS = {
    Person.kind: _people,
    Post.kind: _posts,
    Place.kind: _places,
    Organisation.kind: _bodies,
    Tie.kind: _ties,
    Memorandum.kind: _memoranda,
    Commitment.kind: _commitments,
    Meeting.kind: _meetings,
    Action.kind: _actions,
    Statement.kind: _statements,
    Source.kind: _sources,
    Instrument.kind: _instruments,
    Clause.kind: _clauses,
    Obstacle.kind: _obstacles,
    Resolution.kind: _resolutions,
}
