"""Audit chain, search entries, translations.

Revision: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker.models.append_only import allow_changes, append_only

_FULL_TEXT = {
    "sqlite": (
        "CREATE VIRTUAL TABLE search_fts USING fts5(folded, content='search_entries',"
        " content_rowid='key', tokenize='unicode61 remove_diacritics 0', prefix='2 3')",
    ),
    "postgresql": (
        "ALTER TABLE search_entries ADD COLUMN vector tsvector"
        " GENERATED ALWAYS AS (to_tsvector('simple', folded)) STORED",
        "CREATE INDEX ix_search_entries_vector ON search_entries USING gin (vector)",
    ),
}

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("format", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("monotonic_ns", sa.BigInteger(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("session", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("object_kind", sa.String(length=20), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("object_version", sa.Integer(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit")),
    )
    op.create_index("ix_audit_object", "audit", ["object_id", "seq"])

    op.create_table(
        "search_entries",
        sa.Column(
            "key",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("object_kind", sa.String(length=20), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("effective_level", sa.SmallInteger(), nullable=False),
        sa.Column("sort_on", sa.Date(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_search_entries")),
        sa.UniqueConstraint("object_id", name=op.f("uq_search_entries_object_id")),
    )
    op.create_index("ix_search_entries_kind", "search_entries", ["object_kind", "key"])

    op.create_table(
        "translations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("object_kind", sa.String(length=20), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("source_language", sa.String(length=12), nullable=False),
        sa.Column("source_digest", sa.String(length=64), nullable=False),
        sa.Column("translated_by", sa.Uuid(), nullable=True),
        sa.Column("translated_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["translated_by"], ["users.id"], name=op.f("fk_translations_translated_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_translations")),
        sa.UniqueConstraint(
            "object_id", "field", "language", name=op.f("uq_translations_object_id_field_language")
        ),
    )

    dialect = op.get_bind().dialect.name
    for statement in (*append_only("audit", dialect), *_FULL_TEXT[dialect]):
        op.execute(statement)


def downgrade() -> None:
    dialect = op.get_bind().dialect.name
    for statement in allow_changes("audit", dialect):
        op.execute(statement)
    if dialect == "sqlite":
        op.execute("DROP TABLE search_fts")
    op.drop_table("translations")
    op.drop_table("search_entries")
    op.drop_table("audit")
