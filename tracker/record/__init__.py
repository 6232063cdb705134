"""How anything is changed: version, level, audit entry and search entry in one transaction."""

from __future__ import annotations

from tracker.record.changes import Change, change
from tracker.record.reading import asked_by, find, get_visible, rows, visible, visible_to

__all__ = ["Change", "asked_by", "change", "find", "get_visible", "rows", "visible", "visible_to"]
