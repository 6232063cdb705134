"""The list of places, the page of one, and its form."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request

from tracker.domain.access import Permission
from tracker.domain.places import PlaceLevel
from tracker.lang import current, format_number, gettext, label
from tracker.places import blueprint, queries, services
from tracker.places.forms import PlaceForm
from tracker.web import clock, paging
from tracker.web.addresses import page_of
from tracker.web.db import db
from tracker.web.editing import Answer, answer, form_over
from tracker.web.guard import actor, requires


@blueprint.get("/")
@requires(Permission.READ)
def index() -> str:
    shown = next((each for each in PlaceLevel if each.value == request.args.get("kind")), None)
    rows = queries.place_list(
        db.session(), actor(), place_level=shown, cursor=paging.name_cursor()
    )
    page = paging.page(rows, lambda row: row.cursor)
    chips = [(gettext("All"), "/places/", shown is None)]
    chips += [(label(each), f"?kind={each.value}", each is shown) for each in PlaceLevel]
    return render_template("places/list.html", page=page, shown=shown, chips=chips)


@blueprint.get("/<uuid:place_id>")
@requires(Permission.READ)
def one(place_id: UUID) -> str:
    place = queries.place_page(db.session(), actor(), place_id)
    return render_template(
        "places/page.html",
        place=place,
        steps=[(step.name, page_of("place", step.id)) for step in reversed(place.above)],
        latitude=_degrees(place.latitude_e5),
        longitude=_degrees(place.longitude_e5),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.RECORD)
def new() -> Answer:
    form = PlaceForm(request.form)
    return answer(
        form,
        save=lambda: services.enter_place(db.session(), actor(), form.values(), clock.now()),
        heading=gettext("New place"),
        back="/places/",
    )


@blueprint.route("/<uuid:place_id>/edit", methods=["GET", "POST"])
@requires(Permission.RECORD)
def edit(place_id: UUID) -> Answer:
    def held() -> dict[str, object]:
        return queries.place_for_form(db.session(), actor(), place_id, current().tag)

    form = form_over(PlaceForm, held())
    return answer(
        form,
        save=lambda: services.correct_place(
            db.session(), actor(), place_id, form.values(), clock.now()
        ),
        heading=gettext("Correct the place"),
        current=held,
        back=page_of("place", place_id),
    )


def _degrees(e5: int | None) -> str:
    return "" if e5 is None else format_number(e5, scale=5)
