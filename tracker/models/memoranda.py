"""Memoranda and the commitments of the two sides."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.dates import FuzzyDate
from tracker.domain.memoranda import CommitmentState, LegalNature, Side, Stage
from tracker.models.base import Base, Parent, Part, Recorded, Texts
from tracker.models.types import choice, fuzzy


class Memorandum(Recorded, Base):
    """An exchange on paper. `scope_min`/`scope_max` count places that are not yet named."""

    __tablename__ = "memoranda"
    kind = "memorandum"

    title: Mapped[Texts]
    reference_no: Mapped[str] = mapped_column(String(60), default="")
    stage: Mapped[Stage] = mapped_column(choice(Stage), default=Stage.PROPOSED)
    staged_on: Mapped[FuzzyDate] = fuzzy("staged")
    legal_nature: Mapped[LegalNature] = mapped_column(
        choice(LegalNature), default=LegalNature.UNKNOWN
    )
    subjects: Mapped[list[Texts]] = mapped_column(JSON, default=list)
    scope: Mapped[Texts] = mapped_column(default=dict)
    scope_min: Mapped[int | None]
    scope_max: Mapped[int | None]

    __table_args__ = (
        Index("ix_memoranda_list", "staged_sort", "id"),
        CheckConstraint("scope_max >= scope_min", name="scope"),
    )

    def search_title(self) -> Texts:
        return self.title

    def search_texts(self) -> Iterable[Texts | str | None]:
        return (self.reference_no, self.scope, *self.subjects)

    def search_date(self) -> FuzzyDate:
        return self.staged_on


class MemorandumParty(Part, Base):
    """A party and whoever signs for it, as far as that is known."""

    __tablename__ = "memorandum_parties"
    root_kind = "memorandum"
    root_column = "memorandum_id"

    memorandum_id: Mapped[UUID] = mapped_column(ForeignKey("memoranda.id"), index=True)
    side: Mapped[Side] = mapped_column(choice(Side))
    place_id: Mapped[UUID | None] = mapped_column(ForeignKey("places.id"), index=True)
    organisation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("organisations.id"), index=True
    )
    signatory_post_id: Mapped[UUID | None] = mapped_column(ForeignKey("posts.id"))

    __table_args__ = (
        CheckConstraint("(place_id IS NULL) <> (organisation_id IS NULL)", name="one_party"),
    )


class MemorandumPlace(Part, Base):
    """A place named as within the memorandum's scope."""

    __tablename__ = "memorandum_places"
    root_kind = "memorandum"
    root_column = "memorandum_id"

    memorandum_id: Mapped[UUID] = mapped_column(ForeignKey("memoranda.id"), index=True)
    place_id: Mapped[UUID] = mapped_column(ForeignKey("places.id"))


class Commitment(Recorded, Base):
    """What one side takes on, and the promise of the other side that it answers.

    Money is whole minor units of an ISO currency; a quantity is a range of whole units.
    """

    __tablename__ = "commitments"
    kind = "commitment"

    memorandum_id: Mapped[UUID] = mapped_column(ForeignKey("memoranda.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    side: Mapped[Side] = mapped_column(choice(Side))
    text: Mapped[Texts]
    emphasis: Mapped[Texts] = mapped_column(default=dict)
    beneficiary: Mapped[Texts] = mapped_column(default=dict)
    quantity_min: Mapped[int | None]
    quantity_max: Mapped[int | None]
    unit: Mapped[Texts] = mapped_column(default=dict)
    value_minor: Mapped[int | None] = mapped_column(BigInteger)
    currency: Mapped[str | None] = mapped_column(String(3))
    due: Mapped[FuzzyDate] = fuzzy("due")
    clause: Mapped[str] = mapped_column(String(60), default="")
    in_exchange_for_id: Mapped[UUID | None] = mapped_column(ForeignKey("commitments.id"))
    state: Mapped[CommitmentState] = mapped_column(
        choice(CommitmentState), default=CommitmentState.RAISED
    )

    __table_args__ = (
        CheckConstraint("quantity_min >= 0", name="quantity_min"),
        CheckConstraint("quantity_max >= quantity_min", name="quantity"),
        CheckConstraint("value_minor >= 0", name="value"),
        CheckConstraint("(value_minor IS NULL) = (currency IS NULL)", name="currency"),
    )

    def level_parents(self) -> Iterable[Parent]:
        return (("memorandum", self.memorandum_id),)

    def search_title(self) -> Texts:
        return self.text

    def search_texts(self) -> Iterable[Texts | str | None]:
        return (self.emphasis, self.beneficiary)
