"""Under which ties a meeting that is filed under nothing might belong."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, Uuid, and_, bindparam, exists, or_, select
from sqlalchemy.orm import Session, aliased

from tracker.domain.access import Actor
from tracker.domain.memoranda import Side
from tracker.models import Attendee, Filing, Involvement, Meeting, Tie, TieParty
from tracker.models.base import Texts
from tracker.models.built_once import built_once
from tracker.record import asked_by, visible

MOST_SUGGESTED = 3
_MOST_MET = 200
_BEFORE = aliased(Attendee)
_MEETING = bindparam("meeting", type_=Uuid())


def suggested_ties(
    session: Session, actor: Actor, meeting_id: UUID
) -> list[Row[*tuple[UUID, Texts]]]:
    """Ties of earlier meetings with the same people, and ties that a body of theirs belongs to."""
    return list(session.execute(_statement(), asked_by(actor, meeting=meeting_id)))


@built_once
def _statement() -> Select[*tuple[Any, ...]]:
    people, posts = _attending(Attendee.person_id), _attending(Attendee.post_id)
    bodies = _attending(Attendee.organisation_id).where(_OTHER_PARTY)
    # Somebody may have attended thousands of meetings; some of them do for a suggestion.
    met_before = (
        select(_BEFORE.meeting_id)
        .join(Meeting, and_(Meeting.id == _BEFORE.meeting_id, visible(Meeting)))
        .where(
            _BEFORE.meeting_id != _MEETING,
            or_(
                _BEFORE.person_id.in_(people.where(_OTHER_PARTY)),
                _BEFORE.post_id.in_(posts.where(_OTHER_PARTY)),
            ),
        )
        .limit(_MOST_MET)
    )
    filed_before = select(Filing.object_id).where(Filing.holder_id.in_(met_before))
    filed = exists(select(Filing.id).where(Filing.holder_id == _MEETING))
    wanted = or_(
        Tie.id.in_(filed_before),
        Tie.id.in_(select(TieParty.tie_id).where(TieParty.organisation_id.in_(bodies))),
        Tie.id.in_(
            select(Involvement.object_id).where(
                or_(
                    Involvement.organisation_id.in_(bodies),
                    Involvement.post_id.in_(posts),
                    Involvement.person_id.in_(people),
                )
            )
        ),
    )
    return (
        select(Tie.id, Tie.title)
        .where(wanted, ~filed, visible(Tie))
        .order_by(Tie.sort_name, Tie.id)
        .limit(MOST_SUGGESTED)
    )


def _attending(column: Any) -> Any:
    """Whoever is known to attend the meeting, by one of the columns that say so."""
    return select(column).where(Attendee.meeting_id == _MEETING, column.is_not(None))


_OTHER_PARTY = Attendee.side == Side.THEIRS
