"""Statements and citations.

Revision: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "statements",
        sa.Column(
            "statement_kind",
            sa.Enum(
                "note",
                "offer",
                "need",
                "request",
                "capability",
                "position",
                "assessment",
                "opportunity",
                "past work",
                name="statementkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.JSON(), nullable=False),
        sa.Column(
            "modality",
            sa.Enum(
                "is",
                "can",
                "wants",
                "hopes",
                name="modality",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "side",
            sa.Enum(
                "ours", "theirs", name="side", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=True),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("locator", sa.String(length=200), nullable=False),
        sa.Column("quotation", sa.JSON(), nullable=False),
        sa.Column("speaker_person_id", sa.Uuid(), nullable=True),
        sa.Column("speaker_post_id", sa.Uuid(), nullable=True),
        sa.Column("speaker_organisation_id", sa.Uuid(), nullable=True),
        sa.Column("on_behalf_of_id", sa.Uuid(), nullable=True),
        sa.Column("addressee_id", sa.Uuid(), nullable=True),
        sa.Column("holder_place_id", sa.Uuid(), nullable=True),
        sa.Column("holder_organisation_id", sa.Uuid(), nullable=True),
        sa.Column("doer_place_id", sa.Uuid(), nullable=True),
        sa.Column("doer_organisation_id", sa.Uuid(), nullable=True),
        sa.Column("happened_first", sa.Date(), nullable=True),
        sa.Column("happened_last", sa.Date(), nullable=True),
        sa.Column("happened_raw", sa.String(length=100), nullable=False),
        sa.Column("happened_sort", sa.Date(), nullable=False),
        sa.Column("scope", sa.JSON(), nullable=False),
        sa.Column("never_release", sa.Boolean(), nullable=False),
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
            ["addressee_id"], ["organisations.id"], name=op.f("fk_statements_addressee_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_statements_created_by")
        ),
        sa.ForeignKeyConstraint(
            ["deleted_by"], ["users.id"], name=op.f("fk_statements_deleted_by")
        ),
        sa.ForeignKeyConstraint(
            ["doer_organisation_id"],
            ["organisations.id"],
            name=op.f("fk_statements_doer_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["doer_place_id"], ["places.id"], name=op.f("fk_statements_doer_place_id")
        ),
        sa.ForeignKeyConstraint(
            ["holder_organisation_id"],
            ["organisations.id"],
            name=op.f("fk_statements_holder_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["holder_place_id"], ["places.id"], name=op.f("fk_statements_holder_place_id")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_statements_meeting_id")
        ),
        sa.ForeignKeyConstraint(
            ["on_behalf_of_id"], ["organisations.id"], name=op.f("fk_statements_on_behalf_of_id")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_statements_source_id")
        ),
        sa.ForeignKeyConstraint(
            ["speaker_organisation_id"],
            ["organisations.id"],
            name=op.f("fk_statements_speaker_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["speaker_person_id"], ["people.id"], name=op.f("fk_statements_speaker_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["speaker_post_id"], ["posts.id"], name=op.f("fk_statements_speaker_post_id")
        ),
        sa.ForeignKeyConstraint(
            ["updated_by"], ["users.id"], name=op.f("fk_statements_updated_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statements")),
    )
    op.create_index("ix_statements_list", "statements", ["happened_sort", "id"])
    op.create_index("ix_statements_meeting", "statements", ["meeting_id", "position"])
    op.create_index("ix_statements_source_id", "statements", ["source_id"])
    op.create_index("ix_statements_speaker_person_id", "statements", ["speaker_person_id"])

    op.create_table(
        "statement_places",
        sa.Column("statement_id", sa.Uuid(), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=False),
        sa.Column("inferred", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["place_id"], ["places.id"], name=op.f("fk_statement_places_place_id")
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statements.id"], name=op.f("fk_statement_places_statement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_places")),
    )
    op.create_index("ix_statement_places_place_id", "statement_places", ["place_id"])
    op.create_index("ix_statement_places_statement_id", "statement_places", ["statement_id"])

    op.create_table(
        "statement_links",
        sa.Column("statement_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column(
            "link_kind",
            sa.Enum(
                "because of",
                "contradicts",
                "repeats",
                name="linkkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["other_id"], ["statements.id"], name=op.f("fk_statement_links_other_id")
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statements.id"], name=op.f("fk_statement_links_statement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_links")),
        sa.UniqueConstraint(
            "statement_id",
            "other_id",
            "link_kind",
            name=op.f("uq_statement_links_statement_id_other_id_link_kind"),
        ),
    )
    op.create_index("ix_statement_links_other_id", "statement_links", ["other_id"])

    op.create_table(
        "citations",
        sa.Column("object_kind", sa.String(length=20), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=True),
        sa.Column("statement_id", sa.Uuid(), nullable=True),
        sa.Column("locator", sa.String(length=200), nullable=False),
        sa.Column("inferred", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_citations_source_id")
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statements.id"], name=op.f("fk_citations_statement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citations")),
    )
    op.create_index("ix_citations_object", "citations", ["object_id"])


def downgrade() -> None:
    op.drop_table("citations")
    op.drop_table("statement_links")
    op.drop_table("statement_places")
    op.drop_table("statements")
