"""The room of sources: news items, letters, minutes, and what was said in them."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("sources", __name__, url_prefix="/sources")
