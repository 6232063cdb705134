"""Who attended: two delegations of people in the post of that day, of posts, and of groups."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import record
from tracker.domain.access import Actor
from tracker.domain.dates import FuzzyDate
from tracker.domain.memoranda import Side
from tracker.domain.naming import is_group
from tracker.domain.sayings import Delegate
from tracker.domain.text import fold
from tracker.meetings.queries import delegates
from tracker.meetings.services.given import GivenDelegate, GivenMeeting
from tracker.models import Attendee, Meeting, Post, Tenure
from tracker.record import filings, links

Columns = dict[str, Any]


def attend(change: record.Change, meeting: Meeting, given: GivenMeeting) -> None:
    """Make these the delegations. Whoever was there before keeps the row, and so what it says
    of their part in the delegation; whom the editor may not see stays as well."""
    is_new = change.makes(meeting.id)
    seated = [] if is_new else delegates.seated(change.session, change.actor, meeting.id)
    as_shown = {(s.row.side, *_shown(s, given.language)): s.row for s in seated}
    by_name = {_key(_columns_of(s.row)): s.row for s in seated}
    rows: dict[Any, Columns] = {}
    for side, delegate in _both(given):
        shown = side, delegate.who.chosen, fold(delegate.who.text)
        row = as_shown.get(shown)
        columns = _columns_of(row) if row else _looked_up(change, meeting, side, delegate, given)
        row = row or by_name.get(_key(columns))
        rows.setdefault(_key(columns), {**columns, **({"id": row.id} if row else {})})
    for hidden in (s.row for s in seated if s.is_hidden):
        rows.setdefault(_key(_columns_of(hidden)), {**_columns_of(hidden), "id": hidden.id})
    filings.replace_parts(change, Attendee, meeting.id, rows.values())


def speakers(
    session: Session, actor: Actor, meeting: Meeting
) -> list[tuple[Delegate, Any | None, Any | None]]:
    """Everybody in the delegations who can be named as a speaker: their names, the person and
    the post as `delegates.seated` has them."""
    return [
        (delegates.names_of(seat), seat.person, seat.post)
        for seat in delegates.seated(session, actor, meeting.id)
        if seat.person or seat.post
    ]


def _both(given: GivenMeeting) -> Iterator[tuple[Side, GivenDelegate]]:
    for side, delegation in ((Side.OURS, given.ours), (Side.THEIRS, given.theirs)):
        for delegate in delegation:
            yield side, delegate


def _shown(seat: delegates.Seat, language: str) -> tuple[str, str]:
    link = delegates.link_of(seat, language)
    return link.chosen, fold(link.text)


def _columns_of(row: Any) -> Columns:
    return {
        "side": row.side,
        "person_id": row.person_id,
        "post_id": row.post_id,
        "organisation_id": row.organisation_id,
        "group_label": row.group_label,
    }


def _key(columns: Columns) -> tuple[Any, ...]:
    """Whether two rows are one attendee: the same person, or the same post or group."""
    if columns["person_id"]:
        return columns["side"], columns["person_id"]
    labels = tuple(sorted(map(fold, columns["group_label"].values())))
    return columns["side"], columns["post_id"], columns["organisation_id"], labels


def _looked_up(
    change: record.Change,
    meeting: Meeting,
    side: Side,
    delegate: GivenDelegate,
    given: GivenMeeting,
) -> Columns:
    """An attendee that was typed, found or made; the post of that day is attested by it."""
    empty: Columns = {
        "person_id": None,
        "post_id": None,
        "organisation_id": None,
        "group_label": {},
    }
    text = delegate.who.text
    if delegate.who.id is None and (delegate.is_group or is_group(text)):
        return {**empty, "side": side, "group_label": {given.language: text}}
    person, post, _body = links.somebody(
        change, delegate.who, ("person", "post"), field=delegate.who_field, language=given.language
    )
    if person is not None and post is None:
        post = post_on(change.session, change.actor, person.id, given.held_on)
    elif person is not None and post is not None:
        links.attest(change, person, post, given.held_on, meeting.source_id, told_by=meeting)
    return {
        **empty,
        "side": side,
        "person_id": person.id if person else None,
        "post_id": post.id if post else None,
        "organisation_id": post.organisation_id if post else None,
    }


def post_on(session: Session, actor: Actor, person_id: UUID, day: FuzzyDate) -> Post | None:
    """The post that a person held on a day, where the record leaves only one."""
    rows = session.execute(
        select(Tenure, Post)
        .join(Post, Post.id == Tenure.post_id)
        .where(Tenure.person_id == person_id, record.visible_to(actor, Post))
    )
    possible = {post.id: post for tenure, post in rows if _may_cover(tenure, day)}
    return next(iter(possible.values())) if len(possible) == 1 else None


def _may_cover(tenure: Tenure, day: FuzzyDate) -> bool:
    began, ended = tenure.since.first, tenure.until.last
    began_later = began is not None and day.last is not None and began > day.last
    ended_before = ended is not None and day.first is not None and ended < day.first
    return not began_later and not ended_before
