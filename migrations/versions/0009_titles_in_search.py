"""Titles as a part of the search index of their own.

Revision: 0009
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tracker.domain.text import fold

_BATCH = 5000
_ENTRIES = sa.table(
    "search_entries",
    sa.column("key", sa.BigInteger()),
    sa.column("title", sa.JSON()),
    sa.column("titled", sa.Text()),
)
_SQLITE = (
    "CREATE VIRTUAL TABLE search_fts USING fts5({columns}, content='search_entries',"
    " content_rowid='key', tokenize='unicode61 remove_diacritics 0', prefix='2 3')"
)
_REBUILD = "INSERT INTO search_fts(search_fts) VALUES ('rebuild')"

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "search_entries", sa.Column("titled", sa.Text(), nullable=False, server_default="")
    )
    _fold_titles(op.get_bind())
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_fts")
        op.execute(_SQLITE.format(columns="titled, folded"))
        op.execute(_REBUILD)
    else:
        op.execute(
            "ALTER TABLE search_entries ADD COLUMN title_vector tsvector"
            " GENERATED ALWAYS AS (to_tsvector('simple', titled)) STORED"
        )
        op.execute(
            "CREATE INDEX ix_search_entries_title_vector ON search_entries"
            " USING gin (title_vector)"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_fts")
        op.drop_column("search_entries", "titled")
        op.execute(_SQLITE.format(columns="folded"))
        op.execute(_REBUILD)
    else:
        op.drop_column("search_entries", "title_vector")
        op.drop_column("search_entries", "titled")


def _fold_titles(connection: sa.Connection) -> None:
    at = -1
    while True:
        rows = connection.execute(
            sa.select(_ENTRIES.c.key, _ENTRIES.c.title)
            .where(_ENTRIES.c.key > at)
            .order_by(_ENTRIES.c.key)
            .limit(_BATCH)
        ).all()
        if not rows:
            return
        connection.execute(
            sa.update(_ENTRIES)
            .where(_ENTRIES.c.key == sa.bindparam("entry"))
            .values(titled=sa.bindparam("words")),
            [{"entry": key, "words": fold(" ".join(title.values()))} for key, title in rows],
        )
        at = rows[-1].key
