"""The database: reachable, at the present schema, kept safely, with a chain that is ours."""

from __future__ import annotations

import hmac
import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, Engine, make_url, select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session

from tracker.config import Settings
from tracker.doctor import keeping
from tracker.doctor.findings import Finding, State, command, good, wrong
from tracker.doctor.machine import set_clock
from tracker.lang import digits, format_datetime
from tracker.lang import gettext as _
from tracker.models import AuditEntry, schema
from tracker.models.engine import make_engine
from tracker.record.audit import seal

OLDEST_SQLITE = (3, 35)
OLDEST_POSTGRESQL = 14
# Two machines, or a clock that was just set, may differ by this much.
LEEWAY = timedelta(minutes=1)


def examine(settings: Settings, now: datetime) -> Iterator[Finding]:
    title, address = _("Database"), _address(settings)
    try:
        engine = make_engine(settings.database_url, may_create=False)
    except (ModuleNotFoundError, SQLAlchemyError) as error:
        yield wrong(
            "database",
            title,
            f"{address}: {error}",
            _("Write sqlite:///FILE or postgresql+psycopg://…, and install peyvand[postgres]."),
        )
        return
    if engine.dialect.name == "sqlite" and not Path(engine.url.database or "").exists():
        yield wrong(
            "database",
            title,
            _("%(address)s: there is no such file", address=address),
            _("Run: %(command)s", command=command("migrate")),
        )
        return
    try:
        with engine.connect() as connection:
            yield good("database", title, address)
            yield _sqlite(connection) if engine.dialect.name == "sqlite" else _other(connection)
        yield from keeping.sound(settings, engine)
        schema = _schema(engine)
        yield schema
        if schema.state is State.GOOD:
            yield from _records(engine, settings, now)
    except DBAPIError as error:
        # The driver's own words; SQLAlchemy would add the values of the statement.
        reason = " ".join(str(error.orig).split())
        yield wrong(
            "database",
            title,
            f"{address}: {reason}",
            _("Start the database, or correct TRACKER_DATABASE_URL."),
        )
    finally:
        engine.dispose()


def _address(settings: Settings) -> str:
    return make_url(settings.database_url).render_as_string(hide_password=True)


def _sqlite(connection: Connection) -> Finding:
    version = sqlite3.sqlite_version
    has_search = connection.exec_driver_sql(
        "SELECT 1 FROM pragma_compile_options WHERE compile_options = 'ENABLE_FTS5'"
    ).scalar()
    if sqlite3.sqlite_version_info < OLDEST_SQLITE or not has_search:
        return wrong(
            "sqlite",
            "SQLite",
            digits(version),
            _("Use a Python whose SQLite is 3.35 or newer and has FTS5."),
        )
    journal = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
    synchronous = connection.exec_driver_sql("PRAGMA synchronous").scalar()
    if journal != "wal" or synchronous != 2:
        return wrong(
            "sqlite",
            "SQLite",
            f"journal_mode={journal}, synchronous={synchronous}",
            _("Keep the database on a disk of this machine, not on a network share."),
        )
    return good("sqlite", "SQLite", f"{digits(version)} · FTS5 · WAL · synchronous=FULL")


def _other(connection: Connection) -> Finding:
    version = int(str(connection.exec_driver_sql("SHOW server_version_num").scalar())) // 10_000
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
    if version < OLDEST_POSTGRESQL or encoding != "UTF8":
        return wrong(
            "postgresql",
            "PostgreSQL",
            f"{digits(version)}, {encoding}",
            _("Use PostgreSQL 14 or newer and a database in UTF8."),
        )
    return good("postgresql", "PostgreSQL", f"{digits(version)} · {encoding}")


def _schema(engine: Engine) -> Finding:
    check, title = "migrations", _("Schema")
    present, newest = schema.current(engine), schema.head()
    if present == newest:
        return good(check, title, digits(present))
    migrate_now = command("migrate")
    if not present:
        return wrong(check, title, _("no tables yet"), _("Run: %(command)s", command=migrate_now))
    if present > newest:
        return wrong(
            check,
            title,
            _("at %(present)s, made by a newer version", present=digits(present)),
            _("Install that version again, or go back to the backup from before."),
        )
    return wrong(
        check,
        title,
        _("at %(present)s of %(newest)s", present=digits(present), newest=digits(newest)),
        _("Make a backup, then run: %(command)s", command=migrate_now),
    )


def _records(engine: Engine, settings: Settings, now: datetime) -> Iterator[Finding]:
    """The newest entry of the chain tells whether the key is right, and whether the clock is."""
    with Session(engine) as session:
        last = session.scalar(select(AuditEntry).order_by(AuditEntry.seq.desc()).limit(1))
        count = digits(last.seq) if last is not None else _("no entry yet")
        title = _("Audit chain")
        if last is None or hmac.compare_digest(
            last.hash, seal(last, settings.secrets.audit_key.encode())
        ):
            yield good("audit", title, count)
        else:
            yield wrong(
                "audit",
                title,
                _("entry %(number)s is not sealed with this key", number=last.seq),
                _("Put back the secrets.toml that belongs to this database."),
            )
        title, zone = _("Clock"), settings.profile.zone
        if last is not None and last.at > now + LEEWAY:
            yield wrong(
                "clock",
                title,
                _("the newest record is of %(moment)s", moment=format_datetime(last.at, zone)),
                set_clock(),
            )
        else:
            yield good("clock", title, format_datetime(now, zone))
