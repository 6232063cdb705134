"""The list of sources, the page of one, and its form."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request

from tracker.domain.access import Permission
from tracker.domain.sources import SourceKind
from tracker.domain.text import first_strong_direction
from tracker.lang import current, gettext, label
from tracker.sources import blueprint, queries, services
from tracker.sources.forms import SourceForm
from tracker.web import clock, paging
from tracker.web.addresses import page_of
from tracker.web.db import db
from tracker.web.editing import Answer, answer, form_over
from tracker.web.guard import actor, requires


@blueprint.get("/")
@requires(Permission.READ)
def index() -> str:
    shown = next((each for each in SourceKind if each.value == request.args.get("kind")), None)
    rows = queries.source_list(db.session(), actor(), kind=shown, cursor=paging.cursor())
    chips = [(gettext("All"), "/sources/", shown is None)]
    chips += [(label(each), f"?kind={each.value}", each is shown) for each in SourceKind]
    return render_template(
        "sources/list.html",
        page=paging.page(rows, lambda row: row.cursor),
        shown=shown,
        chips=chips,
    )


@blueprint.get("/<uuid:source_id>")
@requires(Permission.READ)
def one(source_id: UUID) -> str:
    source = queries.source_page(db.session(), actor(), source_id)
    return render_template(
        "sources/page.html",
        source=source,
        text_direction=first_strong_direction(source.archived_text) or current().direction,
    )


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.RECORD)
def new() -> Answer:
    form = SourceForm(request.form)
    return answer(
        form,
        save=lambda: services.enter_source(db.session(), actor(), form.given(), clock.now()),
        heading=gettext("New source"),
        back="/sources/",
    )


@blueprint.route("/<uuid:source_id>/edit", methods=["GET", "POST"])
@requires(Permission.RECORD)
def edit(source_id: UUID) -> Answer:
    def held() -> dict[str, Any]:
        return queries.source_for_form(db.session(), actor(), source_id, current().tag)

    form = form_over(SourceForm, held())
    return answer(
        form,
        save=lambda: services.correct_source(
            db.session(), actor(), source_id, form.given(), clock.now()
        ),
        heading=gettext("Correct the source"),
        current=held,
        back=page_of("source", source_id),
    )
