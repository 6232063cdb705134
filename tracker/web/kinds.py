"""What each kind of object is called, one and several of it, and its mark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tracker.lang import lazy_gettext, lazy_pgettext


@dataclass(frozen=True, slots=True)
class Called:
    """One of a kind, several of it, and the icon."""

    one: Any
    many: Any
    icon: str


# In the order in which they stand at the side of the results.
CALLED: dict[str, Called] = {
    "tie": Called(lazy_pgettext("kind", "tie"), lazy_gettext("Ties"), "handshake"),
    "memorandum": Called(
        lazy_pgettext("kind", "memorandum"), lazy_gettext("Memoranda"), "file-text"
    ),
    "commitment": Called(
        lazy_pgettext("kind", "commitment"), lazy_gettext("Commitments"), "arrow-left-right"
    ),
    "meeting": Called(lazy_pgettext("kind", "meeting"), lazy_gettext("Meetings"), "users"),
    "action": Called(lazy_pgettext("kind", "action"), lazy_gettext("Actions"), "list-checks"),
    "statement": Called(
        lazy_pgettext("kind", "statement"), lazy_gettext("Statements"), "message-square-quote"
    ),
    "person": Called(lazy_pgettext("kind", "person"), lazy_gettext("People"), "circle-user-round"),
    "post": Called(lazy_pgettext("kind", "post"), lazy_gettext("Posts"), "flag"),
    "organisation": Called(
        lazy_pgettext("kind", "organisation"), lazy_gettext("Organisations"), "landmark"
    ),
    "place": Called(lazy_pgettext("kind", "place"), lazy_gettext("Places"), "map-pin"),
    "source": Called(lazy_pgettext("kind", "source"), lazy_gettext("Sources"), "newspaper"),
    "instrument": Called(
        lazy_pgettext("kind", "legal paper"), lazy_gettext("Legal papers"), "scale"
    ),
    "clause": Called(lazy_pgettext("kind", "clause"), lazy_gettext("Clauses"), "scale"),
    "obstacle": Called(
        lazy_pgettext("kind", "obstacle"), lazy_gettext("Obstacles"), "triangle-alert"
    ),
    "mandate": Called(lazy_pgettext("kind", "mandate"), lazy_gettext("Mandates"), "flag"),
    "resolution": Called(
        lazy_pgettext("kind", "resolution"), lazy_gettext("Resolutions"), "landmark"
    ),
    "framework": Called(
        lazy_pgettext("kind", "policy framework"), lazy_gettext("Policy frameworks"), "landmark"
    ),
    "term": Called(
        lazy_pgettext("kind", "term of office"), lazy_gettext("Terms of office"), "calendar-days"
    ),
    "document": Called(lazy_pgettext("kind", "document"), lazy_gettext("Documents"), "paperclip"),
}
