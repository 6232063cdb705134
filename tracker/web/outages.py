"""What keeps the database or the disk from serving a request, in words for whoever waits."""

from __future__ import annotations

import errno
import sqlite3
from enum import Enum
from typing import Any

from sqlalchemy.exc import DatabaseError, OperationalError, TimeoutError

from tracker.lang import N_


class Outage(Enum):
    """Why nothing could be read or written just now; nothing was changed in any case."""

    FULL = N_(
        "The disk is full: nothing can be saved until there is room on it."
        " Nothing was changed, and reading works."
    )
    BUSY = N_(
        "The records are being written by somebody else for unusually long."
        " Nothing was changed; send it again in a moment."
    )
    AWAY = N_("The records cannot be reached at the moment. Nothing was changed.")
    DAMAGED = N_(
        "The records are damaged. Nothing was changed; whoever runs this service has to put"
        " back a backup."
    )


_OF_SQLITE = {
    sqlite3.SQLITE_FULL: Outage.FULL,
    sqlite3.SQLITE_BUSY: Outage.BUSY,
    sqlite3.SQLITE_LOCKED: Outage.BUSY,
    sqlite3.SQLITE_CORRUPT: Outage.DAMAGED,
    sqlite3.SQLITE_NOTADB: Outage.DAMAGED,
}
_OF_POSTGRESQL = {
    "53100": Outage.FULL,
    "55P03": Outage.BUSY,
    "40P01": Outage.BUSY,
    "57014": Outage.BUSY,
    "XX001": Outage.DAMAGED,
    "XX002": Outage.DAMAGED,
}
_OF_THE_DISK = (errno.ENOSPC, errno.EDQUOT)

# Whatever may be one. The queue has a database of its own, which SQLAlchemy knows nothing of.
SIGNS: tuple[type[Exception], ...] = (DatabaseError, TimeoutError, sqlite3.DatabaseError, OSError)


def of(error: BaseException | None) -> Outage | None:
    """What an error comes to; None when it is a fault of ours and no outage."""
    if isinstance(error, TimeoutError):
        return Outage.BUSY
    if isinstance(error, OSError):
        return Outage.FULL if error.errno in _OF_THE_DISK else None
    known = _known(getattr(error, "orig", error))
    if known is None and isinstance(error, OperationalError | sqlite3.OperationalError):
        return Outage.AWAY
    return known


def _known(refused: Any) -> Outage | None:
    code = getattr(refused, "sqlite_errorcode", None)
    if code is not None:
        return _OF_SQLITE.get(code & 0xFF)  # the rest of it are details
    return _OF_POSTGRESQL.get(getattr(refused, "sqlstate", None) or "")
