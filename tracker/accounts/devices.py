"""Devices on which the second factor was proved and need not be again for a while."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import current_app, request
from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from tracker.accounts.chain import enter_account
from tracker.domain.access import Actor
from tracker.domain.errors import NotFound
from tracker.models.engine import writing
from tracker.models.factors import RememberedDevice
from tracker.web.session import visitor
from tracker.web.session_rows import token_hash

_TOKEN = re.compile(r"d[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class NewDevice:
    """A browser whose owner wants it remembered; the token is for its cookie alone."""

    token: str
    until: datetime
    address: str
    browser: str


def this_device(now: datetime) -> NewDevice:
    """The browser of this request, for as long as the role of its owner allows."""
    mine = visitor()
    token = "d" + secrets.token_urlsafe(32)
    return NewDevice(token, now + mine.limits.remembered, mine.address, mine.browser)


def add_device(session: Session, actor: Actor, new: NewDevice, now: datetime) -> None:
    """Keep the browser for the account, in the use case that proves its factor."""
    device = RememberedDevice(
        token_hash=token_hash(new.token),
        user_id=actor.user_id,
        made_at=now,
        until=new.until,
        address=new.address,
        browser=new.browser,
    )
    session.execute(delete(RememberedDevice).where(RememberedDevice.until < now))
    session.add(device)
    session.flush()
    _enter(session, actor, now, "device remembered", device)


def is_remembered(engine: Engine, user_id: UUID | None, now: datetime) -> bool:
    """Whether the browser of this request is one of the account's."""
    token = request.cookies.get(_cookie(), "")
    if not _TOKEN.fullmatch(token):
        return False
    found = select(RememberedDevice.id).where(
        RememberedDevice.token_hash == token_hash(token),
        RememberedDevice.user_id == user_id,
        RememberedDevice.until > now,
    )
    with writing(False), engine.connect() as connection:
        return connection.scalar(found) is not None


def withdraw_device(
    session: Session, actor: Actor, device_id: UUID, now: datetime, *, of: UUID | None = None
) -> None:
    """The factor is asked for there again. By its owner; `of` names the account when an
    administrator does it. NotFound for a device that is not that account's."""
    device = session.scalars(
        select(RememberedDevice).where(
            RememberedDevice.id == device_id, RememberedDevice.user_id == (of or actor.user_id)
        )
    ).one_or_none()
    if device is None:
        raise NotFound("device")
    session.execute(delete(RememberedDevice).where(RememberedDevice.id == device_id))
    _enter(session, actor, now, "device withdrawn", device)
    session.commit()


def forget_devices(session: Session, user_id: UUID | None) -> None:
    """All devices of an account, because its password, factors or role change; that change enters
    the chain, and the caller commits."""
    session.execute(delete(RememberedDevice).where(RememberedDevice.user_id == user_id))


def set_cookie(response: Response, new: NewDevice) -> None:
    response.set_cookie(
        _cookie(),
        new.token,
        expires=new.until,
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        httponly=True,
        samesite="Lax",
    )


def _cookie() -> str:
    return f"{current_app.config['SESSION_COOKIE_NAME']}_device"


def _enter(
    session: Session, actor: Actor, now: datetime, action: str, device: RememberedDevice
) -> None:
    said = f"{device.browser} ({device.address})"
    told = [None, said] if action == "device remembered" else [said, None]
    enter_account(session, actor, now, device.user_id, action, {"device": told})
