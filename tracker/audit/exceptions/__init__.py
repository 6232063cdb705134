"""What looks wrong, by rule: how often it happened, and the newest cases of each."""

from __future__ import annotations

from tracker.audit.exceptions.queries import Found, exceptions
from tracker.audit.exceptions.rules import NOT_KEPT_YET, RULES

__all__ = ["NOT_KEPT_YET", "RULES", "Found", "exceptions"]
