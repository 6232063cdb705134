"""What changes the second factors of an account; one use case, one commit, one entry in the chain.

A change of factors forgets the account's remembered devices. Signing somebody in is not here: a
service says that a proof was good, the view renews the session.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import Session

from tracker.accounts import proofs, recovery, totp
from tracker.accounts.chain import enter_account, held_account
from tracker.accounts.devices import forget_devices
from tracker.accounts.passkeys import Registered
from tracker.accounts.sealing import Vault
from tracker.domain.access import Actor, needs_factor
from tracker.domain.errors import NotFound, RuleBroken
from tracker.lang import N_
from tracker.models.access import Grant
from tracker.models.accounts import Passkey, User
from tracker.models.factors import RecoveryCode

AUTHENTICATOR = "authenticator"
MOST_PASSKEYS = 20

LAST_ONE = N_(
    "This is your only second factor, and your role needs one: add another before you remove it"
)


def enrol_authenticator(
    session: Session, actor: Actor, vault: Vault, key: str, code: str, now: datetime
) -> tuple[str, ...]:
    """Keep the key of an app that has shown a right code. Answers new recovery codes where the
    account had no second factor before."""
    account = held_account(session, actor.user_id)
    verdict = totp.judge(key, code, now)
    if verdict.step is None:
        raise proofs.refusal(verdict)
    account.tf_primary_method = AUTHENTICATOR
    account.tf_totp_secret = vault.seal(key)
    account.totp_step, account.totp_spent = verdict.step, []
    return _added(session, actor, vault, account, now, "authenticator")


def add_passkey(
    session: Session, actor: Actor, vault: Vault, made: Registered, name: str, now: datetime
) -> tuple[str, ...]:
    """Keep a passkey. Answers recovery codes as `enrol_authenticator` does."""
    account = held_account(session, actor.user_id)
    if _passkeys(session, account.id) >= MOST_PASSKEYS:
        raise RuleBroken(N_("There are too many passkeys already: remove one first"))
    if session.scalar(select(Passkey.id).where(Passkey.credential_id == made.credential_id)):
        raise RuleBroken(N_("This passkey has been added already"))
    session.add(
        Passkey(
            user_id=account.id,
            credential_id=made.credential_id,
            public_key=made.public_key,
            sign_count=made.sign_count,
            transports=list(made.transports),
            backup_state=made.backed_up,
            device_type=made.device_type,
            create_datetime=now,
            lastuse_datetime=now,
            name=name,
            usage="first",
        )
    )
    return _added(session, actor, vault, account, now, f"passkey {name}")


def handle_of(session: Session, actor: Actor) -> str:
    """What passkeys call the account by: it says nothing of who it is. Made once."""
    account = held_account(session, actor.user_id)
    if account.fs_webauthn_user_handle is None:
        account.fs_webauthn_user_handle = secrets.token_urlsafe(32)
        session.commit()
    return account.fs_webauthn_user_handle


def rename_passkey(
    session: Session, actor: Actor, passkey_id: UUID, name: str, now: datetime
) -> None:
    passkey = _own_passkey(session, actor, passkey_id)
    if not name:
        raise RuleBroken(N_("Give the passkey a name"), field="name")
    before, passkey.name = passkey.name, name
    enter_account(
        session, actor, now, passkey.user_id, "passkey renamed", {"passkey": [before, name]}
    )
    session.commit()


def remove_passkey(session: Session, actor: Actor, passkey_id: UUID, now: datetime) -> None:
    account = held_account(session, actor.user_id)
    passkey = _own_passkey(session, actor, passkey_id)
    session.execute(delete(Passkey).where(Passkey.id == passkey_id))
    _removed(session, actor, account, now, f"passkey {passkey.name}")


def remove_authenticator(session: Session, actor: Actor, now: datetime) -> None:
    account = held_account(session, actor.user_id)
    if account.tf_totp_secret is None:
        raise RuleBroken(N_("This account has no authenticator app"))
    account.tf_primary_method = account.tf_totp_secret = account.totp_step = None
    account.totp_spent = []
    _removed(session, actor, account, now, "authenticator")


def make_recovery_codes(
    session: Session, actor: Actor, vault: Vault, now: datetime
) -> tuple[str, ...]:
    """Ten new codes; those before open nothing any more."""
    account = held_account(session, actor.user_id)
    if account.factor_since is None:
        raise RuleBroken(N_("Add an authenticator app or a passkey first"))
    codes = _new_codes(session, vault, account.id, now)
    enter_account(
        session, actor, now, account.id, "recovery codes made", {"recovery_codes": [None, "10"]}
    )
    session.commit()
    return codes


def remove_all_factors(session: Session, actor: Actor, user_id: UUID, now: datetime) -> None:
    """For an account whose owner has lost them, by an administrator with another's consent; the
    caller commits, with its own entry of who agreed."""
    account = held_account(session, user_id)
    account.tf_primary_method = account.tf_totp_secret = account.totp_step = None
    account.totp_spent, account.factor_since = [], None
    session.execute(delete(Passkey).where(Passkey.user_id == user_id))
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    forget_devices(session, user_id)
    enter_account(session, actor, now, user_id, "factor removed", {"factor": ["all", None]})


# ── within a use case ──


def _passkeys(session: Session, user_id: UUID) -> int:
    counting = select(func.count()).select_from(Passkey).where(Passkey.user_id == user_id)
    return session.scalar(counting) or 0


def _own_passkey(session: Session, actor: Actor, passkey_id: UUID) -> Passkey:
    passkey = session.scalars(
        select(Passkey).where(Passkey.id == passkey_id, Passkey.user_id == actor.user_id)
    ).one_or_none()
    if passkey is None:
        raise NotFound("passkey")
    return passkey


def _new_codes(session: Session, vault: Vault, user_id: UUID, now: datetime) -> tuple[str, ...]:
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    codes = recovery.new_codes()
    session.add_all(
        RecoveryCode(user_id=user_id, code_hash=vault.hash(recovery.bare(code)), made_at=now)
        for code in codes
    )
    return codes


def _added(
    session: Session, actor: Actor, vault: Vault, account: User, now: datetime, what: str
) -> tuple[str, ...]:
    codes: tuple[str, ...] = ()
    if account.factor_since is None:
        account.factor_since = now
        codes = _new_codes(session, vault, account.id, now)
    forget_devices(session, account.id)
    enter_account(session, actor, now, account.id, "factor added", {"factor": [None, what]})
    session.commit()
    return codes


def _removed(session: Session, actor: Actor, account: User, now: datetime, what: str) -> None:
    if account.tf_totp_secret is None and not _passkeys(session, account.id):
        if needs_factor(account.role, named=_is_named(session, account.id)):
            raise RuleBroken(LAST_ONE)
        account.factor_since = None
        session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == account.id))
    forget_devices(session, account.id)
    enter_account(session, actor, now, account.id, "factor removed", {"factor": [what, None]})
    session.commit()


def _is_named(session: Session, user_id: UUID) -> bool:
    named = exists().where(Grant.user_id == user_id, Grant.ended_at.is_(None))
    return bool(session.scalar(select(named)))
