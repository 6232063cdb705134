"""The room of search: everything on record by its words, and suggestions for a field."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("search", __name__)
