"""The list of organisations, the page of one, and its form."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request, url_for

from tracker.domain.access import Permission
from tracker.domain.bodies import OrganisationKind
from tracker.lang import current, gettext, label
from tracker.organisations import blueprint, queries, services
from tracker.organisations.forms import OrganisationForm
from tracker.web import clock, paging
from tracker.web.addresses import page_of
from tracker.web.db import db
from tracker.web.editing import Answer, answer, form_over
from tracker.web.guard import actor, requires


@blueprint.get("/")
@requires(Permission.READ)
def index() -> str:
    asked = request.args.get("kind")
    shown = next((each for each in OrganisationKind if each.value == asked), None)
    rows = queries.organisation_list(
        db.session(), actor(), kind=shown, cursor=paging.name_cursor()
    )
    chips = [(gettext("All"), url_for("organisations.index"), shown is None)]
    chips += [
        (label(each), url_for("organisations.index", kind=each.value), each is shown)
        for each in OrganisationKind
    ]
    page = paging.page(rows, lambda row: row.cursor)
    return render_template("organisations/list.html", page=page, shown=shown, chips=chips)


@blueprint.get("/<uuid:organisation_id>")
@requires(Permission.READ)
def one(organisation_id: UUID) -> str:
    body = queries.organisation_page(db.session(), actor(), organisation_id, clock.today())
    return render_template("organisations/page.html", body=body)


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.RECORD)
def new() -> Answer:
    form = OrganisationForm(request.form)
    return answer(
        form,
        save=lambda: services.enter_organisation(
            db.session(), actor(), form.values(), clock.now()
        ),
        heading=gettext("New organisation"),
        back="/organisations/",
    )


@blueprint.route("/<uuid:organisation_id>/edit", methods=["GET", "POST"])
@requires(Permission.RECORD)
def edit(organisation_id: UUID) -> Answer:
    def held() -> dict[str, object]:
        return queries.organisation_for_form(db.session(), actor(), organisation_id, current().tag)

    form = form_over(OrganisationForm, held())
    return answer(
        form,
        save=lambda: services.correct_organisation(
            db.session(), actor(), organisation_id, form.values(), clock.now()
        ),
        heading=gettext("Correct the organisation"),
        current=held,
        back=page_of("organisation", organisation_id),
    )
