"""What every stored object has: identity, version, level, who and when, soft delete."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, ClassVar, cast
from uuid import UUID

from sqlalchemy import ForeignKey, Index, MetaData, String, Table, insert, text
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, declared_attr, mapped_column

from tracker.domain.access import Level
from tracker.models.ids import new_id
from tracker.models.types import LevelType, TextsType, UtcDateTime

# SQLite's batch migrations can only drop what has a name.
NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

_REMOVED = text("deleted_at IS NOT NULL")

Texts = dict[str, str]
Parent = tuple[str, UUID]


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        Texts: TextsType,
        datetime: UtcDateTime,
        Level: LevelType,
    }


class Recorded:
    """An object with a page, a history and a level of its own.

    `kind` names it in URLs of the search, in audit entries and in links between objects.
    """

    kind: ClassVar[str]

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column(default=1)
    level: Mapped[Level] = mapped_column(default=Level.INTERNAL)
    effective_level: Mapped[Level] = mapped_column(default=Level.INTERNAL)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
    delete_reason: Mapped[str | None] = mapped_column(String(500))

    @declared_attr
    def created_by(cls) -> Mapped[UUID | None]:
        return mapped_column(ForeignKey("users.id"))

    @declared_attr
    def updated_by(cls) -> Mapped[UUID | None]:
        return mapped_column(ForeignKey("users.id"))

    @declared_attr
    def deleted_by(cls) -> Mapped[UUID | None]:
        return mapped_column(ForeignKey("users.id"))

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        # The version goes up once per change, by the record floor; the mapper adds the WHERE
        # that makes the second of two simultaneous writers fail instead of win.
        return {"version_id_col": cls.__table__.c.version, "version_id_generator": False}  # type: ignore[attr-defined]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        # The bin is read by when things came into it; beside the rest they are few.
        columns = cls.__table__.c  # type: ignore[attr-defined]
        name = f"ix_{cls.__tablename__}_removed"  # type: ignore[attr-defined]
        Index(
            name, columns.deleted_at, columns.id, sqlite_where=_REMOVED, postgresql_where=_REMOVED
        )

    def level_parents(self) -> Iterable[Parent]:
        """The objects whose level this one cannot fall below, as (kind, id)."""
        return ()

    def search_title(self) -> Texts:
        """What a list of results prints for it, per language."""
        raise NotImplementedError

    def search_texts(self) -> Iterable[Texts | str | None]:
        """What it is found by, beside its title."""
        return ()

    def search_date(self) -> Any:
        """The fuzzy date by which the newest come first, or None."""
        return None


class Part:
    """A row that belongs to one object and has no page: its change is a change of that object."""

    root_kind: ClassVar[str]
    root_column: ClassVar[str]

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    position: Mapped[int] = mapped_column(default=0)


def insert_rows(session: Session, rows: Sequence[Base]) -> None:
    """Insert rows of one table that nobody will change in this session: without keeping them in
    it, which costs more than the insert itself."""
    if rows:
        table = cast(Table, rows[0].__table__)
        values = [{c.key: getattr(row, c.key) for c in table.columns} for row in rows]
        session.execute(insert(table), values)
