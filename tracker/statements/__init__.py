"""The room of statements: who said what, for whom, and on which paper it stands."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("statements", __name__, url_prefix="/statements")
