"""Indexes for what a meeting's page asks: which obstacles its statements are cited for, and in
which meetings a post was represented before.

Revision: 0010
"""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_attendees_post_id", "attendees", ["post_id"])
    op.create_index("ix_citations_statement_id", "citations", ["statement_id"])


def downgrade() -> None:
    op.drop_index("ix_citations_statement_id", "citations")
    op.drop_index("ix_attendees_post_id", "attendees")
