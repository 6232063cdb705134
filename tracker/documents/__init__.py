"""The room of documents: files that belong to other objects, each in versions."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("documents", __name__, url_prefix="/documents")
