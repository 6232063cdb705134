"""Places: countries, provinces, cities, districts, facilities."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.domain.places import PlaceLevel
from tracker.models.base import Base, Recorded, Texts
from tracker.models.types import choice


class Place(Recorded, Base):
    """Former names and aliases are found by search but not printed. Coordinates are in
    hundred-thousandths of a degree, whole numbers."""

    __tablename__ = "places"
    kind = "place"

    place_level: Mapped[PlaceLevel] = mapped_column(choice(PlaceLevel))
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("places.id"))
    name: Mapped[Texts]
    former_names: Mapped[list[str]] = mapped_column(JSON, default=list)
    aliases: Mapped[list[str]] = mapped_column(JSON, default=list)
    iso_code: Mapped[str | None] = mapped_column(String(6))
    latitude_e5: Mapped[int | None]
    longitude_e5: Mapped[int | None]
    sort_name: Mapped[str] = mapped_column(String(300))

    __table_args__ = (
        Index("ix_places_sort", "sort_name", "id"),
        CheckConstraint("latitude_e5 BETWEEN -9000000 AND 9000000", name="latitude"),
        CheckConstraint("longitude_e5 BETWEEN -18000000 AND 18000000", name="longitude"),
    )

    def search_title(self) -> Texts:
        return self.name

    def search_texts(self) -> Iterable[Texts | str | None]:
        return (*self.former_names, *self.aliases, self.iso_code)
