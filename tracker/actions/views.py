"""The lists of actions, the page of one, its form, its steps, and putting it off."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request
from werkzeug.exceptions import NotFound

from tracker.actions import blueprint, moves, queries, services
from tracker.actions.forms import ActionForm, ActionMoveForm, NewActionForm, PostponeForm
from tracker.actions.queries import Show
from tracker.domain.access import Permission
from tracker.domain.actions import MOVES, ActionState
from tracker.lang import current, gettext
from tracker.models import Action
from tracker.web import clock, moving, paging
from tracker.web.addresses import page_of
from tracker.web.db import db
from tracker.web.editing import Answer, answer, form_over
from tracker.web.guard import actor, requires, safe_next

# From the page of one of these an action is entered with its field filled in.
_FROM = ("meeting", "statement", "obstacle", "mandate")
_FILED_FROM = ("tie", "memorandum")


@blueprint.get("/")
@requires(Permission.READ)
def index() -> str:
    records = actor().can(Permission.RECORD)
    usual = Show.MINE if records else Show.OPEN
    show = next((each for each in Show if each.value == request.args.get("show")), usual)
    rows = queries.action_list(
        db.session(), actor(), show, today=clock.today(), cursor=paging.cursor()
    )
    words = {
        Show.MINE: gettext("Waiting on us"),
        Show.OVERDUE: gettext("Overdue"),
        Show.OPEN: gettext("Still to be done"),
        Show.ALL: gettext("All"),
    }
    return render_template(
        "actions/list.html",
        page=paging.page(rows, lambda row: queries.place_of(show, row)),
        show=show.value,
        chips=[(words[each], f"/actions/?show={each.value}", each is show) for each in Show],
        here=request.full_path.rstrip("?"),
    )


@blueprint.get("/<uuid:action_id>")
@requires(Permission.READ)
def one(action_id: UUID) -> str:
    action = queries.action_page(db.session(), actor(), action_id)
    offers = moving.offers(MOVES, action.state, actor())
    return render_template("actions/page.html", action=action, offers=offers)


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.RECORD)
def new() -> Answer:
    form = form_over(NewActionForm, _came_from())
    return answer(
        form,
        save=lambda: services.enter_action(
            db.session(), actor(), form.given(), form.entered(), clock.now()
        ),
        heading=gettext("New action"),
        back="/actions/",
    )


@blueprint.route("/<uuid:action_id>/edit", methods=["GET", "POST"])
@requires(Permission.RECORD)
def edit(action_id: UUID) -> Answer:
    def held() -> dict[str, Any]:
        return queries.action_for_form(db.session(), actor(), action_id, current().tag)

    now_held = held()
    form = form_over(ActionForm, now_held)
    form.follow_up.held = now_held["follow_up"]
    return answer(
        form,
        save=lambda: services.correct_action(
            db.session(), actor(), action_id, form.given(), clock.now()
        ),
        heading=gettext("Correct the action"),
        current=held,
        back=page_of("action", action_id),
    )


@blueprint.post("/<uuid:action_id>/move")
@requires(Permission.RECORD)
def move(action_id: UUID) -> Answer:
    return moving.answer(
        MOVES,
        asks=ActionMoveForm,
        save=lambda form: moves.move_action(
            db.session(),
            actor(),
            action_id,
            form.step(),
            form.version.data,
            clock.now(),
            language=current().tag,
            obstacle=form.obstacle.data if "obstacle" in form else None,
        ),
        back=page_of("action", action_id),
        onward=_moved,
    )


@blueprint.post("/<uuid:action_id>/undo")
@requires(Permission.RECORD)
def undo(action_id: UUID) -> Answer:
    form = moving.MoveForm(request.form)
    action = moves.take_back(db.session(), actor(), action_id, form.version.data, clock.now())
    flash(gettext("It was taken back: the action is still to be done."), "done")
    return redirect(_next(action), 303)


@blueprint.post("/<uuid:action_id>/postpone")
@requires(Permission.RECORD)
def postpone(action_id: UUID) -> Answer:
    form = PostponeForm(request.form)
    return answer(
        form,
        save=lambda: moves.postpone_action(
            db.session(),
            actor(),
            action_id,
            form.given(),
            form.version.data,
            clock.now(),
            today=clock.today(),
        ),
        heading=gettext("Postpone the action"),
        current=lambda: queries.action_for_form(db.session(), actor(), action_id, current().tag),
        back=page_of("action", action_id),
    )


def _moved(action: Action) -> Answer:
    """What is done can be undone from the next page; any other step is undone by a step."""
    if action.state is ActionState.DONE:
        said = {
            "text": gettext("The action is done."),
            "url": f"{page_of('action', action.id)}/undo",
            "fields": {"version": action.version, "next": _next(action)},
        }
        flash(said, "undo")  # type: ignore[arg-type]
    else:
        flash(gettext("Saved."), "done")
    return redirect(_next(action), 303)


def _next(action: Action) -> str:
    return safe_next(request.form.get("next")) or page_of("action", action.id)


def _came_from() -> dict[str, Any]:
    """What `?from=mandate:<uuid>` fills in: the object whose page one came from."""
    asked = request.args.get("from")
    if not asked:
        return {}
    kind, _colon, typed = asked.partition(":")
    try:
        object_id = UUID(typed)
    except ValueError:
        raise NotFound from None
    if kind not in (*_FROM, *_FILED_FROM):
        raise NotFound
    link = queries.came_from(db.session(), actor(), kind, object_id, current().tag)
    return {kind: link} if kind in _FROM else {"filed_under": [{"under": link}]}
