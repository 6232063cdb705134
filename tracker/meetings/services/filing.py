"""Under which ties and memoranda a meeting is filed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from tracker import record
from tracker.domain.access import Actor
from tracker.domain.errors import NotFound
from tracker.domain.naming import Link
from tracker.meetings.services.given import GivenMeeting
from tracker.models import Filing, Meeting, Recorded
from tracker.record import filings, kinds, links

FILED_UNDER = ("tie", "memorandum")


def refile_as_given(change: record.Change, meeting: Meeting, given: GivenMeeting) -> None:
    """File the meeting under what was typed; what the editor may not see keeps it as well."""
    objects = [
        links.resolve(change, link, FILED_UNDER, field=field, language=given.language)
        for field, link in given.filed_under
    ]
    hidden = filings.hidden_from_editor(change, meeting)
    filings.refile(change, meeting, [*filter(None, objects), *hidden], sort_on=given.held_on)


def file_meeting(
    session: Session,
    actor: Actor,
    meeting_id: UUID,
    under: Link,
    version: int | None,
    now: datetime,
) -> Meeting:
    """File a meeting under one more tie or memorandum."""
    with record.change(session, actor, now) as change:
        meeting = record.get_visible(session, actor, Meeting, meeting_id)
        if under.kind not in FILED_UNDER or under.id is None:
            raise NotFound(f"{under.kind} {under.id}")
        obj = record.get_visible(session, actor, kinds.KINDS[under.kind], under.id)
        change.expect(meeting, version)
        filings.refile(
            change, meeting, [*_filed_under(change, meeting), obj], sort_on=meeting.held_on
        )
    session.commit()
    return meeting


def _filed_under(change: record.Change, meeting: Meeting) -> list[Recorded]:
    loaded = (
        kinds.load(change.session, filing.object_kind, filing.object_id)
        for filing in change.parts(Filing, meeting.id)
    )
    return [obj for obj in loaded if obj is not None]
