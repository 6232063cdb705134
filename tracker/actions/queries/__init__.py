"""What the pages of actions show."""

from __future__ import annotations

from tracker.actions.queries.forms import accounts, action_for_form, came_from
from tracker.actions.queries.listing import Show, action_list, place_of
from tracker.actions.queries.page import ActionPage, action_page

__all__ = [
    "ActionPage",
    "Show",
    "accounts",
    "action_for_form",
    "action_list",
    "action_page",
    "came_from",
    "place_of",
]
