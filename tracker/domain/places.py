"""Places and the levels at which a party to a tie can stand."""

from __future__ import annotations

import re
from enum import StrEnum

from tracker.domain.errors import RuleBroken


class PlaceLevel(StrEnum):
    COUNTRY = "country"
    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"
    FACILITY = "facility"


# What a place most often lies in, for one that is named before it is entered.
ABOVE: dict[PlaceLevel, PlaceLevel] = {
    PlaceLevel.COUNTRY: PlaceLevel.COUNTRY,
    PlaceLevel.PROVINCE: PlaceLevel.COUNTRY,
    PlaceLevel.CITY: PlaceLevel.PROVINCE,
    PlaceLevel.DISTRICT: PlaceLevel.CITY,
    PlaceLevel.FACILITY: PlaceLevel.CITY,
}

_ISO = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?", re.ASCII)


def iso_code(typed: str) -> str | None:
    """A code of ISO 3166: two letters of a country, perhaps with a part of it."""
    code = typed.strip().upper()
    if not code:
        return None
    if not _ISO.fullmatch(code):
        raise RuleBroken("A country code is two Latin letters.", field="iso_code")
    return code


def check_coordinates(latitude_e5: int | None, longitude_e5: int | None) -> None:
    """A point has both or neither."""
    if latitude_e5 is None and longitude_e5 is not None:
        raise RuleBroken("The latitude is missing", field="latitude")
    if longitude_e5 is None and latitude_e5 is not None:
        raise RuleBroken("The longitude is missing", field="longitude")
