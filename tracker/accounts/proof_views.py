"""The second step of signing in, and signing in by passkey alone."""

from __future__ import annotations

from flask import redirect, render_template, request
from werkzeug.wrappers import Response

from tracker.accounts import blueprint, devices, own_factors, passkeys, proving
from tracker.accounts.entering import sign_in_page, welcome
from tracker.accounts.factor_forms import PasskeyForm, ProofForm
from tracker.accounts.forms import SignInForm
from tracker.domain.access import Permission
from tracker.domain.errors import RuleBroken
from tracker.models.engine import writing
from tracker.models.factors import Purpose
from tracker.web import clock
from tracker.web.db import db, release
from tracker.web.guard import owner, public, requires, safe_next
from tracker.web.session import visitor
from tracker.web.standing import Standing


@blueprint.get("/login/factor")
@requires(Permission.OWN_ACCOUNT, also=[Standing.UNPROVED])
def prove() -> Response | str:
    target = safe_next(request.args.get("next")) or ""
    if visitor().standing is Standing.OPEN:
        return redirect(target or "/", 303)
    return _page(ProofForm(data={"next": target}))


@blueprint.post("/login/factor")
@requires(Permission.OWN_ACCOUNT, also=[Standing.UNPROVED])
def take_proof() -> Response | tuple[str, int]:
    form, now = ProofForm(request.form), clock.now()
    device = devices.this_device(now) if form.remember.data else None
    try:
        if form.credential.data:
            proving.prove_passkey(form.credential.data, of=owner(), device=device)
        elif form.validate():
            proving.prove_code(owner(), form.code.data, device=device)
        else:
            return _page(form), 422
    except RuleBroken as broken:
        form.refuse(broken)
        return _page(form), 422
    answer = redirect(safe_next(form.next.data) or "/", 303)
    if device is not None:
        devices.set_cookie(answer, device)
    visitor().renew(factor_at=now, fresh_at=now)
    return answer


@blueprint.post("/login/passkey/challenge")
@public
def challenge_passkey() -> tuple[str, int, dict[str, str]]:
    """What a passkey is to sign: one of the owner's, or before anybody is known any at all."""
    with writing(False):
        known = own_factors.credential_ids(db.session(), owner())
    release()
    challenge = passkeys.new_challenge(
        db.engine, Purpose.PROVE, visitor().hashed_token, clock.now()
    )
    options = passkeys.proving(proving.site(), challenge, known)
    return options, 200, {"Content-Type": "application/json"}


@blueprint.post("/login/passkey")
@public
def enter_by_passkey() -> Response | tuple[str, int]:
    """A passkey whose owner was verified is both factors at once."""
    form = PasskeyForm(request.form)
    form.validate()
    try:
        who = proving.prove_passkey(form.credential.data)
    except RuleBroken as broken:
        again = SignInForm(data={"next": form.next.data})
        again.refuse(broken)
        return sign_in_page(again), 422
    return welcome(who, form.next.data, factor_at=clock.now())


def _page(form: ProofForm) -> str:
    own = own_factors.own_factors(db.session(), owner(), clock.now())
    return render_template(
        "accounts/prove.html", form=form, own=own, days=visitor().limits.remember_days
    )
