"""Sources, and citations: what any field of any object rests on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.dates import FuzzyDate
from tracker.domain.sources import InstrumentKind, SourceKind
from tracker.domain.ties import Copy
from tracker.models.base import Base, Parent, Part, Recorded, Texts
from tracker.models.types import choice, fuzzy


class Source(Recorded, Base):
    """A news item, letter or paper. The instant of publication and its zone stand beside the
    words in which it was printed."""

    __tablename__ = "sources"
    kind = "source"

    source_kind: Mapped[SourceKind] = mapped_column(choice(SourceKind))
    publisher_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))
    title: Mapped[Texts]
    lead: Mapped[Texts] = mapped_column(default=dict)
    subheads: Mapped[list[Texts]] = mapped_column(JSON, default=list)
    code: Mapped[str] = mapped_column(String(60), default="")
    code_label: Mapped[Texts] = mapped_column(default=dict)
    url: Mapped[str] = mapped_column(String(500), default="")
    published_on: Mapped[FuzzyDate] = fuzzy("published")
    published_at: Mapped[datetime | None]
    zone: Mapped[str] = mapped_column(String(40), default="")
    archived_text: Mapped[str] = mapped_column(Text, default="")

    __table_args__ = (Index("ix_sources_list", "published_sort", "id"),)

    def search_title(self) -> Texts:
        return self.title

    def search_texts(self) -> Iterable[Texts | str | None]:
        return (self.lead, *self.subheads, self.code, self.archived_text)

    def search_date(self) -> FuzzyDate:
        return self.published_on


class Citation(Part, Base):
    """One field of an object (or the whole, when `field` is empty) and what it rests on.

    An inferred one says why; it has no statement of its own."""

    __tablename__ = "citations"

    object_kind: Mapped[str] = mapped_column(String(20))
    object_id: Mapped[UUID]
    field: Mapped[str] = mapped_column(String(40), default="")
    source_id: Mapped[UUID | None] = mapped_column(ForeignKey("sources.id"))
    statement_id: Mapped[UUID | None] = mapped_column(ForeignKey("statements.id"), index=True)
    locator: Mapped[str] = mapped_column(String(200), default="")
    inferred: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[Texts] = mapped_column(default=dict)

    __table_args__ = (Index("ix_citations_object", "object_id"),)

    def root(self) -> Parent:
        return self.object_kind, self.object_id


class Instrument(Recorded, Base):
    """A legal paper that exists or is said to exist, in hand or not."""

    __tablename__ = "instruments"
    kind = "instrument"

    instrument_kind: Mapped[InstrumentKind] = mapped_column(choice(InstrumentKind))
    title: Mapped[Texts]
    number: Mapped[str] = mapped_column(String(60), default="")
    dated: Mapped[FuzzyDate] = fuzzy("dated")
    copy: Mapped[Copy] = mapped_column(choice(Copy), default=Copy.UNKNOWN)
    sort_name: Mapped[str] = mapped_column(String(300))

    __table_args__ = (Index("ix_instruments_sort", "sort_name", "id"),)

    def search_title(self) -> Texts:
        return self.title

    def search_texts(self) -> Iterable[Texts | str | None]:
        return (self.number,)

    def search_date(self) -> FuzzyDate:
        return self.dated


class Clause(Recorded, Base):
    """One clause of an instrument; its number may be unknown."""

    __tablename__ = "clauses"
    kind = "clause"

    instrument_id: Mapped[UUID] = mapped_column(ForeignKey("instruments.id"), index=True)
    number: Mapped[str] = mapped_column(String(60), default="")
    subject: Mapped[Texts]

    def level_parents(self) -> Iterable[Parent]:
        return (("instrument", self.instrument_id),)

    def search_title(self) -> Texts:
        return self.subject

    def search_texts(self) -> Iterable[Texts | str | None]:
        return (self.number,)


class InstrumentParty(Part, Base):
    """A party to an instrument."""

    __tablename__ = "instrument_parties"
    root_kind = "instrument"
    root_column = "instrument_id"

    instrument_id: Mapped[UUID] = mapped_column(ForeignKey("instruments.id"), index=True)
    place_id: Mapped[UUID | None] = mapped_column(ForeignKey("places.id"))
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))
