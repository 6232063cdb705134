"""Statements: who said what, for whom, to whom, and how it hangs together with other sayings."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.dates import FuzzyDate
from tracker.domain.memoranda import Side
from tracker.domain.statements import LinkKind, Modality, StatementKind
from tracker.models.base import Base, Parent, Part, Recorded, Texts
from tracker.models.types import choice, fuzzy


class Statement(Recorded, Base):
    """A saying in our own words; `quotation` holds the printed words, in their own language.

    Speaker: a person in the post held that day, or a post or organisation alone, or nobody.
    `side` is whose interest it speaks for. `never_release` keeps it out of partners' editions.
    """

    __tablename__ = "statements"
    kind = "statement"

    statement_kind: Mapped[StatementKind] = mapped_column(
        choice(StatementKind), default=StatementKind.NOTE
    )
    text: Mapped[Texts]
    modality: Mapped[Modality | None] = mapped_column(choice(Modality))
    side: Mapped[Side | None] = mapped_column(choice(Side))
    position: Mapped[int] = mapped_column(default=0)

    meeting_id: Mapped[UUID | None] = mapped_column(ForeignKey("meetings.id"))
    source_id: Mapped[UUID | None] = mapped_column(ForeignKey("sources.id"), index=True)
    locator: Mapped[str] = mapped_column(String(200), default="")
    quotation: Mapped[Texts] = mapped_column(default=dict)

    speaker_person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    speaker_post_id: Mapped[UUID | None] = mapped_column(ForeignKey("posts.id"))
    speaker_organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))
    on_behalf_of_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))
    addressee_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))
    # Who has the need, capability or position; who did or would do the work.
    holder_place_id: Mapped[UUID | None] = mapped_column(ForeignKey("places.id"))
    holder_organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))
    doer_place_id: Mapped[UUID | None] = mapped_column(ForeignKey("places.id"))
    doer_organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))

    happened_on: Mapped[FuzzyDate] = fuzzy("happened")
    scope: Mapped[Texts] = mapped_column(default=dict)
    never_release: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        Index("ix_statements_meeting", "meeting_id", "position"),
        Index("ix_statements_list", "happened_sort", "id"),
    )

    def level_parents(self) -> Iterable[Parent]:
        if self.meeting_id:
            yield "meeting", self.meeting_id
        if self.source_id:
            yield "source", self.source_id

    def search_title(self) -> Texts:
        return self.text

    def search_texts(self) -> Iterable[Texts | str | None]:
        return (self.quotation, self.scope)

    def search_date(self) -> FuzzyDate:
        return self.happened_on


class StatementPlace(Part, Base):
    """A place that a statement is about. An inferred one is named by us, not by the speaker."""

    __tablename__ = "statement_places"
    root_kind = "statement"
    root_column = "statement_id"

    statement_id: Mapped[UUID] = mapped_column(ForeignKey("statements.id"), index=True)
    place_id: Mapped[UUID] = mapped_column(ForeignKey("places.id"), index=True)
    inferred: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[Texts] = mapped_column(default=dict)


class StatementLink(Part, Base):
    """How one statement hangs together with another."""

    __tablename__ = "statement_links"
    root_kind = "statement"
    root_column = "statement_id"

    statement_id: Mapped[UUID] = mapped_column(ForeignKey("statements.id"))
    other_id: Mapped[UUID] = mapped_column(ForeignKey("statements.id"), index=True)
    link_kind: Mapped[LinkKind] = mapped_column(choice(LinkKind))

    __table_args__ = (UniqueConstraint("statement_id", "other_id", "link_kind"),)


class Filing(Part, Base):
    """That an object belongs to a tie or a memorandum (or, for a statement, to what it is about).

    `sort_on` repeats the holder's sort date, so that the newest of a tie are read off one index.
    """

    __tablename__ = "filings"
    root_column = "holder_id"

    holder_kind: Mapped[str] = mapped_column(String(20))
    holder_id: Mapped[UUID]
    object_kind: Mapped[str] = mapped_column(String(20))
    object_id: Mapped[UUID]
    sort_on: Mapped[FuzzyDate] = fuzzy("on")
    inferred: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[Texts] = mapped_column(default=dict)

    __table_args__ = (
        UniqueConstraint("holder_id", "object_id"),
        Index("ix_filings_object", "object_id", "holder_kind", "on_sort", "holder_id"),
    )

    def root(self) -> Parent:
        return self.holder_kind, self.holder_id
