"""Memoranda and commitments.

Revision: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "memoranda",
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("reference_no", sa.String(length=60), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "proposed",
                "drafting",
                "in review",
                "ready to sign",
                "signed",
                "in force",
                "completed",
                "terminated",
                "renewed",
                "suspended",
                "rejected",
                "withdrawn",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("staged_first", sa.Date(), nullable=True),
        sa.Column("staged_last", sa.Date(), nullable=True),
        sa.Column("staged_raw", sa.String(length=100), nullable=False),
        sa.Column("staged_sort", sa.Date(), nullable=False),
        sa.Column(
            "legal_nature",
            sa.Enum(
                "unknown",
                "binding",
                "courtesy",
                name="legalnature",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("subjects", sa.JSON(), nullable=False),
        sa.Column("scope", sa.JSON(), nullable=False),
        sa.Column("scope_min", sa.Integer(), nullable=True),
        sa.Column("scope_max", sa.Integer(), nullable=True),
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
        sa.CheckConstraint("scope_max >= scope_min", name=op.f("ck_memoranda_scope")),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_memoranda_created_by")
        ),
        sa.ForeignKeyConstraint(
            ["deleted_by"], ["users.id"], name=op.f("fk_memoranda_deleted_by")
        ),
        sa.ForeignKeyConstraint(
            ["updated_by"], ["users.id"], name=op.f("fk_memoranda_updated_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memoranda")),
    )
    op.create_index("ix_memoranda_list", "memoranda", ["staged_sort", "id"])

    op.create_table(
        "memorandum_parties",
        sa.Column("memorandum_id", sa.Uuid(), nullable=False),
        sa.Column(
            "side",
            sa.Enum(
                "ours", "theirs", name="side", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("place_id", sa.Uuid(), nullable=True),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("signatory_post_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(place_id IS NULL) <> (organisation_id IS NULL)",
            name=op.f("ck_memorandum_parties_one_party"),
        ),
        sa.ForeignKeyConstraint(
            ["memorandum_id"], ["memoranda.id"], name=op.f("fk_memorandum_parties_memorandum_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_memorandum_parties_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["places.id"], name=op.f("fk_memorandum_parties_place_id")
        ),
        sa.ForeignKeyConstraint(
            ["signatory_post_id"],
            ["posts.id"],
            name=op.f("fk_memorandum_parties_signatory_post_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memorandum_parties")),
    )
    op.create_index("ix_memorandum_parties_memorandum_id", "memorandum_parties", ["memorandum_id"])
    op.create_index(
        "ix_memorandum_parties_organisation_id", "memorandum_parties", ["organisation_id"]
    )
    op.create_index("ix_memorandum_parties_place_id", "memorandum_parties", ["place_id"])

    op.create_table(
        "memorandum_places",
        sa.Column("memorandum_id", sa.Uuid(), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["memorandum_id"], ["memoranda.id"], name=op.f("fk_memorandum_places_memorandum_id")
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["places.id"], name=op.f("fk_memorandum_places_place_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memorandum_places")),
    )
    op.create_index("ix_memorandum_places_memorandum_id", "memorandum_places", ["memorandum_id"])

    op.create_table(
        "commitments",
        sa.Column("memorandum_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "side",
            sa.Enum(
                "ours", "theirs", name="side", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column("emphasis", sa.JSON(), nullable=False),
        sa.Column("beneficiary", sa.JSON(), nullable=False),
        sa.Column("quantity_min", sa.Integer(), nullable=True),
        sa.Column("quantity_max", sa.Integer(), nullable=True),
        sa.Column("unit", sa.JSON(), nullable=False),
        sa.Column("value_minor", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("due_first", sa.Date(), nullable=True),
        sa.Column("due_last", sa.Date(), nullable=True),
        sa.Column("due_raw", sa.String(length=100), nullable=False),
        sa.Column("due_sort", sa.Date(), nullable=False),
        sa.Column("clause", sa.String(length=60), nullable=False),
        sa.Column("in_exchange_for_id", sa.Uuid(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "raised",
                "agreed",
                "scheduled",
                "in delivery",
                "delivered",
                "accepted",
                "disputed",
                "waived",
                "lapsed",
                name="commitmentstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
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
        sa.CheckConstraint(
            "(value_minor IS NULL) = (currency IS NULL)", name=op.f("ck_commitments_currency")
        ),
        sa.CheckConstraint("quantity_max >= quantity_min", name=op.f("ck_commitments_quantity")),
        sa.CheckConstraint("quantity_min >= 0", name=op.f("ck_commitments_quantity_min")),
        sa.CheckConstraint("value_minor >= 0", name=op.f("ck_commitments_value")),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_commitments_created_by")
        ),
        sa.ForeignKeyConstraint(
            ["deleted_by"], ["users.id"], name=op.f("fk_commitments_deleted_by")
        ),
        sa.ForeignKeyConstraint(
            ["in_exchange_for_id"],
            ["commitments.id"],
            name=op.f("fk_commitments_in_exchange_for_id"),
        ),
        sa.ForeignKeyConstraint(
            ["memorandum_id"], ["memoranda.id"], name=op.f("fk_commitments_memorandum_id")
        ),
        sa.ForeignKeyConstraint(
            ["updated_by"], ["users.id"], name=op.f("fk_commitments_updated_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitments")),
    )
    op.create_index("ix_commitments_memorandum_id", "commitments", ["memorandum_id"])


def downgrade() -> None:
    op.drop_table("commitments")
    op.drop_table("memorandum_places")
    op.drop_table("memorandum_parties")
    op.drop_table("memoranda")
