"""What keeps the records: the file and the disk under it, the last backup."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine

from tracker.background import backups, soundness
from tracker.config import Settings
from tracker.doctor.findings import Finding, command, good, note, wrong
from tracker.doctor.mounts import NETWORKED, file_system
from tracker.lang import format_datetime
from tracker.lang import gettext as _

LATE, FAR_TOO_LATE = timedelta(days=1), timedelta(days=7)


def last_backup(settings: Settings, now: datetime) -> Finding:
    check, title = "backup", _("Last backup")
    made = backups.last(settings.instance)
    remedy = _("Run: %(command)s", command=command("backup DIR"))
    if made is None:
        return note(check, title, _("never"), remedy)
    said = f"{format_datetime(made.at, settings.profile.zone)} · {made.folder}"
    age = now - made.at
    if age > FAR_TOO_LATE:
        return wrong(check, title, said, remedy)
    return note(check, title, said, remedy) if age > LATE else good(check, title, said)


def sound(settings: Settings, engine: Engine) -> Iterator[Finding]:
    """The pages of a SQLite file, and the disk under it."""
    if engine.dialect.name != "sqlite":
        return
    title = _("Database file")
    kind = file_system(Path(engine.url.database or "").parent)
    if kind in NETWORKED:
        yield wrong(
            "file system",
            title,
            _("on a network share (%(kind)s)", kind=kind),
            _("Keep the database on a disk of this machine, not on a network share."),
        )
    soundness.look(settings.database_url, settings.instance)
    damage = soundness.damage(settings.instance)
    if damage:
        remedy = _(
            "Stop the service and run: %(command)s", command=command("restore DIR --replace")
        )
        yield wrong("soundness", title, damage.splitlines()[0], remedy)
    else:
        yield good("soundness", title, " · ".join(filter(None, [_("sound"), kind])))
