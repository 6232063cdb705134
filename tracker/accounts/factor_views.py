"""The second factors of one's own account: enrolling, removing, recovery codes, devices."""

from __future__ import annotations

from uuid import UUID

from flask import Response as FlaskResponse
from flask import current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.accounts import (
    blueprint,
    devices,
    factors,
    own_factors,
    passkeys,
    qr,
    sessions,
    totp,
)
from tracker.accounts.factor_forms import CodeForm, PasskeyForm
from tracker.accounts.proving import WRONG_PASSKEY, site, vault
from tracker.domain.access import Permission
from tracker.domain.errors import RuleBroken
from tracker.lang import gettext
from tracker.models.access import AccessEvent
from tracker.models.factors import Purpose
from tracker.web import access_log, clock
from tracker.web.db import db
from tracker.web.guard import actor, fresh_proof_needed, owner, requires
from tracker.web.session import visitor
from tracker.web.standing import Standing

# The key that a browser is about to enrol, sealed, in its own session.
_PENDING = "authenticator"
_ENROLLING = [Standing.UNENROLLED]


@blueprint.get("/account/factors")
@requires(Permission.OWN_ACCOUNT, also=_ENROLLING)
def factors_page() -> str:
    return _page(PasskeyForm())


@blueprint.post("/account/factors/authenticator/new")
@requires(Permission.OWN_ACCOUNT, also=_ENROLLING)
@fresh_proof_needed
def begin_authenticator() -> Response:
    visitor()[_PENDING] = vault().seal(totp.new_key())
    return redirect(url_for("accounts.authenticator"), 303)


@blueprint.get("/account/factors/authenticator")
@requires(Permission.OWN_ACCOUNT, also=_ENROLLING)
def authenticator() -> Response | str:
    key = _pending_key()
    if key is None:
        return redirect(url_for("accounts.factors_page"), 303)
    return _authenticator_page(CodeForm(), key)


@blueprint.get("/account/factors/authenticator.svg")
@requires(Permission.OWN_ACCOUNT, also=_ENROLLING)
def authenticator_picture() -> Response:
    key = _pending_key()
    if key is None:
        return redirect(url_for("accounts.factors_page"), 303)
    own = own_factors.own_factors(db.session(), owner(), clock.now())
    picture = qr.svg(totp.address(key, own.email, gettext("Peyvand")))
    return FlaskResponse(picture, mimetype="image/svg+xml")


@blueprint.post("/account/factors/authenticator")
@requires(Permission.OWN_ACCOUNT, also=_ENROLLING)
@fresh_proof_needed
def enrol_authenticator() -> Response | str | tuple[str, int]:
    key = _pending_key()
    if key is None:
        return redirect(url_for("accounts.factors_page"), 303)
    form = CodeForm(request.form)
    if not form.validate():
        return _authenticator_page(form, key), 422
    now = clock.now()
    try:
        codes = factors.enrol_authenticator(
            db.session(), owner(), vault(), key, totp.bare(form.code.data), now
        )
    except RuleBroken as broken:
        form.refuse(broken)
        return _authenticator_page(form, key), 422
    del visitor()[_PENDING]
    return _enrolled(codes, gettext("The authenticator app has been added"))


@blueprint.post("/account/factors/authenticator/remove")
@requires(Permission.OWN_ACCOUNT)
@fresh_proof_needed
def remove_authenticator() -> Response:
    factors.remove_authenticator(db.session(), actor(), clock.now())
    return _removed(gettext("The authenticator app has been removed"))


@blueprint.post("/account/factors/recovery-codes")
@requires(Permission.OWN_ACCOUNT)
@fresh_proof_needed
def make_recovery_codes() -> str:
    codes = factors.make_recovery_codes(db.session(), actor(), vault(), clock.now())
    visitor().renew()
    return _codes_page(codes)


@blueprint.post("/account/passkeys/challenge")
@requires(Permission.OWN_ACCOUNT, also=_ENROLLING)
@fresh_proof_needed
def challenge_new_passkey() -> FlaskResponse:
    # Before the main transaction begins: it is written beside it.
    challenge = passkeys.new_challenge(
        db.engine, Purpose.REGISTER, visitor().hashed_token, clock.now()
    )
    own = own_factors.own_factors(db.session(), owner(), clock.now())
    known = own_factors.credential_ids(db.session(), owner())
    handle = factors.handle_of(db.session(), owner())
    options = passkeys.registering(
        site(),
        challenge,
        handle=passkeys.unpacked(handle),
        account=own.email,
        name=owner().name,
        known=known,
    )
    return FlaskResponse(options, mimetype="application/json")


@blueprint.post("/account/passkeys")
@requires(Permission.OWN_ACCOUNT, also=_ENROLLING)
@fresh_proof_needed
def register_passkey() -> Response | str | tuple[str, int]:
    form = PasskeyForm(request.form)
    if not form.validate():
        return _page(form), 422
    now = clock.now()
    try:
        answer = passkeys.read_answer(form.credential.data)
        challenge = passkeys.answered_challenge(
            db.engine, answer, Purpose.REGISTER, visitor().hashed_token, now
        )
        made = passkeys.check_registration(site(), answer, challenge)
        name = form.name.data or gettext("Passkey")
        codes = factors.add_passkey(db.session(), owner(), vault(), made, name, now)
    except passkeys.Refused:
        form.refuse(RuleBroken(WRONG_PASSKEY))
        return _page(form), 422
    except RuleBroken as broken:
        form.refuse(broken)
        return _page(form), 422
    return _enrolled(codes, gettext("The passkey has been added"))


@blueprint.post("/account/passkeys/<uuid:passkey_id>/name")
@requires(Permission.OWN_ACCOUNT)
def rename_passkey(passkey_id: UUID) -> Response:
    form = PasskeyForm(request.form)
    form.validate()
    factors.rename_passkey(db.session(), actor(), passkey_id, form.name.data, clock.now())
    return redirect(url_for("accounts.factors_page"), 303)


@blueprint.post("/account/passkeys/<uuid:passkey_id>/remove")
@requires(Permission.OWN_ACCOUNT)
@fresh_proof_needed
def remove_passkey(passkey_id: UUID) -> Response:
    factors.remove_passkey(db.session(), actor(), passkey_id, clock.now())
    return _removed(gettext("The passkey has been removed"))


@blueprint.post("/account/devices/<uuid:device_id>/withdraw")
@requires(Permission.OWN_ACCOUNT)
def withdraw_device(device_id: UUID) -> Response:
    devices.withdraw_device(db.session(), actor(), device_id, clock.now())
    return redirect(url_for("accounts.factors_page"), 303)


@blueprint.post("/account/sessions/end-others")
@requires(Permission.OWN_ACCOUNT)
@fresh_proof_needed
def end_other_sessions() -> Response:
    sessions.end_other_sessions(db.session(), actor(), visitor().session_id, clock.now())
    access_log.note(AccessEvent.SESSION_ENDED)
    visitor().renew()
    flash(gettext("All other browsers are signed out"), "done")
    return redirect(url_for("accounts.account"), 303)


def _pending_key() -> str | None:
    mine = visitor()
    return vault().unseal(mine[_PENDING]) if _PENDING in mine else None


def _enrolled(codes: tuple[str, ...], said: str) -> Response | str:
    """Whoever has just enrolled a factor has shown it."""
    access_log.note(AccessEvent.FACTOR_ENROLLED)
    visitor().renew(factor_at=clock.now())
    if codes:
        return _codes_page(codes)
    flash(said, "done")
    return redirect(url_for("accounts.factors_page"), 303)


def _codes_page(codes: tuple[str, ...]) -> str:
    return render_template("accounts/recovery_codes.html", codes=codes, name=owner().name)


def _removed(said: str) -> Response:
    access_log.note(AccessEvent.FACTOR_REMOVED)
    visitor().renew()
    flash(said, "done")
    return redirect(url_for("accounts.factors_page"), 303)


def _page(form: PasskeyForm) -> str:
    mine = visitor()
    return render_template(
        "accounts/factors.html",
        form=form,
        own=own_factors.own_factors(db.session(), owner(), clock.now()),
        is_missing=mine.standing is Standing.UNENROLLED,
        is_asked_for=current_app.config["SECOND_FACTOR"],
    )


def _authenticator_page(form: CodeForm, key: str) -> str:
    return render_template(
        "accounts/authenticator.html", form=form, key=totp.grouped(key), now=clock.now()
    )
