"""The room of people and of the posts they hold."""

from __future__ import annotations

from flask import Blueprint

# Two addresses of one room: a person and a post are shown by one another.
blueprint = Blueprint("people", __name__)
