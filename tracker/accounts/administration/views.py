"""Accounts as administrators see and change them."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from flask import current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.accounts import blueprint, links
from tracker.accounts.administration import queries, resets, services, session_limits
from tracker.accounts.administration.forms import (
    AccountForm,
    LimitsForm,
    NewAccountForm,
    ResetForm,
)
from tracker.accounts.links import Handed
from tracker.domain.access import Permission, Role
from tracker.domain.errors import NotFound, RuleBroken
from tracker.lang import N_, gettext, label, ngettext
from tracker.web import clock, paging
from tracker.web.db import db, release
from tracker.web.editing import Answer, answer, form_over
from tracker.web.guard import actor, fresh_proof_needed, requires

# What is said after a decision on a second factor.
_SAID = {
    "approve": N_("The second factor is removed; the account is signed out everywhere"),
    "decline": N_("The second factor stays"),
}


@blueprint.get("/accounts/")
@requires(Permission.ADMINISTER)
def accounts() -> str:
    sought = " ".join(request.args.get("q", "").split())[:200]
    rows = queries.account_list(db.session(), sought, cursor=paging.name_cursor())
    return render_template(
        "accounts/list.html",
        page=paging.page(rows, lambda row: row.cursor),
        sought=sought,
        resets=queries.waiting_resets(db.session()),
    )


@blueprint.get("/accounts/<uuid:account_id>")
@requires(Permission.ADMINISTER)
def one_account(account_id: UUID) -> str:
    return _page(account_id, ResetForm())


@blueprint.route("/accounts/new", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
@fresh_proof_needed
def new_account() -> Answer:
    form = NewAccountForm(request.form)
    return answer(
        form,
        save=lambda: services.open_account(db.session(), actor(), form.values(), clock.now()),
        heading=gettext("New account"),
        back=url_for(".accounts"),
        onward=_hand_over,
    )


@blueprint.route("/accounts/<uuid:account_id>/edit", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
@fresh_proof_needed
def edit_account(account_id: UUID) -> Answer:
    def held() -> dict[str, object]:
        return asdict(queries.account_page(db.session(), account_id, clock.now()))

    form = form_over(AccountForm, held())
    return answer(
        form,
        save=lambda: services.correct_account(
            db.session(), actor(), account_id, form.values(), clock.now()
        ),
        heading=gettext("Correct the account"),
        current=held,
        back=url_for(".one_account", account_id=account_id),
        onward=lambda _saved: _back(account_id, gettext("Saved.")),
    )


@blueprint.post("/accounts/<uuid:account_id>/deactivate")
@requires(Permission.ADMINISTER)
@fresh_proof_needed
def deactivate_account(account_id: UUID) -> Response:
    services.deactivate(db.session(), actor(), account_id, clock.now())
    said = gettext("The account is not active any more; it is signed out everywhere")
    return _back(account_id, said)


@blueprint.post("/accounts/<uuid:account_id>/activate")
@requires(Permission.ADMINISTER)
@fresh_proof_needed
def activate_account(account_id: UUID) -> Response:
    services.activate(db.session(), actor(), account_id, clock.now())
    return _back(account_id, gettext("The account is active"))


@blueprint.post("/accounts/<uuid:account_id>/sessions/end")
@requires(Permission.ADMINISTER)
def end_sessions_of(account_id: UUID) -> Response:
    count = services.end_sessions(db.session(), actor(), account_id, clock.now())
    said = ngettext("%(n)s session was ended", "%(n)s sessions were ended", count)
    return _back(account_id, said)


@blueprint.post("/accounts/<uuid:account_id>/devices/withdraw")
@requires(Permission.ADMINISTER)
def withdraw_devices_of(account_id: UUID) -> Response:
    count = services.withdraw_devices(db.session(), actor(), account_id, clock.now())
    said = ngettext(
        "%(n)s device is not remembered any more",
        "%(n)s devices are not remembered any more",
        count,
    )
    return _back(account_id, said)


@blueprint.post("/accounts/<uuid:account_id>/link")
@requires(Permission.ADMINISTER)
@fresh_proof_needed
def hand_link(account_id: UUID) -> str:
    """Not by way of a redirect: the link is shown once, and kept nowhere that could be read."""
    return _hand_over(links.make_link(db.session(), actor(), account_id, clock.now()))


@blueprint.post("/accounts/<uuid:account_id>/factor")
@requires(Permission.ADMINISTER)
@fresh_proof_needed
def propose_reset(account_id: UUID) -> Answer:
    form = ResetForm(request.form)
    if form.validate():
        try:
            resets.propose(db.session(), actor(), account_id, form.reason.data, clock.now())
        except RuleBroken as broken:
            form.refuse(broken)
        else:
            return _back(account_id, gettext("Another administrator has to approve this"))
    release()
    return _page(account_id, form), 422


@blueprint.post("/accounts/resets/<uuid:reset_id>")
@requires(Permission.ADMINISTER)
@fresh_proof_needed
def decide_reset(reset_id: UUID) -> Response:
    decision = request.form.get("decision", "")
    account_id = resets.decide(db.session(), actor(), reset_id, decision, clock.now())
    return _back(account_id, gettext(_SAID[decision]))


@blueprint.get("/accounts/limits")
@requires(Permission.ADMINISTER)
def limits() -> str:
    return render_template(
        "accounts/limits.html", settings=session_limits.all_limits(db.session())
    )


@blueprint.route("/accounts/limits/<role>", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
@fresh_proof_needed
def limits_of(role: str) -> Answer:
    try:
        known = Role(role)
    except ValueError:
        raise NotFound("role") from None

    def held() -> dict[str, object]:
        setting = session_limits.limits_of(db.session(), known)
        return {**asdict(setting.limits), "version": setting.version}

    form = form_over(LimitsForm, held())
    return answer(
        form,
        save=lambda: session_limits.set_limits(
            db.session(), actor(), known, form.values(), form.version.data, clock.now()
        ),
        heading=gettext("Limits of sessions: %(role)s", role=label(known)),
        current=held,
        back=url_for(".limits"),
        onward=lambda _saved: redirect(url_for(".limits"), 303),
    )


def _page(account_id: UUID, form: ResetForm) -> str:
    found = queries.account_page(db.session(), account_id, clock.now())
    return render_template("accounts/one.html", account=found, form=form)


def _hand_over(handed: Handed) -> str:
    names = current_app.config["TRUSTED_HOSTS"] or ()
    return render_template(
        "accounts/handed.html", handed=handed, address=links.address_of(handed, names)
    )


def _back(account_id: UUID, said: str) -> Response:
    flash(said, "done")
    return redirect(url_for(".one_account", account_id=account_id), 303)
