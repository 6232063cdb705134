"""The lists of mandates, resolutions, policy frameworks and terms, their pages, their forms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import render_template
from sqlalchemy.orm import Session

from tracker.domain.access import Actor, Permission
from tracker.domain.follow_up import FrameworkState
from tracker.lang import current, gettext
from tracker.mandates import blueprint, queries, services
from tracker.mandates.forms import FrameworkForm, MandateForm, ResolutionForm, TermForm
from tracker.models import Recorded
from tracker.record.reads.mandates import mandates_of
from tracker.web import clock, paging
from tracker.web.addresses import PATHS, page_of
from tracker.web.db import db
from tracker.web.editing import Answer, answer, form_over
from tracker.web.guard import actor, requires

Enter = Callable[[Session, Actor, Any, datetime], Recorded]
Correct = Callable[[Session, Actor, UUID, Any, datetime], Recorded]
Held = Callable[[Session, Actor, UUID, str], dict[str, Any]]


@blueprint.get("/mandates/")
@requires(Permission.READ)
def mandates() -> str:
    return _list("mandates/list.html", mandates_of(db.session(), actor(), cursor=paging.cursor()))


@blueprint.get("/mandates/<uuid:mandate_id>")
@requires(Permission.READ)
def mandate(mandate_id: UUID) -> str:
    found = queries.mandate_page(db.session(), actor(), mandate_id)
    return render_template("mandates/page.html", mandate=found)


@blueprint.route("/mandates/new", methods=["GET", "POST"])
@requires(Permission.RECORD)
def new_mandate() -> Answer:
    return _new("mandate", MandateForm, services.enter_mandate, gettext("New mandate"))


@blueprint.route("/mandates/<uuid:mandate_id>/edit", methods=["GET", "POST"])
@requires(Permission.RECORD)
def edit_mandate(mandate_id: UUID) -> Answer:
    return _edit(
        "mandate",
        mandate_id,
        MandateForm,
        queries.mandate_for_form,
        services.correct_mandate,
        gettext("Correct the mandate"),
    )


@blueprint.get("/resolutions/")
@requires(Permission.READ)
def resolutions() -> str:
    rows = queries.resolution_list(db.session(), actor(), cursor=paging.cursor())
    return _list("mandates/resolutions.html", rows)


@blueprint.get("/resolutions/<uuid:resolution_id>")
@requires(Permission.READ)
def resolution(resolution_id: UUID) -> str:
    found = queries.resolution_page(db.session(), actor(), resolution_id)
    return render_template("mandates/resolution.html", resolution=found)


@blueprint.route("/resolutions/new", methods=["GET", "POST"])
@requires(Permission.RECORD)
def new_resolution() -> Answer:
    return _new("resolution", ResolutionForm, services.enter_resolution, gettext("New resolution"))


@blueprint.route("/resolutions/<uuid:resolution_id>/edit", methods=["GET", "POST"])
@requires(Permission.RECORD)
def edit_resolution(resolution_id: UUID) -> Answer:
    return _edit(
        "resolution",
        resolution_id,
        ResolutionForm,
        queries.resolution_for_form,
        services.correct_resolution,
        gettext("Correct the resolution"),
    )


@blueprint.get("/frameworks/")
@requires(Permission.READ)
def frameworks() -> str:
    rows = queries.framework_list(db.session(), actor(), cursor=paging.cursor())
    return _list("mandates/frameworks.html", rows)


@blueprint.get("/frameworks/<uuid:framework_id>")
@requires(Permission.READ)
def framework(framework_id: UUID) -> str:
    found = queries.framework_page(db.session(), actor(), framework_id)
    return render_template("mandates/framework.html", framework=found, states=FrameworkState)


@blueprint.route("/frameworks/new", methods=["GET", "POST"])
@requires(Permission.RECORD)
def new_framework() -> Answer:
    return _new(
        "framework", FrameworkForm, services.enter_framework, gettext("New policy framework")
    )


@blueprint.route("/frameworks/<uuid:framework_id>/edit", methods=["GET", "POST"])
@requires(Permission.RECORD)
def edit_framework(framework_id: UUID) -> Answer:
    return _edit(
        "framework",
        framework_id,
        FrameworkForm,
        queries.framework_for_form,
        services.correct_framework,
        gettext("Correct the policy framework"),
    )


@blueprint.get("/terms/")
@requires(Permission.READ)
def terms() -> str:
    rows = queries.term_list(db.session(), actor(), cursor=paging.cursor())
    return _list("mandates/terms.html", rows)


@blueprint.get("/terms/<uuid:term_id>")
@requires(Permission.READ)
def term(term_id: UUID) -> str:
    found = queries.term_page(db.session(), actor(), term_id)
    return render_template("mandates/term.html", term=found.term, mandates=found.mandates)


@blueprint.route("/terms/new", methods=["GET", "POST"])
@requires(Permission.RECORD)
def new_term() -> Answer:
    return _new("term", TermForm, services.enter_term, gettext("New term of office"))


@blueprint.route("/terms/<uuid:term_id>/edit", methods=["GET", "POST"])
@requires(Permission.RECORD)
def edit_term(term_id: UUID) -> Answer:
    return _edit(
        "term",
        term_id,
        TermForm,
        queries.term_for_form,
        services.correct_term,
        gettext("Correct the term of office"),
    )


def _list(template: str, rows: Sequence[Any]) -> str:
    return render_template(template, page=paging.page(rows, lambda row: row.cursor))


def _new(kind: str, asks: type[Any], enter: Enter, heading: str) -> Answer:
    form = form_over(asks, {})
    return answer(
        form,
        save=lambda: enter(db.session(), actor(), form.given(), clock.now()),
        heading=heading,
        back=f"/{PATHS[kind]}/",
    )


def _edit(
    kind: str, object_id: UUID, asks: type[Any], held: Held, correct: Correct, heading: str
) -> Answer:
    def held_now() -> dict[str, Any]:
        return held(db.session(), actor(), object_id, current().tag)

    form = form_over(asks, held_now())
    return answer(
        form,
        save=lambda: correct(db.session(), actor(), object_id, form.given(), clock.now()),
        heading=heading,
        current=held_now,
        back=page_of(kind, object_id),
    )
