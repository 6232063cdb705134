"""How far an object travels and why, proposals to let it travel further, and who is named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.access import blueprint, queries, services
from tracker.access.forms import DecisionForm, EndForm, LevelForm, NamingForm
from tracker.domain.access import Permission, ProposalState
from tracker.domain.errors import NotFound
from tracker.lang import gettext
from tracker.models import LevelProposal
from tracker.web import clock, editing
from tracker.web.db import db
from tracker.web.editing import Answer
from tracker.web.forms import BaseForm
from tracker.web.guard import actor, requires


@blueprint.get("/<kind>/<uuid:object_id>")
@requires(Permission.READ)
def one(kind: str, object_id: UUID) -> str:
    return render_template("access/page.html", form=None, **_shown(kind, object_id))


@blueprint.post("/<kind>/<uuid:object_id>/level")
@requires(Permission.RECORD)
def level(kind: str, object_id: UUID) -> Answer:
    form = LevelForm(request.form)
    return _answer(
        form,
        kind,
        object_id,
        level_form=form,
        save=lambda: services.set_level(
            db.session(),
            actor(),
            kind,
            object_id,
            form.level.data,
            form.version.data,
            clock.now(),
        ),
    )


@blueprint.post("/<kind>/<uuid:object_id>/decide")
@requires(Permission.APPROVE)
def decide(kind: str, object_id: UUID) -> Answer:
    form = DecisionForm(request.form)
    return _answer(
        form,
        kind,
        object_id,
        decision_form=form,
        save=lambda: services.decide(
            db.session(),
            actor(),
            kind,
            object_id,
            agrees=form.agrees,
            reason=form.reason.data,
            version=form.version.data,
            now=clock.now(),
        ),
        onward=lambda proposal: _decided(proposal, kind, object_id),
    )


@blueprint.post("/<kind>/<uuid:object_id>/withdraw")
@requires(Permission.RECORD)
def withdraw(kind: str, object_id: UUID) -> Answer:
    form = BaseForm(request.form)
    return _answer(
        form,
        kind,
        object_id,
        save=lambda: services.withdraw(
            db.session(), actor(), kind, object_id, form.version.data, clock.now()
        ),
    )


@blueprint.post("/<kind>/<uuid:object_id>/name")
@requires(Permission.RECORD)
def name(kind: str, object_id: UUID) -> Answer:
    form = NamingForm(request.form)
    return _answer(
        form,
        kind,
        object_id,
        naming_form=form,
        save=lambda: services.name_account(
            db.session(),
            actor(),
            kind,
            object_id,
            form.who.data,
            form.version.data,
            clock.now(),
        ),
    )


@blueprint.post("/<kind>/<uuid:object_id>/end")
@requires(Permission.RECORD)
def end_naming(kind: str, object_id: UUID) -> Answer:
    form = EndForm(request.form)
    return _answer(
        form,
        kind,
        object_id,
        save=lambda: services.end_naming(
            db.session(),
            actor(),
            kind,
            object_id,
            form.user.id_given,
            form.version.data,
            clock.now(),
        ),
    )


def _answer(
    form: BaseForm,
    kind: str,
    object_id: UUID,
    *,
    save: Callable[[], Any],
    onward: Callable[[Any], Answer] | None = None,
    **forms: BaseForm,
) -> Answer:
    return editing.answer(
        form,
        save=save,
        heading="",
        template="access/page.html",
        onward=onward or (lambda _saved: _back(kind, object_id, gettext("Saved."))),
        **_shown(kind, object_id, **forms),
    )


def _shown(kind: str, object_id: UUID, **forms: BaseForm) -> dict[str, Any]:
    """What the page shows; where a form was sent, as it was sent."""
    page = queries.access_page(db.session(), actor(), kind, object_id)
    held = {
        "level_form": LevelForm(data={"level": page.own, "version": page.version}),
        "decision_form": DecisionForm(data={"version": page.version}),
        "naming_form": NamingForm(data={"version": page.version}),
    }
    return (
        {"page": page, "at": url_for("access.one", kind=kind, object_id=object_id)} | held | forms
    )


def _decided(proposal: LevelProposal, kind: str, object_id: UUID) -> Response:
    said = {
        ProposalState.APPROVED: gettext("The level is lowered."),
        ProposalState.DECLINED: gettext("The proposal is declined; the level stays."),
    }
    void = gettext("The level had changed meanwhile, so the proposal is void.")
    return _back(kind, object_id, said.get(proposal.state, void))


def _back(kind: str, object_id: UUID, words: str) -> Response:
    """To the page itself; to the first page when the object is out of the actor's sight now."""
    flash(words, "done")
    try:
        queries.seen(db.session(), actor(), kind, object_id)
    except NotFound:
        return redirect("/", 303)
    return redirect(url_for("access.one", kind=kind, object_id=object_id), 303)
