"""Meetings, who attended, and what was decided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.dates import FuzzyDate
from tracker.domain.meetings import Attendance, DelegationRole, MeetingKind, MeetingState
from tracker.domain.memoranda import Side
from tracker.models.base import Base, Parent, Part, Recorded, Texts
from tracker.models.statements import Filing
from tracker.models.types import choice, fuzzy


class Meeting(Recorded, Base):
    """One event, also when a report calls it by two words. Hours are local to `zone`."""

    __tablename__ = "meetings"
    kind = "meeting"

    title: Mapped[Texts]
    meeting_kind: Mapped[MeetingKind] = mapped_column(
        choice(MeetingKind), default=MeetingKind.COURTESY_CALL
    )
    also_called: Mapped[Texts] = mapped_column(default=dict)
    state: Mapped[MeetingState] = mapped_column(choice(MeetingState), default=MeetingState.HELD)
    held_on: Mapped[FuzzyDate] = fuzzy("held")
    starts_at: Mapped[time | None]
    ends_at: Mapped[time | None]
    zone: Mapped[str] = mapped_column(String(40), default="")
    place_id: Mapped[UUID | None] = mapped_column(ForeignKey("places.id"))
    place_note: Mapped[Texts] = mapped_column(default=dict)
    source_id: Mapped[UUID | None] = mapped_column(ForeignKey("sources.id"))
    note: Mapped[Texts] = mapped_column(default=dict)

    filings: Mapped[list[Filing]] = relationship(
        primaryjoin="Meeting.id == foreign(Filing.holder_id)",
        order_by="Filing.position",
        viewonly=True,
    )

    __table_args__ = (Index("ix_meetings_list", "held_sort", "id"),)

    def level_parents(self) -> Iterable[Parent]:
        return ((filing.object_kind, filing.object_id) for filing in self.filings)

    def search_title(self) -> Texts:
        return self.title

    def search_texts(self) -> Iterable[Texts | str | None]:
        return (self.also_called, self.place_note, self.note)

    def search_date(self) -> FuzzyDate:
        return self.held_on


class Attendee(Part, Base):
    """A person in the post of that day, a post alone, or a group whose names are not known."""

    __tablename__ = "attendees"
    root_kind = "meeting"
    root_column = "meeting_id"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"))
    side: Mapped[Side] = mapped_column(choice(Side))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    post_id: Mapped[UUID | None] = mapped_column(ForeignKey("posts.id"), index=True)
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))
    group_label: Mapped[Texts] = mapped_column(default=dict)
    attendance: Mapped[Attendance] = mapped_column(choice(Attendance), default=Attendance.PRESENT)
    delegation_role: Mapped[DelegationRole] = mapped_column(
        choice(DelegationRole), default=DelegationRole.MEMBER
    )
    role_inferred: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (Index("ix_attendees_meeting", "meeting_id", "position"),)


class Decision(Part, Base):
    """What a meeting decided, one line each."""

    __tablename__ = "decisions"
    root_kind = "meeting"
    root_column = "meeting_id"

    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"), index=True)
    text: Mapped[Texts]

    __table_args__ = (CheckConstraint("position >= 0", name="position"),)
