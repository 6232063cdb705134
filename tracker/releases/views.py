"""The list of releases, the page of one object's, and the two things done there."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for

from tracker.domain.access import Permission
from tracker.lang import gettext, language_name
from tracker.models import Recorded
from tracker.models.access import AccessEvent
from tracker.releases import blueprint, queries, services
from tracker.releases.forms import ReleaseForm, WithdrawalForm
from tracker.web import access_log, clock, paging
from tracker.web.addresses import asked_id
from tracker.web.city import profile
from tracker.web.db import db
from tracker.web.editing import Answer, answer
from tracker.web.guard import actor, requires
from tracker.web.kinds import CALLED


@blueprint.get("/")
@requires(Permission.READ)
def index() -> str:
    chosen = asked_id("organisation")
    rows = queries.release_list(
        db.session(), actor(), organisation_id=chosen, cursor=paging.cursor()
    )
    return render_template(
        "releases/list.html",
        page=paging.page(rows, lambda row: row.cursor),
        partners=queries.partners(db.session(), actor(), chosen),
        chosen=chosen,
        called=CALLED,
        languages=_languages(),
    )


@blueprint.get("/<kind>/<uuid:object_id>")
@requires(Permission.READ)
def one(kind: str, object_id: UUID) -> str:
    page = queries.release_page(db.session(), actor(), kind, object_id)
    form = ReleaseForm(data={"version": page.version})
    return render_template(
        "releases/page.html", page=page, form=form, called=CALLED, languages=_languages()
    )


@blueprint.post("/<kind>/<uuid:object_id>")
@requires(Permission.APPROVE)
def release(kind: str, object_id: UUID) -> Answer:
    page = queries.release_page(db.session(), actor(), kind, object_id)
    form = ReleaseForm(request.form)

    def onward(_released: Recorded) -> Answer:
        access_log.note(AccessEvent.RELEASED, object_kind=kind, object_id=object_id)
        flash(gettext("Released."), "done")
        return redirect(_page(kind, object_id), 303)

    return answer(
        form,
        save=lambda: services.release_object(
            db.session(), actor(), kind, object_id, form.given(), clock.now()
        ),
        heading="",
        template="releases/page.html",
        current=lambda: {field.name: field.data for field in form if field.type != "HiddenField"},
        onward=onward,
        page=page,
        called=CALLED,
        languages=_languages(),
    )


@blueprint.post("/<kind>/<uuid:object_id>/withdraw")
@requires(Permission.APPROVE)
def withdraw(kind: str, object_id: UUID) -> Answer:
    page = queries.release_page(db.session(), actor(), kind, object_id)
    form = WithdrawalForm(request.form)

    def onward(_withdrawn: Recorded) -> Answer:
        flash(gettext("Withdrawn: from now on no edition prints it."), "done")
        return redirect(_page(kind, object_id), 303)

    return answer(
        form,
        save=lambda: services.withdraw_release(
            db.session(),
            actor(),
            kind,
            object_id,
            form.release.id_given,
            form.reason.data,
            clock.now(),
        ),
        heading=gettext("Withdraw the release"),
        template="releases/withdraw.html",
        back=_page(kind, object_id),
        onward=onward,
        page=page,
    )


def _page(kind: str, object_id: UUID) -> str:
    return url_for("releases.one", kind=kind, object_id=object_id)


def _languages() -> dict[str, str]:
    return {tag: language_name(tag) for tag in profile().tags}
