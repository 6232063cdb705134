"""How often a password may be tried: counted in the database, where all processes count alike.

What a stranger tries, and what comes by a way that only the owner of an account can take (a
browser in which the account has been signed in before; this machine itself) are counted apart.
So whoever keeps guessing holds back strangers, never the owner, and no lock lasts for good.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Engine, delete, func, insert, select, text
from sqlalchemy.orm import Session

from tracker.models.access import SignInTry
from tracker.models.administration import SignInLock
from tracker.models.engine import writing
from tracker.models.ids import new_id

# A second factor is asked of who knew the password: what strangers at the same address try is not
# held against it.
STRANGER, NEAR, FACTOR = "stranger", "near", "factor"

PER_MINUTE = 5  # for an account by one way from one address
PER_HOUR = 20  # for an account by one way from anywhere
BEFORE_LOCK = 10  # for an account by one way since it was last locked
PER_ADDRESS = 60  # in an hour, for strangers from one address, whichever accounts they try
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
SHORTEST_LOCK, LONGEST_LOCK = timedelta(minutes=15), timedelta(hours=4)
# After so long without a lock, the next one is a first one again.
FORGIVEN_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Knock:
    """Somebody who tries to get into an account, there or not, by one of the ways to it."""

    account: str
    address: str
    way: str = STRANGER

    @classmethod
    def at(cls, account: str, address: str, way: str = STRANGER) -> Knock:
        return cls(account[:255], _network(address)[:64], way)


def admit(engine: Engine, knock: Knock, now: datetime) -> int:
    """Count one more try before it is made; the seconds to wait when it must not be, else 0."""
    with writing(), engine.begin() as connection:
        _take_turns(connection, knock)
        # What lies ahead was written before the clock was set back.
        past = (SignInTry.at < now - HOUR) | (SignInTry.at > now + MINUTE)
        connection.execute(delete(SignInTry).where(past))
        wait = _wait(connection, knock, now)
        if not wait:
            connection.execute(
                insert(SignInTry).values(
                    id=new_id(),
                    account=knock.account,
                    address=knock.address,
                    way=knock.way,
                    at=now,
                )
            )
    return wait


def forget(engine: Engine, knock: Knock) -> None:
    """The password was right: the tries before it were the same person's."""
    with writing(), engine.begin() as connection:
        mine = [SignInTry.account == knock.account, SignInTry.way == knock.way]
        if knock.way == STRANGER:
            mine.append(SignInTry.address == knock.address)
        connection.execute(delete(SignInTry).where(*mine))


def open_again(session: Session, account: str) -> None:
    """Nothing holds the account back any more; the caller commits."""
    session.execute(delete(SignInTry).where(SignInTry.account == account))
    session.execute(delete(SignInLock).where(SignInLock.account == account))


def lock_length(times: int) -> timedelta:
    """How long the lock lasts that is the `times`-th in a row."""
    return min(SHORTEST_LOCK * 2.0 ** min(times - 1, 10), LONGEST_LOCK)


def _wait(connection: Connection, knock: Knock, now: datetime) -> int:
    lock = connection.execute(
        select(SignInLock.times, SignInLock.until).where(
            SignInLock.account == knock.account,
            SignInLock.way == knock.way,
            # One that ends later was made before the clock was set back.
            SignInLock.until <= now + LONGEST_LOCK,
        )
    ).one_or_none()
    if lock is not None and lock.until > now:
        return _seconds(lock.until - now)
    since_lock = now - HOUR if lock is None else max(now - HOUR, lock.until)
    mine = [SignInTry.account == knock.account, SignInTry.way == knock.way]
    if _count(connection, *mine, SignInTry.at >= since_lock) >= BEFORE_LOCK:
        in_a_row = 0 if lock is None or lock.until < now - FORGIVEN_AFTER else lock.times
        return _seconds(_lock(connection, knock, now, in_a_row + 1))
    if _count(connection, *mine) >= PER_HOUR:
        return _seconds(MINUTE * 15)
    here = SignInTry.address == knock.address
    if _count(connection, *mine, here, SignInTry.at > now - MINUTE) >= PER_MINUTE:
        return _seconds(MINUTE)
    if knock.way == STRANGER and (
        _count(connection, SignInTry.way == STRANGER, here) >= PER_ADDRESS
    ):
        return _seconds(MINUTE * 15)
    return 0


def _lock(connection: Connection, knock: Knock, now: datetime, times: int) -> timedelta:
    mine = (SignInLock.account == knock.account) & (SignInLock.way == knock.way)
    connection.execute(delete(SignInLock).where(mine | (SignInLock.until < now - FORGIVEN_AFTER)))
    length = lock_length(times)
    connection.execute(
        insert(SignInLock).values(
            account=knock.account, way=knock.way, times=times, until=now + length
        )
    )
    return length


def _count(connection: Connection, *conditions: ColumnElement[bool]) -> int:
    counting = select(func.count()).select_from(SignInTry).where(*conditions)
    return int(connection.scalar(counting) or 0)


def _take_turns(connection: Connection, knock: Knock) -> None:
    """Two at once would each count what was there before the other; SQLite has one writer."""
    if connection.dialect.name == "postgresql":
        turn = text("SELECT pg_advisory_xact_lock(:kind, hashtext(:name))")
        connection.execute(turn, {"kind": 1, "name": knock.account})
        connection.execute(turn, {"kind": 2, "name": knock.address})


def _seconds(length: timedelta) -> int:
    return max(1, round(length.total_seconds()))


def _network(address: str) -> str:
    """What one subscriber has: with IPv6 a whole network of addresses."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network((found, 64), strict=False).network_address)
