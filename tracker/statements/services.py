"""Entering and correcting statements."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker import record
from tracker.domain.access import Actor
from tracker.domain.dates import FuzzyDate
from tracker.domain.naming import Link, split_name
from tracker.domain.numbers import plain_digits
from tracker.models import Meeting, Organisation, Person, Post, Source, Statement
from tracker.record import Change, submissions
from tracker.record.links import attest, relink
from tracker.statements import parts
from tracker.statements.given import GivenStatement


def enter_statement(
    session: Session, actor: Actor, given: GivenStatement, now: datetime
) -> Statement:
    """A new statement, after those that its meeting or source has."""
    made = submissions.made(session, actor, given.submission, Statement)
    if made is not None:
        return made
    with record.change(session, actor, now) as change:
        statement = Statement(text=given.text)
        _fill(change, statement, given)
        statement.position = _next_position(change, statement)
        session.add(statement)
        session.flush()
        parts.keep(change, statement, given)
        submissions.remember(session, actor, given.submission, Statement.kind, statement.id, now)
    session.commit()
    return statement


def correct_statement(
    session: Session, actor: Actor, statement_id: UUID, given: GivenStatement, now: datetime
) -> Statement:
    """A statement as it is now known."""
    with record.change(session, actor, now) as change:
        statement = record.get_visible(session, actor, Statement, statement_id)
        change.expect(statement, given.version)
        _fill(change, statement, given)
        session.flush()
        parts.keep(change, statement, given)
    session.commit()
    return statement


def _fill(change: Change, statement: Statement, given: GivenStatement) -> None:
    def link(given_link: Link, kind: str, field: str, held: UUID | None) -> UUID | None:
        return relink(change, given_link, kind, field=field, language=given.language, held=held)

    statement.text = given.text
    statement.statement_kind = given.kind
    statement.modality = given.modality
    statement.side = given.side
    statement.meeting_id = link(given.meeting, Meeting.kind, "meeting", statement.meeting_id)
    statement.source_id = link(given.source, Source.kind, "source", statement.source_id)
    statement.locator = plain_digits(given.locator)
    statement.quotation = given.quotation
    statement.happened_on = given.happened_on
    statement.scope = given.scope
    statement.never_release = given.never_release
    statement.level = given.level
    statement.on_behalf_of_id = link(
        given.on_behalf_of, Organisation.kind, "on_behalf_of", statement.on_behalf_of_id
    )
    statement.addressee_id = link(
        given.addressee, Organisation.kind, "addressee", statement.addressee_id
    )
    _speak(change, statement, given)
    parts.attribute(change, statement, given)


def _speak(change: Change, statement: Statement, given: GivenStatement) -> None:
    """Who spoke, in which post; that they held it that day is then on record."""
    speaker, typed_post = _name_and_post(given)
    language = given.language
    statement.speaker_person_id = relink(
        change,
        speaker,
        Person.kind,
        field="speaker",
        language=language,
        held=statement.speaker_person_id,
    )
    statement.speaker_post_id = relink(
        change,
        typed_post,
        Post.kind,
        field="speaker_post",
        language=language,
        held=statement.speaker_post_id,
    )
    statement.speaker_organisation_id = relink(
        change,
        given.speaker_organisation,
        Organisation.kind,
        field="speaker_organisation",
        language=language,
        held=statement.speaker_organisation_id,
    )
    session = change.session
    person = record.find(session, change.actor, Person, statement.speaker_person_id)
    post = record.find(session, change.actor, Post, statement.speaker_post_id)
    if post is not None and statement.speaker_organisation_id is None:
        statement.speaker_organisation_id = post.organisation_id
    if person is not None and post is not None:
        said_on = _said_on(session, statement)
        attest(change, person, post, said_on, statement.source_id, told_by=statement)


def _name_and_post(given: GivenStatement) -> tuple[Link, Link]:
    """«name، post» in the speaker's field is both, unless the post stands in its own."""
    typed = split_name(given.speaker.text)
    if given.speaker.id is None and typed.post and not given.speaker_post:
        return Link(typed.name), Link(typed.post)
    return given.speaker, given.speaker_post


def _said_on(session: Session, statement: Statement) -> FuzzyDate:
    """The day of the meeting, else that on which the source appeared."""
    meeting = session.get(Meeting, statement.meeting_id) if statement.meeting_id else None
    if meeting is not None and not meeting.held_on.is_unknown:
        return meeting.held_on
    source = session.get(Source, statement.source_id) if statement.source_id else None
    return source.published_on if source is not None else FuzzyDate.unknown()


def _next_position(change: Change, statement: Statement) -> int:
    if statement.meeting_id is not None:
        beside = Statement.meeting_id == statement.meeting_id
    elif statement.source_id is not None:
        beside = Statement.source_id == statement.source_id
    else:
        return 0
    last = change.session.scalar(select(func.max(Statement.position)).where(beside))
    return 0 if last is None else last + 1
