"""The list of obstacles, the page of one, its form, and its steps."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request

from tracker.domain.access import Permission
from tracker.domain.follow_up import OBSTACLE_MOVES, ObstacleState
from tracker.lang import current, gettext, label
from tracker.obstacles import blueprint, queries, services
from tracker.obstacles.forms import NewObstacleForm, ObstacleForm
from tracker.web import clock, moving, paging
from tracker.web.addresses import page_of
from tracker.web.db import db
from tracker.web.editing import Answer, answer, form_over
from tracker.web.guard import actor, requires


@blueprint.get("/")
@requires(Permission.READ)
def index() -> str:
    shown = next((each for each in ObstacleState if each.value == request.args.get("state")), None)
    rows = queries.obstacle_list(db.session(), actor(), state=shown, cursor=paging.cursor())
    chips = [(gettext("All"), "/obstacles/", shown is None)]
    chips += [(label(each), f"?state={each.value}", each is shown) for each in ObstacleState]
    page = paging.page(rows, lambda row: row.cursor)
    return render_template("obstacles/list.html", page=page, shown=shown, chips=chips)


@blueprint.get("/<uuid:obstacle_id>")
@requires(Permission.READ)
def one(obstacle_id: UUID) -> str:
    obstacle = queries.obstacle_page(db.session(), actor(), obstacle_id)
    offers = moving.offers(OBSTACLE_MOVES, obstacle.state, actor())
    return render_template(
        "obstacles/page.html", obstacle=obstacle, offers=offers, states=ObstacleState
    )


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.RECORD)
def new() -> Answer:
    form = form_over(NewObstacleForm, {})
    return answer(
        form,
        save=lambda: services.enter_obstacle(
            db.session(), actor(), form.given(), form.entered(), clock.now()
        ),
        heading=gettext("New obstacle"),
        back="/obstacles/",
    )


@blueprint.route("/<uuid:obstacle_id>/edit", methods=["GET", "POST"])
@requires(Permission.RECORD)
def edit(obstacle_id: UUID) -> Answer:
    def held() -> dict[str, object]:
        return queries.obstacle_for_form(db.session(), actor(), obstacle_id, current().tag)

    form = form_over(ObstacleForm, held())
    return answer(
        form,
        save=lambda: services.correct_obstacle(
            db.session(), actor(), obstacle_id, form.given(), clock.now()
        ),
        heading=gettext("Correct the obstacle"),
        current=held,
        back=page_of("obstacle", obstacle_id),
    )


@blueprint.post("/<uuid:obstacle_id>/move")
@requires(Permission.RECORD)
def move(obstacle_id: UUID) -> Answer:
    return moving.answer(
        OBSTACLE_MOVES,
        save=lambda form: services.move_obstacle(
            db.session(), actor(), obstacle_id, form.step(), form.version.data, clock.now()
        ),
        back=page_of("obstacle", obstacle_id),
    )
