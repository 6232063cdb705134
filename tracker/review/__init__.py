"""The room of the council: what it ordered, how far that has come, and what waits on whom."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("review", __name__, url_prefix="/review")
