"""Entering and correcting people, the posts they hold, and posts."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import record
from tracker.domain.access import Actor
from tracker.domain.errors import RuleBroken
from tracker.models import Organisation, Person, Post, Source, Tenure
from tracker.people.entry import PersonEntry, PostEntry, TenureEntry
from tracker.record import Change, submissions
from tracker.record.filings import replace_parts
from tracker.record.grounds import ground
from tracker.record.links import relink, resolve
from tracker.record.reading import visible_to


def enter_person(session: Session, actor: Actor, entry: PersonEntry, now: datetime) -> Person:
    """A new person, with the posts held."""
    made = submissions.made(session, actor, entry.submission, Person)
    if made is not None:
        return made
    with record.change(session, actor, now) as change:
        person = Person(name=entry.name)
        _fill(person, entry)
        session.add(person)
        session.flush()
        _parts(change, person, entry)
        submissions.remember(session, actor, entry.submission, Person.kind, person.id, now)
    session.commit()
    return person


def correct_person(
    session: Session, actor: Actor, person_id: UUID, entry: PersonEntry, now: datetime
) -> Person:
    """A person as now known."""
    with record.change(session, actor, now) as change:
        person = record.get_visible(session, actor, Person, person_id)
        change.expect(person, entry.version)
        _fill(person, entry)
        session.flush()
        _parts(change, person, entry)
    session.commit()
    return person


def enter_post(session: Session, actor: Actor, entry: PostEntry, now: datetime) -> Post:
    """A new post, held by nobody yet."""
    made = submissions.made(session, actor, entry.submission, Post)
    if made is not None:
        return made
    with record.change(session, actor, now) as change:
        post = Post(title=entry.title)
        _fill_post(change, post, entry)
        session.add(post)
        session.flush()
        submissions.remember(session, actor, entry.submission, Post.kind, post.id, now)
    session.commit()
    return post


def correct_post(
    session: Session, actor: Actor, post_id: UUID, entry: PostEntry, now: datetime
) -> Post:
    """A post as now known."""
    with record.change(session, actor, now) as change:
        post = record.get_visible(session, actor, Post, post_id)
        change.expect(post, entry.version)
        _fill_post(change, post, entry)
    session.commit()
    return post


def _fill(person: Person, entry: PersonEntry) -> None:
    person.name = entry.name
    person.printed_names = entry.printed_names
    person.aliases = entry.aliases
    person.note = entry.note
    person.level = entry.level


def _fill_post(change: Change, post: Post, entry: PostEntry) -> None:
    post.title = entry.title
    post.level = entry.level
    post.organisation_id = relink(
        change,
        entry.organisation,
        Organisation.kind,
        field="organisation",
        language=entry.language,
        held=post.organisation_id,
    )


def _parts(change: Change, person: Person, entry: PersonEntry) -> None:
    _replace_tenures(change, person, entry)
    ground(change, person, "name", entry.ground, at="source", language=entry.language)


def _replace_tenures(change: Change, person: Person, entry: PersonEntry) -> None:
    """Make the tenures those of the form; a row keeps its identity by its post.

    Posts that the editor may not see were not on the form, and stay.
    """
    session = change.session
    seen = visible_to(change.actor, Post)
    present: dict[UUID, list[Tenure]] = defaultdict(list)
    hidden: list[Tenure] = []
    held = session.execute(
        select(Tenure, seen)
        .join(Post, Post.id == Tenure.post_id)
        .where(Tenure.person_id == person.id)
        .order_by(Tenure.position, Tenure.id)
    ).all()
    for tenure, is_seen in held:
        if is_seen:
            present[tenure.post_id].append(tenure)
        else:
            hidden.append(tenure)
    rows = [_tenure(change, row, entry.language, present) for row in entry.tenures]
    rows += [{"id": kept.id} for kept in hidden]
    replace_parts(change, Tenure, person.id, rows)


def _tenure(
    change: Change, row: TenureEntry, language: str, present: dict[UUID, list[Tenure]]
) -> dict[str, Any]:
    post = resolve(change, row.post, ("post",), field=f"{row.row}-post", language=language)
    if post is None:
        raise RuleBroken("Which post?", field=f"{row.row}-post")
    known = present[post.id].pop(0) if present[post.id] else None
    if row.since.first and row.until.last and row.since.first > row.until.last:
        raise RuleBroken("It cannot end before it begins", field=f"{row.row}-until")
    source_id = relink(
        change,
        row.source,
        Source.kind,
        field=f"{row.row}-source",
        language=language,
        held=known.source_id if known else None,
    )
    return {
        "id": known.id if known else None,
        "post_id": post.id,
        "since": row.since,
        "until": row.until,
        "attested_on": row.attested_on,
        "source_id": source_id,
    }
