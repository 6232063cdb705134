"""Make a backup: the records out of one snapshot, then the files that they tell of."""

from __future__ import annotations

from datetime import datetime
from importlib import metadata
from pathlib import Path

from tracker.background import backups
from tracker.backup import documents, folders, manifest
from tracker.backup.kinds import kind_of
from tracker.backup.manifest import File, Manifest
from tracker.backup.progress import Progress
from tracker.config import Settings
from tracker.domain.errors import RuleBroken
from tracker.lang import gettext as _
from tracker.models import schema
from tracker.models.engine import opened
from tracker.record import anchors
from tracker.storage import Storage

SECRETS = "secrets.toml"


def make_backup(
    settings: Settings,
    folder: Path,
    now: datetime,
    *,
    with_secrets: bool,
    progress: Progress,
) -> Manifest:
    """Make `folder` a backup of all that this installation keeps.

    Rows first, files after: a file is written before the row that tells of it, and never changes.
    """
    if folders.is_taken(folder):
        raise RuleBroken("%(folder)s is there already: name a new folder.", folder=folder)
    key = settings.secrets.audit_key.encode()
    with folders.alone(settings.instance), folders.whole(folder) as aside:
        kind = kind_of(settings.database_url)
        unanchored = _anchor(settings, key, now)
        contents, wanted = kind.dump(settings.database_url, aside, progress)
        if not contents.schema:
            raise RuleBroken("There is nothing to back up: the database has no tables.")
        files = [
            File(str(path.relative_to(aside)), path.stat().st_size, folders.digest_of(path))
            for path in sorted(aside.rglob("*"))
            if path.is_file()
        ]
        kept, faults = documents.keep(
            wanted,
            Storage(settings.documents_folder),
            aside,
            documents.newest_beside(folder),
            progress,
        )
        files += kept
        for name in (anchors.NAME, SECRETS) if with_secrets else (anchors.NAME,):
            if (settings.instance / name).exists():
                size, digest = folders.copy(settings.instance / name, aside / name)
                files.append(File(name, size, digest))
        faults += unanchored
        made = Manifest(now, _program(), kind.KIND, contents, tuple(files), tuple(faults))
        manifest.write(made, aside, key)
    head = contents.head
    backups.note(settings.instance, backups.Made(now, str(folder), head.seq, head.hash))
    return made


def _anchor(settings: Settings, key: bytes, now: datetime) -> list[str]:
    """Note outside the database where the audit chain ends; answers what is wrong with that."""
    with opened(settings.database_url, may_create=False) as engine, engine.connect() as connection:
        if schema.present(connection):
            try:
                anchors.anchor_now(connection, settings.instance, key, now, anchors.Why.BACKUP)
            except anchors.AnchorsChanged as touched:
                return [
                    _(
                        "%(file)s was changed at line %(line)s.",
                        file=anchors.NAME,
                        line=touched.line,
                    )
                ]
    return []


def _program() -> str:
    try:
        return metadata.version("peyvand")
    except metadata.PackageNotFoundError:  # a checkout
        return ""
