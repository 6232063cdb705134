"""The room of memoranda: what two sides promise one another, and how far the paper has come."""

from __future__ import annotations

from flask import Blueprint

# Without a prefix: a commitment has an address of its own, which leads to its memorandum.
blueprint = Blueprint("memoranda", __name__)
