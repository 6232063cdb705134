"""Checking who somebody is, once they are known by name: what signing in, unlocking and
confirming share. Every try is counted before it is made."""

from __future__ import annotations

from typing import Any

from flask import current_app, request
from sqlalchemy import select

from tracker.accounts import own_factors, passkeys, proofs, recovery, throttle, totp
from tracker.accounts.browsers import knock_of_request
from tracker.accounts.devices import NewDevice
from tracker.accounts.passkeys import Site
from tracker.accounts.passwords import Keeper
from tracker.accounts.sealing import Vault
from tracker.accounts.throttle import Knock
from tracker.domain.access import Actor
from tracker.domain.errors import RuleBroken
from tracker.lang import N_, gettext
from tracker.models.access import AccessEvent
from tracker.models.accounts import User
from tracker.models.engine import writing
from tracker.models.factors import Purpose
from tracker.web import access_log, clock
from tracker.web.db import db, release
from tracker.web.errors import Refused
from tracker.web.session import visitor

WRONG_PASSWORD = N_("The password is not right")
WRONG_PASSKEY = N_("This passkey does not open the account. Try again, or take another way")


def vault() -> Vault:
    kept: Vault = current_app.extensions["vault"]
    return kept


def site() -> Site:
    return Site.at(request.host_url)


def prove_password(owner: Actor, typed: str) -> None:
    """RuleBroken unless it is the owner's password."""
    with writing(False):
        email, hashed = db.session.execute(
            select(User.email, User.password).where(User.id == owner.user_id)
        ).one()
    release()
    knock = knock_of_request(email)
    _admit(knock)
    keeper: Keeper = current_app.extensions["passwords"]
    if not keeper.verify(typed, hashed):
        access_log.note(AccessEvent.SIGN_IN_FAILED, detail=email)
        raise RuleBroken(WRONG_PASSWORD, field="proof")
    throttle.forget(db.engine, knock)


def prove_code(owner: Actor, typed: str, *, device: NewDevice | None = None) -> None:
    """RuleBroken unless the owner's app shows this code, or it is a recovery code of theirs."""
    knock = Knock.at(f"second factor {owner.user_id}", request.remote_addr or "", throttle.FACTOR)
    _admit(knock)
    now, session = clock.now(), db.session()
    if recovery.is_one(typed):
        right = proofs.take_recovery_code(session, owner, vault(), typed, now, device=device)
        if right:
            access_log.note(AccessEvent.RECOVERY_CODE_USED)
        refused = None if right else RuleBroken(proofs.WRONG_CODE, field="code")
    else:
        digits = totp.bare(typed)
        verdict = proofs.take_code(session, owner, vault(), digits, now, device=device)
        refused = None if verdict.step is not None else proofs.refusal(verdict)
    if refused is not None:
        access_log.note(AccessEvent.FACTOR_FAILED)
        raise refused
    throttle.forget(db.engine, knock)


def prove_passkey(text: str, *, of: Actor | None = None, device: NewDevice | None = None) -> Actor:
    """Whose passkey has answered; RuleBroken unless it is a good one, of that account where one
    is named."""
    try:
        return _passkey_owner(passkeys.read_answer(text), of, device)
    except passkeys.Refused:
        access_log.note(AccessEvent.FACTOR_FAILED, detail="passkey")
        raise RuleBroken(WRONG_PASSKEY) from None


def _passkey_owner(answer: dict[str, Any], of: Actor | None, device: NewDevice | None) -> Actor:
    now = clock.now()
    challenge = passkeys.answered_challenge(
        db.engine, answer, Purpose.PROVE, visitor().hashed_token, now
    )
    kept = own_factors.kept_passkey(db.session(), passkeys.credential_id(answer))
    if kept is None or (of is not None and kept.owner.user_id != of.user_id):
        raise passkeys.Refused
    if of is None and passkeys.user_handle(answer) != kept.handle:
        raise passkeys.Refused
    count = passkeys.check_proof(
        site(), answer, challenge, public_key=kept.public_key, sign_count=kept.sign_count
    )
    if not proofs.take_signature(db.session(), kept, count, now, device=device):
        raise passkeys.Refused
    return kept.owner


def _admit(knock: Knock) -> None:
    wait = throttle.admit(db.engine, knock, clock.now())
    if wait:
        access_log.note(AccessEvent.SIGN_IN_HELD_BACK)
        raise Refused(429, gettext("Too many attempts. Wait and try again."), retry_after=wait)
