"""Bringing a database to the present schema."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from tracker.models.engine import writing
from tracker.models.schema import MIGRATIONS


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Run the migrations that the database still lacks."""
    config = _config()
    with writing(), engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Go back to an earlier revision."""
    config = _config()
    with writing(), engine.connect() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
