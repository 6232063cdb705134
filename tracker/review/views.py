"""The council's one page."""

from __future__ import annotations

from flask import render_template

from tracker.domain.access import Permission
from tracker.review import blueprint, queries
from tracker.web import clock
from tracker.web.db import db
from tracker.web.guard import actor, requires


@blueprint.get("/")
@requires(Permission.REVIEW)
def index() -> str:
    session, who, day = db.session(), actor(), clock.today()
    return render_template(
        "review/index.html",
        mandates=queries.mandates(session, who),
        late=queries.late_actions(session, who, day),
        waiting=queries.waiting(session, who),
        memoranda=queries.memoranda(session, who),
    )
