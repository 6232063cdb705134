"""The room of releases: what was handed to which organisation, by whom, and what was withdrawn."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("releases", __name__, url_prefix="/releases")
