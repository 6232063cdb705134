"""The list of ties, the page of one, its form, and its steps."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request

from tracker.domain.access import Permission
from tracker.domain.memoranda import Side
from tracker.domain.naming import Link
from tracker.domain.ties import MOVES, TieState
from tracker.lang import current, gettext
from tracker.ties import blueprint, queries, services
from tracker.ties.forms import NewTieForm, TieForm
from tracker.ties.page import tie_page
from tracker.web import clock, moving, paging
from tracker.web.addresses import page_of
from tracker.web.city import profile
from tracker.web.db import db
from tracker.web.editing import Answer, answer, form_over
from tracker.web.guard import actor, requires

FORM = "ties/form.html"


@blueprint.get("/")
@requires(Permission.READ)
def index() -> str:
    shown = next((each for each in TieState if each.value == request.args.get("state")), None)
    rows = queries.tie_list(db.session(), actor(), state=shown, cursor=paging.name_cursor())
    page = paging.page(rows, lambda row: row.cursor)
    return render_template("ties/list.html", page=page, shown=shown, states=tuple(TieState))


@blueprint.get("/<uuid:tie_id>")
@requires(Permission.READ)
def one(tie_id: UUID) -> str:
    tie = tie_page(db.session(), actor(), tie_id, clock.today())
    offers = moving.offers(MOVES, tie.state, actor())
    return render_template("ties/page.html", tie=tie, offers=offers)


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.RECORD)
def new() -> Answer:
    home = Link(profile().name.get(current().tag, ""))
    form = form_over(NewTieForm, {"parties": [{"side": Side.OURS, "who": home}]})
    return answer(
        form,
        save=lambda: services.enter_tie(
            db.session(), actor(), form.given(), form.entered(), clock.now()
        ),
        heading=gettext("New tie"),
        template=FORM,
        back="/ties/",
    )


@blueprint.route("/<uuid:tie_id>/edit", methods=["GET", "POST"])
@requires(Permission.RECORD)
def edit(tie_id: UUID) -> Answer:
    def held() -> dict[str, object]:
        return queries.tie_for_form(db.session(), actor(), tie_id, current().tag)

    form = form_over(TieForm, held())
    return answer(
        form,
        save=lambda: services.correct_tie(
            db.session(), actor(), tie_id, form.given(), clock.now()
        ),
        heading=gettext("Correct the tie"),
        template=FORM,
        current=held,
        back=page_of("tie", tie_id),
    )


@blueprint.post("/<uuid:tie_id>/move")
@requires(Permission.RECORD)
def move(tie_id: UUID) -> Answer:
    return moving.answer(
        MOVES,
        save=lambda form: services.move_tie(
            db.session(), actor(), tie_id, form.step(), form.version.data, clock.now()
        ),
        back=page_of("tie", tie_id),
    )
