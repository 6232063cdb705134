"""What was released to which organisation, and how a query tells of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Dialect, ForeignKey, Index, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from tracker.domain.access import Level
from tracker.domain.releases import Marking
from tracker.models.base import Base
from tracker.models.ids import new_id
from tracker.models.watching import note_confidential

_STANDS = text("withdrawn_at IS NULL")


class Release(Base):
    """One version of an object, handed to one organisation in one language, or in any.

    Withdrawing fills in the last three columns and nothing else: what was released cannot be
    unsaid. `level` is what the object had then.
    """

    __tablename__ = "releases"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    object_kind: Mapped[str] = mapped_column(String(20))
    object_id: Mapped[UUID]
    object_version: Mapped[int]
    level: Mapped[Level]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    language: Mapped[str] = mapped_column(String(12), default="")
    edition: Mapped[str] = mapped_column(String(120), default="")
    letter: Mapped[str] = mapped_column(String(120), default="")
    reason: Mapped[str] = mapped_column(String(500))
    released_at: Mapped[datetime]
    released_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    withdraw_reason: Mapped[str] = mapped_column(String(500), default="")

    __table_args__ = (
        CheckConstraint("(withdrawn_at IS NULL) = (withdraw_reason = '')", name="withdrawn_why"),
        Index("ix_releases_object", "object_id", "id"),
        Index("ix_releases_organisation", "organisation_id", "id"),
        # The same twice would say nothing; it is also how a form sent twice is noticed.
        Index(
            "ix_releases_standing",
            "object_id",
            "organisation_id",
            "object_version",
            "language",
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
    )


# What a query adds to the level of an object of which a release stands.
RELEASED = 4
_MARKINGS = {
    int(level) + RELEASED * released: Marking(level, bool(released))
    for level in Level
    for released in (0, 1)
}


class MarkingType(TypeDecorator[Marking]):
    """A marking as one small number, so that a row of a list costs no more than its level did."""

    impl = SmallInteger
    cache_ok = True

    def process_bind_param(self, value: Marking | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value.level) + RELEASED * value.released

    def process_result_value(self, value: int | None, dialect: Dialect) -> Marking | None:
        if value is None:
            return None
        marking = _MARKINGS[value]
        if marking.level is Level.CONFIDENTIAL:
            note_confidential()
        return marking
