"""The room of accounts: signing in and out, and what somebody may see and change of their own."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("accounts", __name__)
