"""The room of the auditor: who did, saw and changed what, and what looks wrong."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("audit", __name__, url_prefix="/audit")
