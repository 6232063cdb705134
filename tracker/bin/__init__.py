"""The room of the bin: putting objects away, bringing them back, and destroying them."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("bin", __name__, url_prefix="/bin")
