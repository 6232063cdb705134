"""The room of ties: sister cities and other standing relations between places."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("ties", __name__, url_prefix="/ties")
