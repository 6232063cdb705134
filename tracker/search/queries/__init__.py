"""What a search finds, page by page, and what a field suggests."""

from __future__ import annotations

from tracker.record.finding import MOST_HITS
from tracker.search.queries.results import Results, search_page
from tracker.search.queries.suggestions import suggestions

__all__ = ["MOST_HITS", "Results", "search_page", "suggestions"]
