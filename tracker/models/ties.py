"""Ties between places, and the state changes of every machine."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.dates import FuzzyDate
from tracker.domain.memoranda import Side
from tracker.domain.ties import Copy, TieKind, TieState
from tracker.models.base import Base, Parent, Part, Recorded, Texts
from tracker.models.types import choice, fuzzy


class Tie(Recorded, Base):
    """A standing relation of two or more parties, resting on a clause when one is known."""

    __tablename__ = "ties"
    kind = "tie"

    tie_kind: Mapped[TieKind] = mapped_column(choice(TieKind))
    state: Mapped[TieState] = mapped_column(choice(TieState))
    title: Mapped[Texts]
    since: Mapped[FuzzyDate] = fuzzy("since")
    basis_clause_id: Mapped[UUID | None] = mapped_column(ForeignKey("clauses.id"))
    agreement_id: Mapped[UUID | None] = mapped_column(ForeignKey("instruments.id"))
    agreement_copy: Mapped[Copy] = mapped_column(choice(Copy), default=Copy.UNKNOWN)
    purpose: Mapped[Texts] = mapped_column(default=dict)
    sort_name: Mapped[str] = mapped_column(String(300))

    __table_args__ = (Index("ix_ties_sort", "sort_name", "id"),)

    def search_title(self) -> Texts:
        return self.title

    def search_texts(self) -> Iterable[Texts | str | None]:
        return (self.purpose,)

    def search_date(self) -> FuzzyDate:
        return self.since


class TieParty(Part, Base):
    """A party: a place of any level, or an organisation."""

    __tablename__ = "tie_parties"
    root_kind = "tie"
    root_column = "tie_id"

    tie_id: Mapped[UUID] = mapped_column(ForeignKey("ties.id"), index=True)
    side: Mapped[Side] = mapped_column(choice(Side))
    place_id: Mapped[UUID | None] = mapped_column(ForeignKey("places.id"), index=True)
    organisation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("organisations.id"), index=True
    )

    __table_args__ = (
        CheckConstraint("(place_id IS NULL) <> (organisation_id IS NULL)", name="one_party"),
    )


class StateChange(Part, Base):
    """One step of one machine: what it went from and to, when it took effect, and why."""

    __tablename__ = "state_changes"

    object_kind: Mapped[str] = mapped_column(String(20))
    object_id: Mapped[UUID]
    source: Mapped[str] = mapped_column(String(40), default="")
    target: Mapped[str] = mapped_column(String(40))
    effective_on: Mapped[FuzzyDate] = fuzzy("effective")
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[str] = mapped_column(String(500), default="")

    __table_args__ = (Index("ix_state_changes_object", "object_id", "recorded_at"),)

    def root(self) -> Parent:
        return self.object_kind, self.object_id
