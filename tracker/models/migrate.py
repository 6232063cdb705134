"""Bringing a database to the present schema."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine

from tracker.models.engine import keep_private, writing
from tracker.models.schema import MIGRATIONS


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Run the migrations that the database still lacks."""
    keep_private(engine)
    with writing(), engine.connect() as connection:
        upgrade_within(connection, revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Go back to an earlier revision."""
    with writing(), engine.connect() as connection:
        downgrade_within(connection, revision)


def upgrade_within(connection: Connection, revision: str) -> None:
    """The same on a connection; a transaction that it is in stays open."""
    command.upgrade(_config(connection), revision)


def downgrade_within(connection: Connection, revision: str) -> None:
    command.downgrade(_config(connection), revision)


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config
