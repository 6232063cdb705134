"""The room of obstacles: what stands in the way, who can lift it, and what was asked of whom."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("obstacles", __name__, url_prefix="/obstacles")
