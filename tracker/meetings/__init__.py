"""The room of meetings: logged, corrected, listed, and shown as what was said and decided."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("meetings", __name__, url_prefix="/meetings")
