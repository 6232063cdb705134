"""The lock of a session that was left alone, and the proof that what could lose an account asks
for: one page, because either way its owner says once more who they are."""

from __future__ import annotations

import json
from typing import Any

from flask import jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.accounts import blueprint, own_factors, proving
from tracker.accounts.entering import is_demo
from tracker.accounts.factor_forms import UnlockForm
from tracker.domain.access import Permission
from tracker.domain.errors import RuleBroken
from tracker.models.access import AccessEvent
from tracker.models.engine import writing
from tracker.web import access_log, clock
from tracker.web.db import db, release
from tracker.web.errors import wants_json
from tracker.web.guard import owner, page_before, requires, safe_next
from tracker.web.session import visitor
from tracker.web.standing import Standing
from tracker.web.uploads import takes_files

Kept = list[tuple[str, str]]
# Never written into a page, wherever they were typed.
_NEVER_CARRIED = ("csrf_token", "password", "current", "proof", "credential")


@blueprint.post("/lock")
@requires(Permission.OWN_ACCOUNT)
def lock() -> Response:
    access_log.note(AccessEvent.SESSION_LOCKED)
    visitor().lock(clock.now())
    if wants_json():
        return jsonify(standing=Standing.LOCKED)
    return redirect(url_for("accounts.unlock", next=page_before()), 303)


@blueprint.get("/session")
@requires(Permission.OWN_ACCOUNT, also=Standing)
def session_state() -> Response:
    """What the script of the lock asks; `?typing` when somebody is at the page."""
    mine = visitor()
    if "typing" not in request.args:
        mine.go_unseen()
    own = own_factors.own_factors(db.session(), owner(), clock.now())
    return jsonify(
        standing=mine.standing,
        email=own.email,
        password=own.has_password,
        passkeys=bool(own.passkeys),
    )


@blueprint.get("/unlock")
@requires(Permission.OWN_ACCOUNT, also=Standing)
def unlock() -> Response | str:
    target = safe_next(request.args.get("next")) or ""
    if visitor().standing is not Standing.LOCKED and visitor().is_fresh:
        return redirect(target or "/", 303)
    return _page(UnlockForm(data={"next": target}), [])


@blueprint.post("/unlock/carry")
@requires(Permission.OWN_ACCOUNT, also=Standing)
@takes_files
def carry() -> Response | tuple[str, int]:
    """A form that was sent from a page whose session had been locked: it waits in this one."""
    kept = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in _NEVER_CARRIED
    ]
    form = UnlockForm(data={"to": safe_next(request.args.get("to")) or "/"})
    return _page(form, kept, files_lost=any(request.files.values())), 422


@blueprint.post("/unlock")
@requires(Permission.OWN_ACCOUNT, also=Standing)
def take_unlock() -> Response | str | tuple[str, int]:
    form, kept = UnlockForm(request.form), _kept(request.form.get("kept", ""))
    form.validate()
    was_locked = visitor().standing is Standing.LOCKED
    try:
        proved = _proofs(form)
    except RuleBroken as broken:
        form.refuse(broken)
        if wants_json():
            return jsonify(message=_said(form)), 422  # type: ignore[return-value]
        return _page(form, kept), 422
    if was_locked:
        access_log.note(AccessEvent.SESSION_UNLOCKED)
    visitor().renew(locked_at=None, **proved)
    if wants_json():
        return jsonify(standing=visitor().standing)
    to = safe_next(form.to.data)
    if to is not None:
        return render_template("accounts/send_on.html", to=to, kept=kept)
    return redirect(safe_next(form.next.data) or "/", 303)


def _proofs(form: UnlockForm) -> dict[str, Any]:
    """What the proof that was given is good for; RuleBroken when it is none."""
    now = clock.now()
    if form.credential.data:
        proving.prove_passkey(form.credential.data, of=owner())
        return {"fresh_at": now, "factor_at": now}
    if not (is_demo() and _has_nothing_to_prove_with()):
        proving.prove_password(owner(), form.proof.data or "")
    return {"fresh_at": now}


def _has_nothing_to_prove_with() -> bool:
    with writing(False):
        own = own_factors.own_factors(db.session(), owner(), clock.now())
    release()  # a try that is counted is written beside the main transaction
    return not (own.has_password or own.passkeys)


def _kept(text: str) -> Kept:
    """The fields of the form that waits, as this page itself had written them."""
    try:
        read = json.loads(text or "[]")
    except ValueError:
        return []
    pairs = read if isinstance(read, list) else []
    return [
        (pair[0], pair[1])
        for pair in pairs
        if isinstance(pair, list)
        and len(pair) == 2
        and all(isinstance(each, str) for each in pair)
        and pair[0] not in _NEVER_CARRIED
    ]


def _said(form: UnlockForm) -> str:
    return " ".join(str(message) for message in [*form.form_errors, *form.proof.errors])


def _page(form: UnlockForm, kept: Kept, *, files_lost: bool = False) -> str:
    own = own_factors.own_factors(db.session(), owner(), clock.now())
    return render_template(
        "accounts/unlock.html",
        form=form,
        own=own,
        owner=owner(),
        is_locked=visitor().standing is Standing.LOCKED,
        is_demo=is_demo() and not (own.has_password or own.passkeys),
        kept=json.dumps(kept) if kept or form.to.data else "",
        files_lost=files_lost,
    )
