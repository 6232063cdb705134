"""Action items and those who answer for them."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.actions import ActionState
from tracker.domain.dates import FuzzyDate
from tracker.models.base import Base, Parent, Part, Recorded, Texts
from tracker.models.types import choice, fuzzy


class Action(Recorded, Base):
    """Who does what by when. The due date may be unknown or in words; then it is never late."""

    __tablename__ = "actions"
    kind = "action"

    text: Mapped[Texts]
    state: Mapped[ActionState] = mapped_column(choice(ActionState), default=ActionState.OPEN)
    due: Mapped[FuzzyDate] = fuzzy("due")
    done_on: Mapped[FuzzyDate] = fuzzy("done")
    position: Mapped[int] = mapped_column(default=0)
    meeting_id: Mapped[UUID | None] = mapped_column(ForeignKey("meetings.id"))
    statement_id: Mapped[UUID | None] = mapped_column(ForeignKey("statements.id"))
    obstacle_id: Mapped[UUID | None] = mapped_column(ForeignKey("obstacles.id"), index=True)
    mandate_id: Mapped[UUID | None] = mapped_column(ForeignKey("mandates.id"), index=True)
    depends_on_organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))
    follow_up_user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    note: Mapped[Texts] = mapped_column(default=dict)
    evidence: Mapped[str] = mapped_column(String(500), default="")

    __table_args__ = (
        Index("ix_actions_list", "due_sort", "id"),
        Index("ix_actions_state_due", "state", "due_last"),
        Index("ix_actions_meeting", "meeting_id", "state"),
    )

    def level_parents(self) -> Iterable[Parent]:
        if self.meeting_id:
            yield "meeting", self.meeting_id
        if self.statement_id:
            yield "statement", self.statement_id

    def search_title(self) -> Texts:
        return self.text

    def search_texts(self) -> Iterable[Texts | str | None]:
        return (self.note, self.evidence)

    def search_date(self) -> FuzzyDate:
        return self.due


class ActionOwner(Part, Base):
    """A person, post or organisation that answers for an action; no account is needed."""

    __tablename__ = "action_owners"
    root_kind = "action"
    root_column = "action_id"

    action_id: Mapped[UUID] = mapped_column(ForeignKey("actions.id"), index=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    post_id: Mapped[UUID | None] = mapped_column(ForeignKey("posts.id"), index=True)
    organisation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("organisations.id"), index=True
    )
