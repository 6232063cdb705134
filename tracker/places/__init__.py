"""The room of places: countries, provinces, cities, districts, facilities."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("places", __name__, url_prefix="/places")
