"""How anything is changed: version, level, audit entry and search entry in one transaction."""

from __future__ import annotations

from tracker.record.changes import Change, change
from tracker.record.reading import find, get_visible, visible_to

__all__ = ["Change", "change", "find", "get_visible", "visible_to"]
