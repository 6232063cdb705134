"""The room of actions: who does what by when, what is late, and what became of it."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("actions", __name__, url_prefix="/actions")
