"""Where each kind of object has its page."""

from __future__ import annotations

from uuid import UUID

# The part of a path that stands for a kind. Clauses and commitments are shown on the page of the
# paper that they belong to; their own address leads there.
PATHS: dict[str, str] = {
    "tie": "ties",
    "memorandum": "memoranda",
    "commitment": "commitments",
    "meeting": "meetings",
    "action": "actions",
    "person": "people",
    "post": "posts",
    "organisation": "organisations",
    "place": "places",
    "source": "sources",
    "statement": "statements",
    "instrument": "instruments",
    "clause": "clauses",
    "obstacle": "obstacles",
    "mandate": "mandates",
    "resolution": "resolutions",
    "framework": "frameworks",
    "term": "terms",
}


def page_of(kind: str, object_id: UUID | str) -> str:
    """The address of an object's page."""
    return f"/{PATHS[kind]}/{object_id}"
