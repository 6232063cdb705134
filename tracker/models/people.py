"""People, organisations, posts, who held which post when, and what a body is to an object."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.bodies import BodyRole, OrganisationKind
from tracker.domain.dates import FuzzyDate
from tracker.models.base import Base, Parent, Part, Recorded, Texts
from tracker.models.types import choice, fuzzy


class Organisation(Recorded, Base):
    """One body, however many names it goes by; `is_ours` marks the city's own bodies."""

    __tablename__ = "organisations"
    kind = "organisation"

    organisation_kind: Mapped[OrganisationKind] = mapped_column(choice(OrganisationKind))
    name: Mapped[Texts]
    short_name: Mapped[Texts] = mapped_column(default=dict)
    aliases: Mapped[list[str]] = mapped_column(JSON, default=list)
    place_id: Mapped[UUID | None] = mapped_column(ForeignKey("places.id"))
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))
    is_ours: Mapped[bool] = mapped_column(default=False)
    sort_name: Mapped[str] = mapped_column(String(300))

    __table_args__ = (Index("ix_organisations_sort", "sort_name", "id"),)

    def search_title(self) -> Texts:
        return self.name

    def search_texts(self) -> Iterable[Texts | str | None]:
        return (self.short_name, *self.aliases)


class Person(Recorded, Base):
    """The name as a paper prints it stands beside the full form; they may differ."""

    __tablename__ = "people"
    kind = "person"

    name: Mapped[Texts]
    printed_names: Mapped[list[str]] = mapped_column(JSON, default=list)
    aliases: Mapped[list[str]] = mapped_column(JSON, default=list)
    note: Mapped[Texts] = mapped_column(default=dict)
    sort_name: Mapped[str] = mapped_column(String(300))

    __table_args__ = (Index("ix_people_sort", "sort_name", "id"),)

    def search_title(self) -> Texts:
        return self.name

    def search_texts(self) -> Iterable[Texts | str | None]:
        return (*self.printed_names, *self.aliases, self.note)


class Post(Recorded, Base):
    """A post exists whether or not anybody is known to hold it."""

    __tablename__ = "posts"
    kind = "post"

    title: Mapped[Texts]
    organisation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("organisations.id"), index=True
    )
    sort_name: Mapped[str] = mapped_column(String(300))

    __table_args__ = (Index("ix_posts_sort", "sort_name", "id"),)

    def search_title(self) -> Texts:
        return self.title


class Tenure(Part, Base):
    """That a person held a post: from, to, and days on which a source attests it."""

    __tablename__ = "tenures"
    root_kind = "person"
    root_column = "person_id"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    post_id: Mapped[UUID] = mapped_column(ForeignKey("posts.id"), index=True)
    since: Mapped[FuzzyDate] = fuzzy("since")
    until: Mapped[FuzzyDate] = fuzzy("until")
    attested_on: Mapped[FuzzyDate] = fuzzy("attested")
    source_id: Mapped[UUID | None] = mapped_column(ForeignKey("sources.id"))


class Involvement(Part, Base):
    """What a body is to a tie or a memorandum: channel, agent, host, focal point."""

    __tablename__ = "involvements"

    object_kind: Mapped[str] = mapped_column(String(20))
    object_id: Mapped[UUID]
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))
    post_id: Mapped[UUID | None] = mapped_column(ForeignKey("posts.id"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    body_role: Mapped[BodyRole] = mapped_column(choice(BodyRole))
    inferred: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[Texts] = mapped_column(default=dict)

    __table_args__ = (Index("ix_involvements_object", "object_id"),)

    def root(self) -> Parent:
        return self.object_kind, self.object_id
