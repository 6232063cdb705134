"""Proofs of a second factor: each good once, and what a refused one is told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from tracker.accounts import recovery, totp
from tracker.accounts.chain import enter_account, held_account
from tracker.accounts.devices import NewDevice, add_device
from tracker.accounts.own_factors import KeptPasskey
from tracker.accounts.sealing import Vault
from tracker.domain.access import Actor
from tracker.domain.errors import RuleBroken
from tracker.lang import N_
from tracker.models.accounts import Passkey
from tracker.models.factors import RecoveryCode

WRONG_CODE = N_("This code is not right. Type the next one of the app, or an unused recovery code")
USED_CODE = N_("This code has been used. Wait for the next one and type that")
AHEAD = N_(
    "This code fits another clock: the one of the device that made it is ahead of this server's "
    "by about %(n)s min, or this server's is behind. Let the device set its time by itself, or "
    "tell whoever looks after the server"
)
BEHIND = N_(
    "This code fits another clock: the one of the device that made it is behind this server's "
    "by about %(n)s min, or this server's is ahead. Let the device set its time by itself, or "
    "tell whoever looks after the server"
)


def take_code(
    session: Session,
    actor: Actor,
    vault: Vault,
    code: str,
    now: datetime,
    *,
    device: NewDevice | None = None,
) -> totp.Verdict:
    """Judge a code of the app and make sure that it is worth nothing a second time."""
    account = held_account(session, actor.user_id)
    if account.tf_totp_secret is None:
        return totp.Verdict()
    verdict = totp.judge(
        vault.unseal(account.tf_totp_secret),
        code,
        now,
        last=account.totp_step,
        spent=account.totp_spent,
    )
    if verdict.step is not None:
        account.totp_step = verdict.step
        _remember(session, actor, device, now)
    if verdict.spent:
        here = totp.step_of(now)
        account.totp_spent = [
            *(step for step in account.totp_spent if step > here),
            *verdict.spent,
        ]
    session.commit()
    return verdict


def take_recovery_code(
    session: Session,
    actor: Actor,
    vault: Vault,
    code: str,
    now: datetime,
    *,
    device: NewDevice | None = None,
) -> bool:
    """Whether it was one of the account's that had not been used."""
    used = session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.user_id == actor.user_id,
            RecoveryCode.code_hash == vault.hash(recovery.bare(code)),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=now)
    )
    if not used.rowcount:  # type: ignore[attr-defined]
        return False
    account = held_account(session, actor.user_id)
    enter_account(
        session, actor, now, account.id, "recovery code used", {"recovery_codes": [None, "used"]}
    )
    _remember(session, actor, device, now)
    session.commit()
    return True


def take_signature(
    session: Session,
    passkey: KeptPasskey,
    count: int,
    now: datetime,
    *,
    device: NewDevice | None = None,
) -> bool:
    """Keep how often a passkey has signed; False when another request has done so meanwhile."""
    kept = session.execute(
        update(Passkey)
        .where(Passkey.id == passkey.id, Passkey.sign_count == passkey.sign_count)
        .values(sign_count=count, lastuse_datetime=now)
    )
    if not kept.rowcount:  # type: ignore[attr-defined]
        return False
    _remember(session, passkey.owner, device, now)
    session.commit()
    return True


def refusal(verdict: totp.Verdict) -> RuleBroken:
    """Why a code was not taken, and what helps."""
    if verdict.was_used:
        return RuleBroken(USED_CODE, field="code")
    if verdict.ahead is None:
        return RuleBroken(WRONG_CODE, field="code")
    minutes = round(abs(verdict.ahead.total_seconds()) / 60) or 1
    return RuleBroken(
        AHEAD if verdict.ahead.total_seconds() > 0 else BEHIND, field="code", n=minutes
    )


def _remember(session: Session, actor: Actor, device: NewDevice | None, now: datetime) -> None:
    if device is not None:
        add_device(session, actor, device, now)
