"""The list of instruments, the page of one with its clauses, and its form."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request
from werkzeug.wrappers import Response

from tracker.domain.access import Permission
from tracker.domain.sources import InstrumentKind
from tracker.instruments import blueprint, queries, services
from tracker.instruments.forms import InstrumentForm
from tracker.lang import current, gettext, label
from tracker.web import clock, paging
from tracker.web.addresses import page_of
from tracker.web.db import db
from tracker.web.editing import Answer, answer, form_over
from tracker.web.guard import actor, requires


@blueprint.get("/instruments/")
@requires(Permission.READ)
def index() -> str:
    asked = request.args.get("kind")
    shown = next((each for each in InstrumentKind if each.value == asked), None)
    rows = queries.instrument_list(db.session(), actor(), kind=shown, cursor=paging.name_cursor())
    chips = [(gettext("All"), "/instruments/", shown is None)]
    chips += [(label(each), f"?kind={each.value}", each is shown) for each in InstrumentKind]
    return render_template(
        "instruments/list.html",
        page=paging.page(rows, lambda row: row.cursor),
        shown=shown,
        chips=chips,
    )


@blueprint.get("/instruments/<uuid:instrument_id>")
@requires(Permission.READ)
def one(instrument_id: UUID) -> str:
    paper = queries.instrument_page(db.session(), actor(), instrument_id)
    return render_template("instruments/page.html", paper=paper)


@blueprint.route("/instruments/new", methods=["GET", "POST"])
@requires(Permission.RECORD)
def new() -> Answer:
    form = InstrumentForm(request.form)
    return answer(
        form,
        save=lambda: services.enter_instrument(db.session(), actor(), form.given(), clock.now()),
        heading=gettext("New legal document"),
        back="/instruments/",
    )


@blueprint.route("/instruments/<uuid:instrument_id>/edit", methods=["GET", "POST"])
@requires(Permission.RECORD)
def edit(instrument_id: UUID) -> Answer:
    def held() -> dict[str, Any]:
        return queries.instrument_for_form(db.session(), actor(), instrument_id, current().tag)

    form = form_over(InstrumentForm, held())
    return answer(
        form,
        save=lambda: services.correct_instrument(
            db.session(), actor(), instrument_id, form.given(), clock.now()
        ),
        heading=gettext("Correct the legal document"),
        current=held,
        back=page_of("instrument", instrument_id),
    )


@blueprint.get("/clauses/<uuid:clause_id>")
@requires(Permission.READ)
def clause(clause_id: UUID) -> Response:
    paper_id = queries.paper_of_clause(db.session(), actor(), clause_id)
    return redirect(f"{page_of('instrument', paper_id)}#clause-{clause_id}", 303)
