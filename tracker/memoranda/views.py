"""The list of memoranda, the page of one, its form, and its steps."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, render_template, request
from werkzeug.wrappers import Response

from tracker.domain.access import Permission
from tracker.domain.memoranda import MOVES, PATH, Side, Stage
from tracker.domain.money import decimals
from tracker.domain.naming import Link
from tracker.lang import current, format_number, gettext
from tracker.memoranda import blueprint, queries, services
from tracker.memoranda.forms import MemorandumForm, NewMemorandumForm, number_of
from tracker.memoranda.page import memorandum_page
from tracker.web import clock, moving, paging
from tracker.web.addresses import page_of
from tracker.web.city import profile
from tracker.web.db import db
from tracker.web.editing import Answer, answer, form_over
from tracker.web.guard import actor, requires

FORM = "memoranda/form.html"


@blueprint.get("/memoranda/")
@requires(Permission.READ)
def index() -> str:
    shown = next((each for each in Stage if each.value == request.args.get("stage")), None)
    rows = queries.memorandum_list(
        db.session(), actor(), stages=_like(shown), cursor=paging.cursor()
    )
    page = paging.page(rows, lambda row: row.cursor)
    words = tuple(stage for stage, _stages in PATH)
    return render_template("memoranda/list.html", page=page, shown=shown, words=words)


@blueprint.get("/memoranda/<uuid:memorandum_id>")
@requires(Permission.READ)
def one(memorandum_id: UUID) -> str:
    memorandum = memorandum_page(db.session(), actor(), memorandum_id, clock.today())
    return render_template(
        "memoranda/page.html",
        memorandum=memorandum,
        offers=moving.offers(MOVES, memorandum.stage, actor()),
        amount=_amount,
    )


@blueprint.route("/memoranda/new", methods=["GET", "POST"])
@requires(Permission.RECORD)
def new() -> Answer:
    ours = Link(profile().municipality.get(current().tag, ""))
    form = form_over(NewMemorandumForm, {"parties": [{"side": Side.OURS, "who": ours}]})
    return answer(
        form,
        save=lambda: services.enter_memorandum(
            db.session(), actor(), form.given(), form.entered(), clock.now()
        ),
        heading=gettext("New memorandum"),
        template=FORM,
        back="/memoranda/",
        number_of=number_of,
    )


@blueprint.route("/memoranda/<uuid:memorandum_id>/edit", methods=["GET", "POST"])
@requires(Permission.RECORD)
def edit(memorandum_id: UUID) -> Answer:
    def held() -> dict[str, object]:
        return queries.memorandum_for_form(db.session(), actor(), memorandum_id, current().tag)

    form = form_over(MemorandumForm, held())
    return answer(
        form,
        save=lambda: services.correct_memorandum(
            db.session(), actor(), memorandum_id, form.given(), clock.now()
        ),
        heading=gettext("Correct the memorandum"),
        template=FORM,
        current=held,
        back=page_of("memorandum", memorandum_id),
        number_of=number_of,
    )


@blueprint.post("/memoranda/<uuid:memorandum_id>/move")
@requires(Permission.RECORD)
def move(memorandum_id: UUID) -> Answer:
    return moving.answer(
        MOVES,
        save=lambda form: services.advance_memorandum(
            db.session(), actor(), memorandum_id, form.step(), form.version.data, clock.now()
        ),
        back=page_of("memorandum", memorandum_id),
    )


@blueprint.get("/commitments/<uuid:commitment_id>")
@requires(Permission.READ)
def commitment(commitment_id: UUID) -> Response:
    memorandum_id = queries.memorandum_of(db.session(), actor(), commitment_id)
    return redirect(f"{page_of('memorandum', memorandum_id)}#commitment-{commitment_id}", 303)


def _amount(minor: int, currency: str) -> str:
    return format_number(minor, scale=decimals(currency))


def _like(shown: Stage | None) -> tuple[Stage, ...]:
    """The stages that the word of a filter stands for."""
    return next((stages for stage, stages in PATH if stage is shown), (shown,) if shown else ())
