"""The room of instruments: legal papers that exist, in hand or not, and their clauses."""

from __future__ import annotations

from flask import Blueprint

# Two addresses of one room: a clause is shown on the page of its paper.
blueprint = Blueprint("instruments", __name__)
