"""Signing in and out, the demo's doors, and the page of one's own account."""

from __future__ import annotations

import ipaddress
from typing import Any
from uuid import UUID

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.accounts import blueprint, queries, services, throttle
from tracker.accounts.forms import PasswordForm, SignInForm
from tracker.accounts.passwords import Keeper, check
from tracker.domain.access import Actor, Permission, Role
from tracker.domain.errors import RuleBroken
from tracker.lang import N_, gettext, label, speaking
from tracker.models.access import AccessEvent
from tracker.models.engine import writing
from tracker.web import access_log, clock, locale
from tracker.web.city import profile
from tracker.web.db import db, release
from tracker.web.errors import Refused
from tracker.web.guard import actor, public, requires, safe_next
from tracker.web.session import visitor

DEMO_ROLES = (
    Role.STAFF,
    Role.APPROVER,
    Role.OFFICIAL,
    Role.COUNCIL,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
)

# The same whether there is such an account, whether it is active, and whatever was wrong.
WRONG = N_("The e-mail address or the password is not right")
WRONG_PRESENT = N_("The present password is not right")


@blueprint.record_once
def _set_up(state: Any) -> None:
    config = state.app.config
    state.app.extensions["passwords"] = Keeper(
        config["PASSWORD_SALT"], config["SECRET_KEY"], cost=config["PASSWORD_COST"]
    )


def _keeper() -> Keeper:
    keeper: Keeper = current_app.extensions["passwords"]
    return keeper


@blueprint.get("/login")
@public
def sign_in() -> Response | str:
    if not actor().is_anonymous:
        return redirect(_next(request.args.get("next")), 303)
    return _sign_in_page(SignInForm(data={"next": request.args.get("next", "")}))


@blueprint.post("/login")
@public
def enter() -> Response | tuple[str, int]:
    form = SignInForm(request.form)
    if not form.validate():
        return _sign_in_page(form), 422
    email, now = services.normal_email(form.email.data), clock.now()
    address = request.remote_addr or ""
    wait = throttle.admit(db.engine, email[:255], address, now)
    if wait:
        access_log.note(AccessEvent.SIGN_IN_HELD_BACK, detail=email)
        raise Refused(
            429,
            gettext("Too many attempts to sign in with this address. Wait and try again."),
            retry_after=wait,
        )
    # Read and let go: nobody waits for a lock while the password is hashed.
    with writing(False):
        known = queries.credentials(db.session(), email)
    release()
    password = form.password.data or ""
    right = _keeper().verify(password, known.password if known else None)
    if known is None or not right:
        access_log.note(AccessEvent.SIGN_IN_FAILED, detail=email)
        form.refuse(RuleBroken(WRONG))
        return _sign_in_page(form), 422
    throttle.forget(db.engine, email[:255], address)
    rehashed = _keeper().hash(password) if _keeper().is_outdated(known.password or "") else None
    services.note_sign_in(db.session(), known.actor, now, rehashed=rehashed)
    return _welcome(known.actor, form.next.data)


@blueprint.post("/logout")
@public
def leave() -> Response:
    access_log.note(AccessEvent.SIGNED_OUT)
    visitor().sign_out()
    answer = redirect(url_for("accounts.sign_in"), 303)
    # Drafts of forms stay in the browser's storage, and offices share computers. Not "cache":
    # nothing of a signed-in page is ever stored, and browsers take seconds over it.
    answer.headers["Clear-Site-Data"] = '"storage"'
    return answer


@blueprint.post("/demo/sign-in")
@public
def enter_demo() -> Response:
    if not _is_demo():
        abort(404)
    try:
        role = Role(request.form.get("role", ""))
    except ValueError:
        raise Refused(422, gettext("There is no such role")) from None
    if role not in DEMO_ROLES:
        raise Refused(422, gettext("There is no such role"))
    with speaking(profile().tags[0]):
        name = gettext("%(role)s (demo)", role=label(role))
    account = services.demo_account(db.session(), role, name, clock.now())
    who = Actor(account.id, account.role, account.name, account.language)
    return _welcome(who, request.form.get("next"))


@blueprint.get("/account")
@requires(Permission.OWN_ACCOUNT)
def account() -> str:
    return _account_page(PasswordForm())


@blueprint.post("/account/password")
@requires(Permission.OWN_ACCOUNT)
def change_password() -> Response | tuple[str, int]:
    form = PasswordForm(request.form)
    with writing(False):
        own = queries.own_account(db.session(), actor(), visitor().session_id)
    release()
    if own.password is None:
        raise Refused(422, gettext("This account has no password that could be changed."))
    new = form.password.data or ""
    try:
        check(new, own.email, own.name)
        wait = throttle.admit(db.engine, own.email, request.remote_addr or "", clock.now())
        if wait:
            raise Refused(429, gettext("Too many attempts. Wait and try again."), retry_after=wait)
        if not _keeper().verify(form.current.data or "", own.password):
            raise RuleBroken(WRONG_PRESENT, field="current")
    except RuleBroken as broken:
        form.refuse(broken)
        return _account_page(form), 422
    throttle.forget(db.engine, own.email, request.remote_addr or "")
    services.change_password(db.session(), actor(), _keeper().hash(new))
    access_log.note(AccessEvent.PASSWORD_CHANGED)
    visitor().rotate()
    flash(gettext("The password has been changed; other browsers are signed out"), "done")
    return redirect(url_for("accounts.account"), 303)


@blueprint.post("/account/language")
@requires(Permission.OWN_ACCOUNT)
def choose_language() -> Response:
    tag = request.form.get("language", "")
    if tag not in profile().tags:
        raise Refused(422, gettext("This language is not offered here"))
    services.choose_language(db.session(), actor(), tag)
    locale.remember(tag)
    return redirect(url_for("accounts.account"), 303)


@blueprint.post("/account/sessions/<uuid:session_id>/end")
@requires(Permission.OWN_ACCOUNT)
def end_session(session_id: UUID) -> Response:
    services.end_session(db.session(), actor(), session_id)
    access_log.note(AccessEvent.SESSION_ENDED)
    return redirect(url_for("accounts.account"), 303)


def _is_demo() -> bool:
    """Demo doors open only where nobody but this machine can reach them."""
    try:
        near = ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        near = False
    return bool(current_app.config["DEMO"]) and near


def _next(target: str | None) -> str:
    return safe_next(target) or "/"


def _welcome(who: Actor, target: str | None) -> Response:
    access_log.note(AccessEvent.SIGNED_IN, user_id=who.user_id)
    visitor().sign_in(who)
    if who.language:
        locale.remember(who.language)
    return redirect(_next(target), 303)


def _sign_in_page(form: SignInForm) -> str:
    return render_template(
        "accounts/sign_in.html", form=form, demo_roles=DEMO_ROLES if _is_demo() else ()
    )


def _account_page(form: PasswordForm) -> str:
    own = queries.own_account(db.session(), actor(), visitor().session_id)
    return render_template("accounts/account.html", form=form, own=own)
