"""What the pages of people and of posts show."""

from __future__ import annotations

from tracker.people.queries.people import person_for_form, person_list, person_page
from tracker.people.queries.posts import post_for_form, post_list, post_page

__all__ = [
    "person_for_form",
    "person_list",
    "person_page",
    "post_for_form",
    "post_list",
    "post_page",
]
