"""The room of `/` and `/today`: what now, for whoever has signed in."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("home", __name__)
