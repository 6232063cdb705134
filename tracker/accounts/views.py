"""Signing in and out, the demo's doors, and the page of one's own account."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.accounts import (
    blueprint,
    browsers,
    factor_views,
    link_views,
    lock_views,
    proof_views,
    queries,
    services,
    throttle,
)
from tracker.accounts.administration import views as administration_views
from tracker.accounts.entering import DEMO_ROLES, is_demo, sign_in_page, welcome
from tracker.accounts.forms import PasswordForm, SignInForm
from tracker.accounts.guessable import words_of_city
from tracker.accounts.passwords import Keeper, check, few_at_once, keeper
from tracker.accounts.sealing import Vault
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

# Their views are views of this room.
PARTS = (administration_views, factor_views, link_views, lock_views, proof_views)

# The same whether there is such an account, whether it is active, and whatever was wrong.
WRONG = N_("The e-mail address or the password is not right")
HELD_BACK = N_(
    "Too many attempts to sign in with this address. Wait and try again. A browser in which you "
    "have signed in before is not held back by what others try; an administrator can hand you a "
    "link that opens the account again."
)
WRONG_PRESENT = N_("The present password is not right")


@blueprint.record_once
def _set_up(state: Any) -> None:
    config = state.app.config
    state.app.extensions["passwords"] = Keeper(
        config["PASSWORD_SALT"], cost=config["PASSWORD_COST"]
    )
    state.app.extensions["vault"] = Vault(config["TOTP_SECRET"])


@blueprint.get("/login")
@public
def sign_in() -> Response | str:
    if not actor().is_anonymous:
        return redirect(safe_next(request.args.get("next")) or "/", 303)
    return sign_in_page(SignInForm(data={"next": request.args.get("next", "")}))


@blueprint.post("/login")
@public
def enter() -> Response | tuple[str, int]:
    form = SignInForm(request.form)
    if not form.validate():
        return sign_in_page(form), 422
    with few_at_once():
        return _try(form)


def _try(form: SignInForm) -> Response | tuple[str, int]:
    """Count it, then see whether the password is right."""
    email, now = services.normal_email(form.email.data), clock.now()
    knock = browsers.knock_of_request(email)
    wait = throttle.admit(db.engine, knock, now)
    if wait:
        access_log.note(AccessEvent.SIGN_IN_HELD_BACK, detail=email)
        raise Refused(429, gettext(HELD_BACK), retry_after=wait)
    # Read and let go: nobody waits for a lock while the password is hashed.
    with writing(False):
        known = queries.credentials(db.session(), email)
    release()
    password = form.password.data or ""
    right = keeper().verify(password, known.password if known else None)
    if known is None or not right:
        access_log.note(AccessEvent.SIGN_IN_FAILED, detail=email)
        form.refuse(RuleBroken(WRONG))
        return sign_in_page(form), 422
    throttle.forget(db.engine, knock)
    rehashed = keeper().hash(password) if keeper().is_outdated(known.password or "") else None
    services.note_sign_in(db.session(), known.actor, now, rehashed=rehashed)
    answer = welcome(known.actor, form.next.data)
    browsers.remember(answer, email)
    return answer


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
    if not is_demo():
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
    return welcome(who, request.form.get("next"))


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
        check(new, own.email, own.name, *words_of_city(profile()))
        knock = browsers.knock_of_request(own.email)
        wait = throttle.admit(db.engine, knock, clock.now())
        if wait:
            raise Refused(429, gettext("Too many attempts. Wait and try again."), retry_after=wait)
        if not keeper().verify(form.current.data or "", own.password):
            raise RuleBroken(WRONG_PRESENT, field="current")
    except RuleBroken as broken:
        form.refuse(broken)
        return _account_page(form), 422
    throttle.forget(db.engine, knock)
    mine, now = visitor(), clock.now()
    services.change_password(db.session(), actor(), keeper().hash(new), mine.session_id, now)
    access_log.note(AccessEvent.PASSWORD_CHANGED)
    mine.renew(fresh_at=now)
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


def _account_page(form: PasswordForm) -> str:
    own = queries.own_account(db.session(), actor(), visitor().session_id)
    return render_template("accounts/account.html", form=form, own=own)
