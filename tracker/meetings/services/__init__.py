"""What people do with meetings: log one, correct it, file it, say that it was held or is off."""

from __future__ import annotations

from tracker.meetings.services.filing import file_meeting
from tracker.meetings.services.given import GivenAction, GivenDelegate, GivenMeeting
from tracker.meetings.services.log import correct_meeting, log_meeting
from tracker.meetings.services.moves import move_meeting

__all__ = [
    "GivenAction",
    "GivenDelegate",
    "GivenMeeting",
    "correct_meeting",
    "file_meeting",
    "log_meeting",
    "move_meeting",
]
