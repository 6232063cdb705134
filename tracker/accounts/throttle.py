"""How often a password may be tried: counted in the database, where all processes count alike."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, func, insert, select, text

from tracker.models.access import SignInTry
from tracker.models.engine import writing
from tracker.models.ids import new_id

PER_MINUTE = 5  # for an account from one address
PER_HOUR = 20  # for an account from anywhere
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def admit(engine: Engine, account: str, address: str, now: datetime) -> int:
    """Count one more try before it is made; the seconds to wait when it must not be, else 0."""
    with writing(), engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            # Two at once would each count what was there before the other.
            connection.execute(
                text("SELECT pg_advisory_xact_lock(hashtext(:account))"), {"account": account}
            )
        connection.execute(delete(SignInTry).where(SignInTry.at < now - HOUR))
        tries = select(func.count()).where(SignInTry.account == account)
        here = connection.scalar(
            tries.where(SignInTry.address == address, SignInTry.at > now - MINUTE)
        )
        anywhere = connection.scalar(tries)
        if (here or 0) >= PER_MINUTE:
            return 60
        if (anywhere or 0) >= PER_HOUR:
            return 900
        connection.execute(
            insert(SignInTry).values(id=new_id(), account=account, address=address, at=now)
        )
    return 0


def forget(engine: Engine, account: str, address: str) -> None:
    """The password was right: the tries before it were the same person's."""
    with writing(), engine.begin() as connection:
        connection.execute(
            delete(SignInTry).where(SignInTry.account == account, SignInTry.address == address)
        )
