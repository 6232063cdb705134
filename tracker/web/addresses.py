"""Where each kind of object has its page."""

from __future__ import annotations

from uuid import UUID

from flask import request

from tracker.domain.errors import NotFound

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
    "document": "documents",
}


def page_of(kind: str, object_id: UUID | str) -> str:
    """The address of an object's page."""
    return f"/{PATHS[kind]}/{object_id}"


def asked_id(name: str) -> UUID | None:
    """An id in the query of the address; NotFound for what is no id: nothing goes by it."""
    text = request.args.get(name)
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise NotFound(name) from None
