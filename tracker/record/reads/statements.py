"""Statements as every page prints them: the words, whose they are, how strong their paper is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Select, and_, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.access import Actor
from tracker.domain.dates import FuzzyDate
from tracker.domain.meetings import MeetingState
from tracker.domain.memoranda import Side
from tracker.domain.releases import Marking
from tracker.domain.statements import (
    LinkKind,
    Modality,
    StatementKind,
    Strength,
    strength_of,
)
from tracker.models import (
    Meeting,
    Organisation,
    Person,
    Post,
    Source,
    Statement,
    StatementLink,
)
from tracker.models.base import Texts
from tracker.models.built_once import built_once
from tracker.models.types import day_in, days_of
from tracker.record.reading import rows, visible, visible_to
from tracker.record.releases import marking

MOST = 200
_APPROVED = (MeetingState.MINUTES_APPROVED, MeetingState.MINUTES_AGREED)


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One statement. `said` is the day of its meeting, else of its source's publication;
    `happened` is the day of what it tells. `post` is the one in which the speaker spoke."""

    id: UUID
    text: Texts
    kind: StatementKind
    modality: Modality | None
    side: Side | None
    marking: Marking
    strength: Strength
    speaker: Texts | None
    post: Texts | None
    organisation: Texts | None
    speaker_id: UUID | None
    post_id: UUID | None
    organisation_id: UUID | None
    meeting_id: UUID | None
    meeting: Texts | None
    source_id: UUID | None
    locator: str
    quotation: Texts
    scope: Texts
    happened: FuzzyDate
    said: FuzzyDate
    never_release: bool
    contradicts_id: UUID | None

    @property
    def said_by(self) -> tuple[Texts, ...]:
        """Name and post, whichever are known; else the body; nobody is an empty tuple."""
        named = tuple(texts for texts in (self.speaker, self.post) if texts)
        return named or ((self.organisation,) if self.organisation else ())


def statements_of(
    session: Session,
    actor: Actor,
    *,
    criterion: ColumnElement[bool],
    limit: int = MOST,
    **values: Any,
) -> list[StatementLine]:
    """The statements that meet the criterion, the newest meetings first, each in its own order.

    `values` are those of the parameters that the criterion leaves open; one that is made once and
    not for each request costs no building of the statement.
    """
    asked = _lines_where(criterion, limit)
    return [_line(row) for row in rows(session, asked, actor, **values)]


@built_once
def _lines_where(criterion: ColumnElement[bool], limit: int) -> Select[*tuple[Any, ...]]:
    said_on = func.coalesce(
        Meeting.__table__.c.held_sort,
        Source.__table__.c.published_sort,
        literal(date.min, Date),
    )
    return (
        select(
            Statement.id,
            Statement.text,
            Statement.statement_kind,
            Statement.modality,
            Statement.side,
            marking(Statement),
            Statement.speaker_person_id,
            Statement.speaker_post_id,
            Statement.speaker_organisation_id,
            Statement.meeting_id,
            Statement.source_id,
            Statement.locator,
            Statement.quotation,
            Statement.scope,
            *days_of(Statement, "happened"),
            Statement.never_release,
            _PERSON.name.label("speaker"),
            _POST.title.label("post"),
            _BODY.name.label("organisation"),
            Meeting.title.label("meeting"),
            Meeting.state.label("meeting_state"),
            *days_of(Meeting, "held"),
            *days_of(Source, "published"),
            _CONTRADICTED,
        )
        .select_from(Statement)
        .outerjoin(_PERSON, and_(_PERSON.id == Statement.speaker_person_id, visible(_PERSON)))
        .outerjoin(_POST, and_(_POST.id == Statement.speaker_post_id, visible(_POST)))
        .outerjoin(_BODY, and_(_BODY.id == Statement.speaker_organisation_id, visible(_BODY)))
        .outerjoin(Meeting, and_(Meeting.id == Statement.meeting_id, visible(Meeting)))
        .outerjoin(Source, and_(Source.id == Statement.source_id, visible(Source)))
        .where(visible(Statement), criterion)
        .order_by(said_on.desc(), Statement.meeting_id, Statement.position, Statement.id)
        .limit(limit)
    )


# Under names of their own, so that a criterion may speak of people, posts and bodies as well.
_PERSON, _POST, _BODY = aliased(Person), aliased(Post), aliased(Organisation)
_OTHER = aliased(Statement)
_CONTRADICTED = (
    select(StatementLink.other_id)
    .join(_OTHER, and_(_OTHER.id == StatementLink.other_id, visible(_OTHER)))
    .where(
        StatementLink.statement_id == Statement.id,
        StatementLink.link_kind == LinkKind.CONTRADICTS,
    )
    .order_by(StatementLink.position, StatementLink.id)
    .limit(1)
    .correlate(Statement)
    .scalar_subquery()
    .label("contradicts_id")
)


def contradicting(actor: Actor, among: ColumnElement[bool]) -> ColumnElement[bool]:
    """Both statements of each pair that contradict one another, where one of them is `among`."""
    here, there = aliased(Statement), aliased(Statement)
    pairs = (
        select(StatementLink)
        .join(here, and_(here.id == StatementLink.statement_id, visible_to(actor, here)))
        .join(there, and_(there.id == StatementLink.other_id, visible_to(actor, there)))
        .where(StatementLink.link_kind == LinkKind.CONTRADICTS)
    )
    of_these = select(Statement.id).where(among)
    pairs = pairs.where(or_(here.id.in_(of_these), there.id.in_(of_these)))
    return or_(
        Statement.id.in_(pairs.with_only_columns(StatementLink.statement_id)),
        Statement.id.in_(pairs.with_only_columns(StatementLink.other_id)),
    )


def conflicts(lines: Sequence[StatementLine]) -> list[tuple[StatementLine, StatementLine]]:
    """The pairs among these lines that say otherwise, each once."""
    by_id = {line.id: line for line in lines}
    return [
        (line, by_id[line.contradicts_id])
        for line in lines
        if line.contradicts_id is not None and line.contradicts_id in by_id
    ]


def _line(row: Any) -> StatementLine:
    held = day_in(row, "held")
    speakers = (row.speaker_person_id, row.speaker_post_id, row.speaker_organisation_id)
    return StatementLine(
        id=row.id,
        text=row.text,
        kind=row.statement_kind,
        modality=row.modality,
        side=row.side,
        marking=row.marking,
        strength=strength_of(
            has_speaker=any(speakers), minutes_approved=row.meeting_state in _APPROVED
        ),
        speaker=row.speaker,
        post=row.post,
        organisation=row.organisation,
        speaker_id=row.speaker_person_id,
        post_id=row.speaker_post_id,
        organisation_id=row.speaker_organisation_id,
        meeting_id=row.meeting_id,
        meeting=row.meeting,
        source_id=row.source_id,
        locator=row.locator,
        quotation=row.quotation,
        scope=row.scope,
        happened=day_in(row, "happened"),
        said=day_in(row, "published") if held.is_unknown else held,
        never_release=row.never_release,
        contradicts_id=row.contradicts_id,
    )
