"""The meetings that a person, or a post without a person, attended."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from tracker.domain.access import Actor
from tracker.domain.dates import FuzzyDate
from tracker.domain.meetings import Attendance, DelegationRole, MeetingKind
from tracker.models import Attendee, Meeting, Post
from tracker.models.base import Texts
from tracker.record.reading import visible_to

MOST = 100


class Attended(NamedTuple):
    """One meeting, and as what."""

    id: UUID
    title: Texts
    meeting_kind: MeetingKind
    held_on: FuzzyDate
    attendance: Attendance
    delegation_role: DelegationRole
    role_inferred: bool
    post: Texts | None


def meetings_of(session: Session, actor: Actor, criterion: ColumnElement[bool]) -> list[Attended]:
    """The meetings of these attendances, the newest first."""
    model: Any = Meeting
    rows = session.execute(
        select(
            Meeting.id,
            Meeting.title,
            Meeting.meeting_kind,
            Meeting.held_on,
            Attendee.attendance,
            Attendee.delegation_role,
            Attendee.role_inferred,
            Post.title,
        )
        .join(Attendee, Attendee.meeting_id == Meeting.id)
        .outerjoin(Post, and_(Post.id == Attendee.post_id, visible_to(actor, Post)))
        .where(visible_to(actor, Meeting), criterion)
        .order_by(model.held_sort.desc(), Meeting.id.desc())
        .limit(MOST)
    )
    return [Attended(*row) for row in rows]
