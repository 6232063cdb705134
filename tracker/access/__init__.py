"""The room of `/access/<kind>/<id>`: how far one object travels, why, and who is named for it."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("access", __name__, url_prefix="/access")
