"""Obstacles, mandates, resolutions, frameworks and terms of office."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.domain.dates import FuzzyDate
from tracker.domain.follow_up import (
    Completion,
    FrameworkState,
    ObstacleState,
    ResolutionState,
)
from tracker.models.base import Base, Parent, Part, Recorded, Texts
from tracker.models.statements import Filing
from tracker.models.types import choice, fuzzy


class Obstacle(Recorded, Base):
    """What stands in the way and who can lift it; what it blocks is filed."""

    __tablename__ = "obstacles"
    kind = "obstacle"

    title: Mapped[Texts]
    text: Mapped[Texts] = mapped_column(default=dict)
    state: Mapped[ObstacleState] = mapped_column(choice(ObstacleState), default=ObstacleState.OPEN)
    since: Mapped[FuzzyDate] = fuzzy("since")
    lifter_post_id: Mapped[UUID | None] = mapped_column(ForeignKey("posts.id"))
    lifter_organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))

    filings: Mapped[list[Filing]] = relationship(
        primaryjoin="Obstacle.id == foreign(Filing.holder_id)",
        order_by="Filing.position",
        viewonly=True,
    )

    __table_args__ = (Index("ix_obstacles_list", "since_sort", "id"),)

    def level_parents(self) -> Iterable[Parent]:
        return ((filing.object_kind, filing.object_id) for filing in self.filings)

    def search_title(self) -> Texts:
        return self.title

    def search_texts(self) -> Iterable[Texts | str | None]:
        return (self.text,)

    def search_date(self) -> FuzzyDate:
        return self.since


class ObstacleStep(Part, Base):
    """What was asked of whom about an obstacle, or offered."""

    __tablename__ = "obstacle_steps"
    root_kind = "obstacle"
    root_column = "obstacle_id"

    obstacle_id: Mapped[UUID] = mapped_column(ForeignKey("obstacles.id"), index=True)
    happened_on: Mapped[FuzzyDate] = fuzzy("happened")
    text: Mapped[Texts]
    by_post_id: Mapped[UUID | None] = mapped_column(ForeignKey("posts.id"))
    asked_post_id: Mapped[UUID | None] = mapped_column(ForeignKey("posts.id"))
    asked_organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))


class Term(Recorded, Base):
    """A term of office of a council and its municipality."""

    __tablename__ = "terms"
    kind = "term"

    name: Mapped[Texts]
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))
    number: Mapped[int | None]
    since: Mapped[FuzzyDate] = fuzzy("since")
    until: Mapped[FuzzyDate] = fuzzy("until")

    def search_title(self) -> Texts:
        return self.name


class Resolution(Recorded, Base):
    """An act of a council; number and date may be unknown, and no meeting is needed."""

    __tablename__ = "resolutions"
    kind = "resolution"

    title: Mapped[Texts]
    issuer_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))
    number: Mapped[str] = mapped_column(String(60), default="")
    adopted_on: Mapped[FuzzyDate] = fuzzy("adopted")
    state: Mapped[ResolutionState] = mapped_column(
        choice(ResolutionState), default=ResolutionState.APPROVED
    )
    term_id: Mapped[UUID | None] = mapped_column(ForeignKey("terms.id"))
    source_id: Mapped[UUID | None] = mapped_column(ForeignKey("sources.id"))

    def level_parents(self) -> Iterable[Parent]:
        if self.source_id:
            yield "source", self.source_id

    def search_title(self) -> Texts:
        return self.title

    def search_texts(self) -> Iterable[Texts | str | None]:
        return (self.number,)

    def search_date(self) -> FuzzyDate:
        return self.adopted_on


class Framework(Recorded, Base):
    """A policy and the principle it follows."""

    __tablename__ = "frameworks"
    kind = "framework"

    title: Mapped[Texts]
    principle: Mapped[Texts] = mapped_column(default=dict)
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))
    state: Mapped[FrameworkState] = mapped_column(
        choice(FrameworkState), default=FrameworkState.DRAFTING
    )
    term_id: Mapped[UUID | None] = mapped_column(ForeignKey("terms.id"))
    source_id: Mapped[UUID | None] = mapped_column(ForeignKey("sources.id"))

    def level_parents(self) -> Iterable[Parent]:
        if self.source_id:
            yield "source", self.source_id

    def search_title(self) -> Texts:
        return self.title

    def search_texts(self) -> Iterable[Texts | str | None]:
        return (self.principle,)


class Mandate(Recorded, Base):
    """What a council ordered, of whom, with whose help, and how far it has come.

    Without a report its completion is unknown, which is not the same as not started."""

    __tablename__ = "mandates"
    kind = "mandate"

    title: Mapped[Texts]
    text: Mapped[Texts] = mapped_column(default=dict)
    issuer_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))
    help_from_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))
    term_id: Mapped[UUID | None] = mapped_column(ForeignKey("terms.id"))
    resolution_id: Mapped[UUID | None] = mapped_column(ForeignKey("resolutions.id"))
    event_id: Mapped[UUID | None] = mapped_column(ForeignKey("meetings.id"))
    source_id: Mapped[UUID | None] = mapped_column(ForeignKey("sources.id"))
    issued_on: Mapped[FuzzyDate] = fuzzy("issued")
    due: Mapped[FuzzyDate] = fuzzy("due")
    completion: Mapped[Completion | None] = mapped_column(choice(Completion))

    __table_args__ = (Index("ix_mandates_list", "issued_sort", "id"),)

    def level_parents(self) -> Iterable[Parent]:
        if self.source_id:
            yield "source", self.source_id

    def search_title(self) -> Texts:
        return self.title

    def search_texts(self) -> Iterable[Texts | str | None]:
        return (self.text,)

    def search_date(self) -> FuzzyDate:
        return self.issued_on
