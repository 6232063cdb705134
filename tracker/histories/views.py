"""What became of one object, for whoever may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import render_template

from tracker.domain.access import Permission
from tracker.domain.dates import FuzzyDate
from tracker.histories import blueprint, queries
from tracker.histories.queries import Entry
from tracker.histories.shown import open_part
from tracker.record.told import Line, names_for, tell
from tracker.record.values import Names
from tracker.record.words import action_word, kind_word
from tracker.web import paging
from tracker.web.city import profile
from tracker.web.db import db
from tracker.web.guard import actor, requires


@dataclass(frozen=True, slots=True)
class Event:
    """An entry in the reader's words."""

    entry: Entry
    lines: tuple[Line, ...]

    @property
    def day(self) -> FuzzyDate:
        """The day it was where the city is."""
        at: datetime = self.entry.at.astimezone(profile().zone)
        return FuzzyDate.exact(at.date())


@blueprint.get("/<kind>/<uuid:object_id>")
@requires(Permission.READ)
def one(kind: str, object_id: UUID) -> str:
    cursor = paging.sequence_cursor()
    told = queries.history(db.session(), actor(), kind, object_id, cursor)
    page = paging.page(told.entries, lambda entry: entry.cursor)
    names = names_for(db.session(), actor(), [entry.changes for entry in page.rows])
    return render_template(
        "histories/history.html",
        kind=kind,
        object_id=object_id,
        told=told,
        page=page,
        kind_word=kind_word,
        action_word=action_word,
        events=[_event(entry, names) for entry in page.rows],
    )


def _event(entry: Entry, names: Names) -> Event:
    changes = open_part(entry.changes, {*names, entry.object_id})
    return Event(entry, tell(entry.kind, changes, names, profile().zone))
