"""Levels lowered by two people.

Revision: 0013
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "level_proposals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("object_kind", sa.String(length=20), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("from_level", sa.SmallInteger(), nullable=False),
        sa.Column("to_level", sa.SmallInteger(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "approved",
                "declined",
                "withdrawn",
                "void",
                name="proposalstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decision", sa.String(length=500), nullable=False),
        sa.CheckConstraint(
            "state <> 'approved' OR"
            " (decided_by IS NOT NULL AND (proposed_by IS NULL OR proposed_by <> decided_by))",
            name=op.f("ck_level_proposals_two_people"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["users.id"], name=op.f("fk_level_proposals_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["users.id"], name=op.f("fk_level_proposals_proposed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_level_proposals")),
    )
    op.create_index("ix_level_proposals_object", "level_proposals", ["object_id", "proposed_at"])
    # One waits for each object at most; the desk reads the waiting ones off it.
    op.create_index(
        "ix_level_proposals_waiting",
        "level_proposals",
        ["object_id"],
        unique=True,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )


def downgrade() -> None:
    op.drop_table("level_proposals")
