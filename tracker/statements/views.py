"""The list of statements, the page of one, and its form."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import render_template, request
from werkzeug.exceptions import NotFound

from tracker.domain.access import Permission
from tracker.domain.statements import StatementKind
from tracker.lang import current, gettext, label, language
from tracker.models import Meeting, Source
from tracker.statements import blueprint, queries, services
from tracker.statements.forms import StatementForm
from tracker.statements.queries import Narrowed
from tracker.web import clock, paging
from tracker.web.addresses import page_of
from tracker.web.db import db
from tracker.web.editing import Answer, answer, form_over
from tracker.web.guard import actor, requires


@blueprint.get("/")
@requires(Permission.READ)
def index() -> str:
    asked = request.args.get("kind")
    narrowed = Narrowed(
        kind=next((each for each in StatementKind if each.value == asked), None),
        speaker=_asked_for("speaker"),
        place=_asked_for("place"),
    )
    listed = queries.statement_list(db.session(), actor(), narrowed, paging.cursor())
    chips = [(gettext("All"), _narrowed(kind=""), narrowed.kind is None)]
    chips += [
        (label(each), _narrowed(kind=each.value), each is narrowed.kind) for each in StatementKind
    ]
    return render_template(
        "statements/list.html",
        page=paging.page(listed.rows, lambda row: row.cursor),
        listed=listed,
        narrowed=narrowed,
        chips=chips,
        without=_narrowed,
    )


@blueprint.get("/<uuid:statement_id>")
@requires(Permission.READ)
def one(statement_id: UUID) -> str:
    page = queries.statement_page(db.session(), actor(), statement_id)
    return render_template(
        "statements/page.html",
        page=page,
        said=page.line,
        quoted=[(language(tag), words) for tag, words in page.line.quotation.items()],
    )


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.RECORD)
def new() -> Answer:
    known, back = _came_from()
    form = StatementForm(request.form) if request.method == "POST" else StatementForm(data=known)
    return answer(
        form,
        save=lambda: services.enter_statement(db.session(), actor(), form.given(), clock.now()),
        heading=gettext("New statement"),
        template="statements/form.html",
        back=back,
    )


@blueprint.route("/<uuid:statement_id>/edit", methods=["GET", "POST"])
@requires(Permission.RECORD)
def edit(statement_id: UUID) -> Answer:
    def held() -> dict[str, Any]:
        return queries.statement_for_form(db.session(), actor(), statement_id, current().tag)

    form = form_over(StatementForm, held())
    return answer(
        form,
        save=lambda: services.correct_statement(
            db.session(), actor(), statement_id, form.given(), clock.now()
        ),
        heading=gettext("Correct the statement"),
        template="statements/form.html",
        current=held,
        back=page_of("statement", statement_id),
    )


def _came_from() -> tuple[dict[str, Any], str]:
    """What is known of a new statement from the page one came from, and the way back there."""
    for model in (Meeting, Source):
        object_id = _asked_for(model.kind)
        if object_id is not None:
            known = queries.came_from(db.session(), actor(), model, object_id, current().tag)
            return known, page_of(model.kind, object_id)
    return {}, "/statements/"


def _asked_for(name: str) -> UUID | None:
    """An id in the address; NotFound for what is no id: there is nothing of that name."""
    text = request.args.get(name)
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None


def _narrowed(**changed: str) -> str:
    """The address of this list, narrowed otherwise; an empty value takes a narrowing away."""
    wanted = {name: request.args.get(name, "") for name in ("kind", "speaker", "place")} | changed
    query = urlencode({name: value for name, value in wanted.items() if value})
    return f"/statements/?{query}" if query else "/statements/"
