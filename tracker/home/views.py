"""The first page by role: what waits on staff, what officials walk into, what is under way."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from tracker.domain.access import Permission, Role
from tracker.home import blueprint, queries
from tracker.web import clock
from tracker.web.db import db
from tracker.web.guard import actor, requires


@blueprint.get("/")
@requires(Permission.OWN_ACCOUNT)
def index() -> str | Response:
    who = actor()
    if who.can(Permission.RECORD):
        return _desk()
    if who.role is Role.COUNCIL:
        return redirect(url_for("review.index"), 303)
    if who.can(Permission.READ):
        return today()
    at_home = "accounts.accounts" if who.can(Permission.ADMINISTER) else "accounts.account"
    return redirect(url_for(at_home), 303)


@blueprint.get("/today")
@requires(Permission.READ)
def today() -> str:
    return render_template(
        "home/today.html", meetings=queries.meetings_around(db.session(), actor(), clock.today())
    )


def _desk() -> str:
    session, who, day = db.session(), actor(), clock.today()
    desk = queries.desk(session, who, day)
    return render_template(
        "home/desk.html",
        meetings=queries.meetings_around(session, who, day),
        figures=queries.figures(session, who, day),
        mine=desk.mine,
        others=desk.others,
        unfinished=queries.unfinished(session, who),
        levels_asked=queries.levels_asked(session, who),
    )
