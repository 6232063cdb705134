"""Briefings: the facts of a tie on screen, on paper, as JSON; and the words they still miss."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("briefings", __name__)
