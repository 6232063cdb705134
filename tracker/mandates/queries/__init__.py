"""What the pages of mandates, resolutions, policy frameworks and terms of office show."""

from __future__ import annotations

from tracker.mandates.queries.frameworks import (
    framework_for_form,
    framework_list,
    framework_page,
)
from tracker.mandates.queries.mandates import mandate_for_form, mandate_page
from tracker.mandates.queries.resolutions import (
    resolution_for_form,
    resolution_list,
    resolution_page,
)
from tracker.mandates.queries.terms import term_for_form, term_list, term_page

__all__ = [
    "framework_for_form",
    "framework_list",
    "framework_page",
    "mandate_for_form",
    "mandate_page",
    "resolution_for_form",
    "resolution_list",
    "resolution_page",
    "term_for_form",
    "term_list",
    "term_page",
]
