"""Everything recorded around one tie, loaded in a constant number of queries.

As-of means the facts' own dates: what is dated after the day is left out, what has no date is
kept, and an upper bound counts as its date. What the reader may not see is left out and counted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from tracker import record
from tracker.briefings.facts.readers import Reader
from tracker.domain.errors import RuleBroken
from tracker.models import (
    Action,
    ActionOwner,
    Attendee,
    Citation,
    Clause,
    Commitment,
    Decision,
    Filing,
    Framework,
    Instrument,
    Involvement,
    Mandate,
    Meeting,
    Memorandum,
    MemorandumParty,
    Obstacle,
    ObstacleStep,
    Organisation,
    Part,
    Person,
    Place,
    Post,
    Recorded,
    Resolution,
    Source,
    StateChange,
    Statement,
    StatementLink,
    StatementPlace,
    Term,
    Tie,
    TieParty,
)

Model = TypeVar("Model", bound=Recorded)
Row = TypeVar("Row", bound=Part)


@dataclass(slots=True)
class Dossier:
    """The records of one tie that the reader may see, and how many there are beyond those."""

    tie: Tie
    as_of: date
    parties: list[TieParty] = field(default_factory=list)
    memoranda: list[Memorandum] = field(default_factory=list)
    memorandum_parties: list[MemorandumParty] = field(default_factory=list)
    commitments: list[Commitment] = field(default_factory=list)
    filings: list[Filing] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    attendees: list[Attendee] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    links: list[StatementLink] = field(default_factory=list)
    places_said: list[StatementPlace] = field(default_factory=list)
    obstacles: list[Obstacle] = field(default_factory=list)
    steps: list[ObstacleStep] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    owners: list[ActionOwner] = field(default_factory=list)
    mandates: list[Mandate] = field(default_factory=list)
    events: dict[UUID, Meeting] = field(default_factory=dict)
    resolutions: list[Resolution] = field(default_factory=list)
    frameworks: list[Framework] = field(default_factory=list)
    terms: dict[UUID, Term] = field(default_factory=dict)
    instruments: dict[UUID, Instrument] = field(default_factory=dict)
    clauses: dict[UUID, Clause] = field(default_factory=dict)
    involvements: list[Involvement] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    changes: list[StateChange] = field(default_factory=list)
    sources: dict[UUID, Source] = field(default_factory=dict)
    withheld: set[UUID] = field(default_factory=set)

    def recorded(self) -> list[Recorded]:
        """Every object that the briefing rests on."""
        return [
            self.tie,
            *self.memoranda,
            *self.commitments,
            *self.meetings,
            *self.statements,
            *self.obstacles,
            *self.actions,
            *self.mandates,
            *self.resolutions,
            *self.frameworks,
        ]

    def cited(self, object_id: UUID, *fields: str) -> list[Citation]:
        """The citations of an object: of these fields and of the whole; of all when none given."""
        return [
            citation
            for citation in self.citations
            if citation.object_id == object_id and (not fields or citation.field in ("", *fields))
        ]


class Loader:
    """Runs the queries of a dossier for one reader and one day."""

    def __init__(self, session: Session, reader: Reader, as_of: date) -> None:
        self.session = session
        self.reader = reader
        self.as_of = as_of

    def load(self, tie_id: UUID) -> Dossier:
        tie = self._tie(tie_id)
        d = Dossier(tie, self.as_of)
        d.parties = self._parts(TieParty, TieParty.tie_id, [tie.id])
        self._memoranda(d)
        self._meetings(d)
        self._statements(d)
        self._follow_up(d)
        self._papers(d)
        self._grounds(d)
        return d

    def _tie(self, tie_id: UUID) -> Tie:
        """The tie; refused in words when it may be seen but is not for the partner."""
        tie = record.get_visible(self.session, self.reader.actor, Tie, tie_id)
        own = select(Tie.id).where(Tie.id == tie_id, self.reader.may_see(Tie))
        if self.reader.partner is not None and self.session.scalar(own) is None:
            raise RuleBroken(
                "The tie, as it stands now, is neither public nor released to this organisation "
                "in this language, so there is no edition for it."
            )
        return tie

    def _memoranda(self, d: Dossier) -> None:
        held = self._filed("memorandum", [d.tie.id])
        d.memoranda = self._seen(d, Memorandum, Memorandum.id.in_(held), "staged")
        ids = _ids(d.memoranda)
        d.memorandum_parties = self._parts(MemorandumParty, MemorandumParty.memorandum_id, ids)
        d.commitments = self._seen(d, Commitment, Commitment.memorandum_id.in_(ids))
        d.commitments.sort(key=lambda commitment: commitment.position)

    def _meetings(self, d: Dossier) -> None:
        held = self._filed("meeting", self._subjects(d))
        d.meetings = self._seen(d, Meeting, Meeting.id.in_(held), "held")
        d.meetings.sort(key=lambda meeting: (meeting.held_on.sort, meeting.id), reverse=True)
        ids = _ids(d.meetings)
        d.attendees = self._parts(Attendee, Attendee.meeting_id, ids)
        d.decisions = self._parts(Decision, Decision.meeting_id, ids)

    def _statements(self, d: Dossier) -> None:
        filed = self._filed("statement", self._subjects(d))
        d.statements = self._seen(
            d,
            Statement,
            or_(Statement.meeting_id.in_(_ids(d.meetings)), Statement.id.in_(filed)),
            "happened",
        )
        ids = _ids(d.statements)
        d.links = list(
            self.session.scalars(
                select(StatementLink).where(
                    or_(StatementLink.statement_id.in_(ids), StatementLink.other_id.in_(ids))
                )
            )
        )
        # Another account of the same thing belongs beside it, wherever it was recorded.
        beyond = {
            end
            for link in d.links
            if link.link_kind == "contradicts"
            for end in (link.statement_id, link.other_id)
        } - set(ids)
        if beyond:
            d.statements += self._seen(d, Statement, Statement.id.in_(beyond), "happened")
        told = set(_ids(d.statements))
        d.links = [link for link in d.links if {link.statement_id, link.other_id} <= told]
        d.statements.sort(key=lambda statement: statement.position)
        d.places_said = self._parts(
            StatementPlace, StatementPlace.statement_id, _ids(d.statements)
        )

    def _follow_up(self, d: Dossier) -> None:
        subjects, meetings = self._subjects(d), _ids(d.meetings)
        d.obstacles = self._seen(
            d, Obstacle, Obstacle.id.in_(self._filed("obstacle", subjects)), "since"
        )
        obstacles = _ids(d.obstacles)
        d.steps = self._parts(ObstacleStep, ObstacleStep.obstacle_id, obstacles)
        d.actions = self._seen(
            d,
            Action,
            or_(
                Action.meeting_id.in_(meetings),
                Action.obstacle_id.in_(obstacles),
                Action.id.in_(self._filed("action", subjects)),
            ),
        )
        d.actions.sort(key=lambda action: (action.position, action.id))
        d.owners = self._parts(ActionOwner, ActionOwner.action_id, _ids(d.actions))
        self._council(d)

    def _council(self, d: Dossier) -> None:
        told_in = {s.source_id for s in d.statements if s.source_id}
        told_in |= {m.source_id for m in d.meetings if m.source_id}
        ordered = {action.mandate_id for action in d.actions if action.mandate_id}
        filed = self._filed("mandate", self._subjects(d))
        d.mandates = self._seen(
            d, Mandate, or_(Mandate.id.in_(ordered), Mandate.id.in_(filed)), "issued"
        )
        adopted = {mandate.resolution_id for mandate in d.mandates if mandate.resolution_id}
        d.resolutions = self._seen(d, Resolution, Resolution.id.in_(adopted), "adopted")
        d.frameworks = self._seen(d, Framework, Framework.source_id.in_(told_in))
        d.terms = self._by_id(Term, (mandate.term_id for mandate in d.mandates))
        d.events = self._by_id(Meeting, (mandate.event_id for mandate in d.mandates))

    def _papers(self, d: Dossier) -> None:
        d.clauses = self._by_id(Clause, [d.tie.basis_clause_id])
        d.instruments = self._by_id(
            Instrument,
            [d.tie.agreement_id, *(clause.instrument_id for clause in d.clauses.values())],
        )
        d.involvements = self._involvements([*self._subjects(d), *_ids(d.frameworks)])

    def _grounds(self, d: Dossier) -> None:
        ids = [obj.id for obj in d.recorded()]
        ids += [*d.clauses, *d.instruments]
        d.citations = self._citations(ids, _named(d))
        d.filings = list(
            self.session.scalars(
                select(Filing).where(
                    Filing.holder_id.in_(ids), Filing.object_id.in_(self._subjects(d))
                )
            )
        )
        took_effect = StateChange.__table__.c.effective_sort
        d.changes = list(
            self.session.scalars(
                select(StateChange)
                .where(
                    StateChange.object_id.in_(ids),
                    took_effect <= self.as_of,
                )
                .order_by(took_effect, StateChange.recorded_at)
            )
        )
        d.sources = self._by_id(
            Source,
            [
                *(statement.source_id for statement in d.statements),
                *(meeting.source_id for meeting in d.meetings),
                *(citation.source_id for citation in d.citations),
                *(mandate.source_id for mandate in d.mandates),
                *(resolution.source_id for resolution in d.resolutions),
                *(framework.source_id for framework in d.frameworks),
            ],
        )

    def _involvements(self, ids: Collection[UUID]) -> list[Involvement]:
        """Of the bodies that stand by these, those that the reader may see: what is said of why
        another one does is not for the reader either."""
        bodies: tuple[tuple[type[Recorded], Any], ...] = (
            (Organisation, Involvement.organisation_id),
            (Post, Involvement.post_id),
            (Person, Involvement.person_id),
        )
        seen = or_(*(body.in_(self._visible(model)) for model, body in bodies))
        return list(
            self.session.scalars(
                select(Involvement)
                .where(Involvement.object_id.in_(ids), seen)
                .order_by(Involvement.position, Involvement.id)
            )
        )

    def _citations(self, ids: Collection[UUID], named: Collection[UUID]) -> list[Citation]:
        """What these objects rest on, and the names among `named` that the reader may see. What
        was read into a source, and why, tells of the source."""
        of_names = and_(
            Citation.object_id.in_(named),
            or_(*(Citation.object_id.in_(self._visible(model)) for model in (Person, Place))),
        )
        return list(
            self.session.scalars(
                select(Citation)
                .where(
                    or_(Citation.object_id.in_(ids), of_names),
                    self._none_or_seen(Citation.source_id, Source),
                    self._none_or_seen(Citation.statement_id, Statement),
                )
                .order_by(Citation.position, Citation.id)
            )
        )

    def _none_or_seen(self, column: Any, model: type[Recorded]) -> ColumnElement[bool]:
        return or_(column.is_(None), column.in_(self._visible(model)))

    def _visible(self, model: type[Recorded]) -> Any:
        return select(model.id).where(self.reader.may_see(model))

    def _subjects(self, d: Dossier) -> list[UUID]:
        return [d.tie.id, *_ids(d.memoranda)]

    def _filed(self, holder_kind: str, objects: Collection[UUID]) -> Any:
        return select(Filing.holder_id).where(
            Filing.object_id.in_(objects), Filing.holder_kind == holder_kind
        )

    def _seen(
        self, d: Dossier, model: type[Model], criterion: ColumnElement[bool], day: str = ""
    ) -> list[Model]:
        """The rows for this reader on this day; the ids of the others are only counted."""
        if day:
            criterion = and_(criterion, getattr(model, f"{day}_sort") <= self.as_of)
        visible = self.reader.may_see(model)
        rows = self.session.execute(
            select(model, visible.label("visible")).where(criterion, model.deleted_at.is_(None))
        )
        seen = []
        for obj, may_see in rows:
            if may_see:
                seen.append(obj)
            else:
                d.withheld.add(obj.id)
        return seen

    def _parts(self, model: type[Row], column: Any, ids: Collection[UUID]) -> list[Row]:
        if not ids:
            return []
        return list(
            self.session.scalars(
                select(model).where(column.in_(ids)).order_by(model.position, model.id)
            )
        )

    def _by_id(self, model: type[Model], ids: Iterable[UUID | None]) -> dict[UUID, Model]:
        wanted = {object_id for object_id in ids if object_id}
        if not wanted:
            return {}
        found = self.session.scalars(
            select(model).where(model.id.in_(wanted), self.reader.may_see(model))
        )
        return {obj.id: obj for obj in found}


def _ids(objects: Sequence[Recorded]) -> list[UUID]:
    return [obj.id for obj in objects]


def _named(d: Dossier) -> list[UUID]:
    """People and places whose names may have been read into a source."""
    return [
        object_id
        for object_id in (
            *(attendee.person_id for attendee in d.attendees),
            *(statement.speaker_person_id for statement in d.statements),
            *(said.place_id for said in d.places_said if said.inferred),
        )
        if object_id
    ]
