"""The room of what councils order: mandates, resolutions, policy frameworks, terms of office."""

from __future__ import annotations

from flask import Blueprint

# Four addresses of one room: each of them is shown by the others.
blueprint = Blueprint("mandates", __name__)
