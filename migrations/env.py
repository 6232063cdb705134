"""How Alembic meets the models: given a connection, or the URL of a database."""

from __future__ import annotations

from alembic import context

from tracker.models import Base, accounts  # noqa: F401  the accounts tables join the metadata
from tracker.models.engine import make_engine

config = context.config


def _ours(_object: object, name: str | None, kind: str, *_rest: object) -> bool:
    """SQLite's full-text tables and PostgreSQL's vector column are made by hand."""
    return not (name or "").startswith("search_fts") and not (
        kind == "column" and name == "vector"
    )


def _run(connection: object) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        include_object=_ours,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = config.attributes.get("connection")
if given is not None:
    _run(given)
else:
    with make_engine(config.get_main_option("sqlalchemy.url")).connect() as opened:
        _run(opened)
