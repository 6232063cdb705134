"""The room of organisations: bodies of the city, of its partners and of the state."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("organisations", __name__, url_prefix="/organisations")
