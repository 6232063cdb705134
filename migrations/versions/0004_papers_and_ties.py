"""Papers, ties and the steps of every state machine.

Revision: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "instruments",
        sa.Column(
            "instrument_kind",
            sa.Enum(
                "bilateral cooperation document",
                "agreement",
                "memorandum",
                "regulation",
                "other document",
                name="instrumentkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("dated_first", sa.Date(), nullable=True),
        sa.Column("dated_last", sa.Date(), nullable=True),
        sa.Column("dated_raw", sa.String(length=100), nullable=False),
        sa.Column("dated_sort", sa.Date(), nullable=False),
        sa.Column(
            "copy",
            sa.Enum(
                "unknown",
                "not held",
                "held",
                name="copy",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sort_name", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("effective_level", sa.SmallInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("delete_reason", sa.String(length=500), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("deleted_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_instruments_created_by")
        ),
        sa.ForeignKeyConstraint(
            ["deleted_by"], ["users.id"], name=op.f("fk_instruments_deleted_by")
        ),
        sa.ForeignKeyConstraint(
            ["updated_by"], ["users.id"], name=op.f("fk_instruments_updated_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instruments")),
    )
    op.create_index("ix_instruments_sort", "instruments", ["sort_name", "id"])

    op.create_table(
        "clauses",
        sa.Column("instrument_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("effective_level", sa.SmallInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("delete_reason", sa.String(length=500), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("deleted_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name=op.f("fk_clauses_created_by")),
        sa.ForeignKeyConstraint(["deleted_by"], ["users.id"], name=op.f("fk_clauses_deleted_by")),
        sa.ForeignKeyConstraint(
            ["instrument_id"], ["instruments.id"], name=op.f("fk_clauses_instrument_id")
        ),
        sa.ForeignKeyConstraint(["updated_by"], ["users.id"], name=op.f("fk_clauses_updated_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clauses")),
    )
    op.create_index("ix_clauses_instrument_id", "clauses", ["instrument_id"])

    op.create_table(
        "instrument_parties",
        sa.Column("instrument_id", sa.Uuid(), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["instrument_id"], ["instruments.id"], name=op.f("fk_instrument_parties_instrument_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_instrument_parties_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["places.id"], name=op.f("fk_instrument_parties_place_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instrument_parties")),
    )
    op.create_index("ix_instrument_parties_instrument_id", "instrument_parties", ["instrument_id"])

    op.create_table(
        "ties",
        sa.Column(
            "tie_kind",
            sa.Enum(
                "sister",
                "friendship",
                "network",
                "other tie",
                name="tiekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "exploring",
                "proposed",
                "approved",
                "active",
                "suspended",
                "ended",
                name="tiestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("since_first", sa.Date(), nullable=True),
        sa.Column("since_last", sa.Date(), nullable=True),
        sa.Column("since_raw", sa.String(length=100), nullable=False),
        sa.Column("since_sort", sa.Date(), nullable=False),
        sa.Column("basis_clause_id", sa.Uuid(), nullable=True),
        sa.Column("agreement_id", sa.Uuid(), nullable=True),
        sa.Column(
            "agreement_copy",
            sa.Enum(
                "unknown",
                "not held",
                "held",
                name="copy",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("purpose", sa.JSON(), nullable=False),
        sa.Column("sort_name", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("effective_level", sa.SmallInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("updated_at", sa.DateTime(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(), nullable=True),
        sa.Column("delete_reason", sa.String(length=500), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("updated_by", sa.Uuid(), nullable=True),
        sa.Column("deleted_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["instruments.id"], name=op.f("fk_ties_agreement_id")
        ),
        sa.ForeignKeyConstraint(
            ["basis_clause_id"], ["clauses.id"], name=op.f("fk_ties_basis_clause_id")
        ),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name=op.f("fk_ties_created_by")),
        sa.ForeignKeyConstraint(["deleted_by"], ["users.id"], name=op.f("fk_ties_deleted_by")),
        sa.ForeignKeyConstraint(["updated_by"], ["users.id"], name=op.f("fk_ties_updated_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ties")),
    )
    op.create_index("ix_ties_sort", "ties", ["sort_name", "id"])

    op.create_table(
        "tie_parties",
        sa.Column("tie_id", sa.Uuid(), nullable=False),
        sa.Column(
            "side",
            sa.Enum(
                "ours", "theirs", name="side", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("place_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(place_id IS NULL) <> (organisation_id IS NULL)",
            name=op.f("ck_tie_parties_one_party"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_tie_parties_organisation_id")
        ),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name=op.f("fk_tie_parties_place_id")),
        sa.ForeignKeyConstraint(["tie_id"], ["ties.id"], name=op.f("fk_tie_parties_tie_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tie_parties")),
    )
    op.create_index("ix_tie_parties_organisation_id", "tie_parties", ["organisation_id"])
    op.create_index("ix_tie_parties_place_id", "tie_parties", ["place_id"])
    op.create_index("ix_tie_parties_tie_id", "tie_parties", ["tie_id"])

    op.create_table(
        "state_changes",
        sa.Column("object_kind", sa.String(length=20), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("target", sa.String(length=40), nullable=False),
        sa.Column("effective_first", sa.Date(), nullable=True),
        sa.Column("effective_last", sa.Date(), nullable=True),
        sa.Column("effective_raw", sa.String(length=100), nullable=False),
        sa.Column("effective_sort", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["users.id"], name=op.f("fk_state_changes_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_changes")),
    )
    op.create_index("ix_state_changes_object", "state_changes", ["object_id", "recorded_at"])


def downgrade() -> None:
    op.drop_table("state_changes")
    op.drop_table("tie_parties")
    op.drop_table("ties")
    op.drop_table("instrument_parties")
    op.drop_table("clauses")
    op.drop_table("instruments")
