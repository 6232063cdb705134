"""What the auditor asks: more events in the record of access, floods folded into one row of it,
and the indexes that its filters and those of the audit go by.

Revision: 0017
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker.models.append_only import allow_changes, append_only

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_BEFORE = (
    "signed in",
    "sign-in failed",
    "sign-in held back",
    "signed out",
    "session ended",
    "password changed",
    "account created",
    "denied",
    "confidential read",
    "downloaded",
)
_ADDED = (
    "second factor enrolled",
    "second factor failed",
    "second factor removed",
    "recovery code used",
    "session locked",
    "session unlocked",
    "link issued",
    "link used",
    "role changed",
    "account deactivated",
    "account activated",
    "exported",
    "released",
)
_INDEXES = {
    "ix_access_log_event": ("access_log", ["event", "at"]),
    "ix_access_log_object": ("access_log", ["object_id", "at"]),
    "ix_audit_actor": ("audit", ["actor_id", "seq"]),
    "ix_audit_kind": ("audit", ["object_kind", "seq"]),
    "ix_audit_at": ("audit", ["at"]),
}
_RARE = sa.text("action NOT IN ('created', 'changed')")


def upgrade() -> None:
    _unlock()
    with op.batch_alter_table("access_log") as table:
        table.add_column(sa.Column("times", sa.Integer(), nullable=False, server_default="1"))
        table.alter_column(
            "event", existing_type=_events(*_BEFORE), type_=_events(*_BEFORE, *_ADDED)
        )
    _lock()
    for name, (on, columns) in _INDEXES.items():
        op.create_index(name, on, columns)
    op.create_index(
        "ix_audit_rare", "audit", ["action", "seq"], sqlite_where=_RARE, postgresql_where=_RARE
    )


def downgrade() -> None:
    op.drop_index("ix_audit_rare", "audit")
    for name, (on, _columns) in _INDEXES.items():
        op.drop_index(name, on)
    _unlock()
    # The older version has no words for these.
    events = sa.table("access_log", sa.column("event", sa.String()))
    op.execute(events.delete().where(events.c.event.in_(_ADDED)))
    with op.batch_alter_table("access_log") as table:
        table.alter_column(
            "event", existing_type=_events(*_BEFORE, *_ADDED), type_=_events(*_BEFORE)
        )
        table.drop_column("times")
    _lock()


def _events(*values: str) -> sa.Enum:
    return sa.Enum(
        *values, name="accessevent", native_enum=False, create_constraint=True, length=40
    )


def _unlock() -> None:
    """SQLite rebuilds the table, which its triggers would not survive unnoticed."""
    for statement in allow_changes("access_log", op.get_bind().dialect.name):
        op.execute(statement)


def _lock() -> None:
    for statement in append_only("access_log", op.get_bind().dialect.name):
        op.execute(statement)
