"""What the pages of statements show."""

from __future__ import annotations

from tracker.statements.queries.listing import Narrowed, StatementRow, statement_list
from tracker.statements.queries.page import Related, StatementPage, statement_page
from tracker.statements.queries.prefill import came_from, statement_for_form

__all__ = [
    "Narrowed",
    "Related",
    "StatementPage",
    "StatementRow",
    "came_from",
    "statement_for_form",
    "statement_list",
    "statement_page",
]
