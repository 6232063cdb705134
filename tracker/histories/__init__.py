"""The room of histories: who changed what on an object, when, and why."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("histories", __name__, url_prefix="/histories")
