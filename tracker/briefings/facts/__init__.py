"""From the records to the facts of a briefing: what this reader may see, as of a day."""

from __future__ import annotations

from tracker.briefings.facts.readers import Partner
from tracker.briefings.facts.tie import tie_briefing

__all__ = ["Partner", "tie_briefing"]
