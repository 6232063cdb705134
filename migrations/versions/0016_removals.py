"""The bin: what was put away found by when, how long it is kept, and what was destroyed.

Revision: 0016
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_RECORDED = (
    "actions", "clauses", "commitments", "documents", "frameworks", "instruments", "mandates",
    "meetings", "memoranda", "obstacles", "organisations", "people", "places", "posts",
    "resolutions", "sources", "statements", "terms", "ties",
)  # fmt: skip
_REMOVED = sa.text("deleted_at IS NOT NULL")


def upgrade() -> None:
    for table in _RECORDED:
        op.create_index(
            f"ix_{table}_removed",
            table,
            ["deleted_at", "id"],
            sqlite_where=_REMOVED,
            postgresql_where=_REMOVED,
        )
    op.create_table(
        "retention_rules",
        sa.Column("object_kind", sa.String(length=20), nullable=False),
        sa.Column("years", sa.Integer(), nullable=False),
        _account("set_by", nullable=True),
        sa.Column("set_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("years BETWEEN 1 AND 100", name=op.f("ck_retention_rules_years")),
        _to_account("retention_rules", "set_by"),
        sa.PrimaryKeyConstraint("object_kind", name=op.f("pk_retention_rules")),
    )
    op.create_table(
        "destruction_proposals",
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("object_kind", sa.String(length=20), nullable=False),
        _account("proposed_by"),
        sa.Column("proposed_at", sa.DateTime(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        _to_account("destruction_proposals", "proposed_by"),
        sa.PrimaryKeyConstraint("object_id", name=op.f("pk_destruction_proposals")),
    )
    op.create_table(
        "destroyed_objects",
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("object_kind", sa.String(length=20), nullable=False),
        sa.Column("effective_level", sa.SmallInteger(), nullable=False),
        sa.Column("last_version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("removed_at", sa.DateTime(), nullable=False),
        _account("removed_by", nullable=True),
        sa.Column("remove_reason", sa.String(length=500), nullable=False),
        _account("proposed_by"),
        sa.Column("reason", sa.String(length=500), nullable=False),
        _account("destroyed_by"),
        sa.Column("destroyed_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "proposed_by <> destroyed_by", name=op.f("ck_destroyed_objects_two_people")
        ),
        _to_account("destroyed_objects", "removed_by"),
        _to_account("destroyed_objects", "proposed_by"),
        _to_account("destroyed_objects", "destroyed_by"),
        sa.PrimaryKeyConstraint("object_id", name=op.f("pk_destroyed_objects")),
    )


def downgrade() -> None:
    for table in ("destroyed_objects", "destruction_proposals", "retention_rules"):
        op.drop_table(table)
    for table in _RECORDED:
        op.drop_index(f"ix_{table}_removed", table)


def _account(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(), nullable=nullable)


def _to_account(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["users.id"], name=op.f(f"fk_{table}_{column}"))
