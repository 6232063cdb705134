"""What the pages of the meetings room read: the list, one meeting, and what its form shows."""

from __future__ import annotations

from tracker.meetings.queries.listing import MeetingRow, TieChip, meeting_list, tie_chips
from tracker.meetings.queries.page import MeetingPage, meeting_page
from tracker.meetings.queries.panel import Panel, panel_of
from tracker.meetings.queries.prefill import Recorded, form_data, recorded, subject

__all__ = [
    "MeetingPage",
    "MeetingRow",
    "Panel",
    "Recorded",
    "TieChip",
    "form_data",
    "meeting_list",
    "meeting_page",
    "panel_of",
    "recorded",
    "subject",
    "tie_chips",
]
