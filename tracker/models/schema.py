"""Which schema a database has, and which this code wants; without the library that migrates,
which takes a tenth of a web worker's memory."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

_PACKAGE = Path(__file__).resolve().parent.parent
_INSTALLED = _PACKAGE / "_migrations"
MIGRATIONS = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent / "migrations"


def head() -> str:
    """The newest revision that this code knows: its files are numbered by revision."""
    revisions = (file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("*.py"))
    return max(revisions, default="")


def current(engine: Engine) -> str:
    """The revision that the database is at; empty when it has none."""
    with engine.connect() as connection:
        return present(connection)


def present(connection: Connection) -> str:
    """The revision as this connection sees it; empty when there is none."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.scalar(text("SELECT version_num FROM alembic_version")) or "")


def is_unused(connection: Connection) -> bool:
    """Whether nobody has an account here and nothing was ever recorded."""
    found = inspect(connection)
    return not any(
        found.has_table(table)
        and connection.scalar(text(f"SELECT EXISTS (SELECT 1 FROM {table})"))  # noqa: S608
        for table in ("users", "audit")
    )
