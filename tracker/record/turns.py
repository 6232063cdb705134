"""Whose turn it is to write: changes come one after the other, because the audit has one tail."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session

# Any number that no other use of advisory locks in this database takes.
_AUDIT_LOCK = 0x506579


def await_turn(session: Session) -> None:
    """Let no other change come between until this transaction ends. SQLite serialises writers by
    itself."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _AUDIT_LOCK})
