"""Footnotes: one for each source and speaker, found again by what cites them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID
from zoneinfo import ZoneInfo

from tracker.briefings.facts.dossier import Dossier
from tracker.briefings.facts.names import Names
from tracker.domain.briefings import Note, Source
from tracker.domain.meetings import MeetingState
from tracker.domain.sources import SourceKind
from tracker.domain.statements import Strength, strength_of
from tracker.models import Citation, Meeting, Statement
from tracker.models import Source as Recorded

Key = tuple[UUID, UUID | None, UUID | None]

_MINUTED = (MeetingState.MINUTES_APPROVED, MeetingState.MINUTES_AGREED)


@dataclass(slots=True)
class Notes:
    """Hands out note refs while the facts are assembled, in the order of first use."""

    dossier: Dossier
    names: Names
    sources: dict[UUID, Source] = field(default_factory=dict)
    notes: dict[Key, Note] = field(default_factory=dict)
    _meetings: dict[UUID, Meeting] = field(init=False)
    _statements: dict[UUID, Statement] = field(init=False)

    def __post_init__(self) -> None:
        self._meetings = {meeting.id: meeting for meeting in self.dossier.meetings}
        self._statements = {statement.id: statement for statement in self.dossier.statements}

    def strength(self, statement: Statement) -> Strength:
        """Derived from what stands behind the statement, as of now."""
        meeting = self._meetings.get(statement.meeting_id) if statement.meeting_id else None
        return strength_of(
            has_speaker=bool(
                statement.speaker_person_id
                or statement.speaker_post_id
                or statement.speaker_organisation_id
            ),
            minutes_approved=meeting is not None and meeting.state in _MINUTED,
        )

    def of_statement(self, statement: Statement) -> tuple[str, ...]:
        ground = self._ground(statement.source_id, statement.meeting_id)
        if ground is None:
            return ()
        key: Key = (ground, statement.speaker_person_id, statement.speaker_post_id)
        if key not in self.notes:
            person = (
                self.names.people.get(statement.speaker_person_id)
                if statement.speaker_person_id
                else None
            )
            printed = person.printed_names[0] if person and person.printed_names else ""
            self.notes[key] = Note(
                ref=f"n{len(self.notes) + 1}",
                source=self.sources[ground].ref,
                speaker=self.names.person(statement.speaker_person_id)
                or self.names.body(statement.speaker_organisation_id),
                post=self.names.post(statement.speaker_post_id),
                printed_name="" if person and printed in person.name.values() else printed,
                strength=self.strength(statement),
            )
        return (self.notes[key].ref,)

    def of_source(self, source_id: UUID | None) -> tuple[str, ...]:
        """The source's own words, by nobody in particular."""
        ground = self._ground(source_id, None)
        if ground is None:
            return ()
        key: Key = (ground, None, None)
        if key not in self.notes:
            self.notes[key] = Note(ref=f"n{len(self.notes) + 1}", source=self.sources[ground].ref)
        return (self.notes[key].ref,)

    def of_citations(self, citations: Iterable[Citation]) -> tuple[str, ...]:
        """What the citations rest on; an inference rests on nothing."""
        refs: dict[str, None] = {}
        for citation in citations:
            if citation.inferred:
                continue
            statement = (
                self._statements.get(citation.statement_id) if citation.statement_id else None
            )
            if statement is not None:
                refs.update(dict.fromkeys(self.of_statement(statement)))
            elif citation.statement_id is None:
                refs.update(dict.fromkeys(self.of_source(citation.source_id)))
        return tuple(refs)

    def _ground(self, source_id: UUID | None, meeting_id: UUID | None) -> UUID | None:
        """The source, else the meeting in which we heard it ourselves."""
        if source_id in self.sources:
            return source_id
        source = self.dossier.sources.get(source_id) if source_id else None
        if source is not None:
            self.sources[source.id] = self._source(source)
            return source.id
        meeting = self._meetings.get(meeting_id) if meeting_id else None
        if meeting is None:
            return None
        if meeting.id not in self.sources:
            self.sources[meeting.id] = Source(
                ref=f"s{len(self.sources) + 1}",
                kind=SourceKind.OWN_NOTE,
                title=dict(meeting.title),
                published=meeting.held_on,
            )
        return meeting.id

    def _source(self, source: Recorded) -> Source:
        time = ""
        if source.published_at is not None and source.zone:
            time = source.published_at.astimezone(ZoneInfo(source.zone)).strftime("%H:%M")
        return Source(
            ref=f"s{len(self.sources) + 1}",
            kind=source.source_kind,
            publisher=self.names.body(source.publisher_id),
            title=dict(source.title),
            code=source.code,
            published=source.published_on,
            published_time=time,
            url=source.url,
        )
