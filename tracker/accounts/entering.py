"""Letting somebody in: what every way of signing in ends with, and the page where all begin."""

from __future__ import annotations

import ipaddress
from datetime import datetime

from flask import current_app, redirect, render_template, request
from werkzeug.wrappers import Response

from tracker.accounts import devices
from tracker.accounts.forms import SignInForm
from tracker.domain.access import Actor, Role
from tracker.models.access import AccessEvent
from tracker.web import access_log, clock, locale
from tracker.web.db import db
from tracker.web.guard import safe_next
from tracker.web.session import visitor

DEMO_ROLES = (
    Role.STAFF,
    Role.APPROVER,
    Role.OFFICIAL,
    Role.COUNCIL,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
)


def is_demo() -> bool:
    """Demo doors open only where nobody but this machine can reach them."""
    try:
        near = ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        near = False
    return bool(current_app.config["DEMO"]) and near


def welcome(who: Actor, target: str | None, *, factor_at: datetime | None = None) -> Response:
    """From here on this browser is that account. Its second factor has been proved at
    `factor_at`, or on this device lately, or the guard asks for it before anything else."""
    now = clock.now()
    if factor_at is None and devices.is_remembered(db.engine, who.user_id, now):
        factor_at = now
    access_log.note(AccessEvent.SIGNED_IN, user_id=who.user_id)
    visitor().sign_in(who, factor_at=factor_at)
    if who.language:
        locale.remember(who.language)
    return redirect(safe_next(target) or "/", 303)


def sign_in_page(form: SignInForm) -> str:
    return render_template(
        "accounts/sign_in.html", form=form, demo_roles=DEMO_ROLES if is_demo() else ()
    )
