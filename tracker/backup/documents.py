"""The files of documents: never changed once written, so those of an earlier backup are linked."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, inspect, text

from tracker.backup import folders
from tracker.backup.manifest import NAME, File
from tracker.backup.progress import Progress, counted
from tracker.lang import gettext as _
from tracker.storage import Storage

FOLDER = "documents"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file as the records tell of it."""

    file_id: UUID
    sha256: str
    size: int

    @property
    def path(self) -> str:
        return f"{FOLDER}/{self.file_id.hex[:2]}/{self.file_id.hex}"


def wanted(connection: Connection) -> tuple[Wanted, ...]:
    """Every file that the records tell of; none where the schema is older than documents."""
    if not inspect(connection).has_table("document_versions"):
        return ()
    rows = connection.execute(text("SELECT file_id, sha256, size FROM document_versions"))
    found = (Wanted(UUID(str(row.file_id)), row.sha256, row.size) for row in rows)
    return tuple(sorted(found, key=lambda each: each.path))


def keep(
    files: tuple[Wanted, ...],
    storage: Storage,
    folder: Path,
    earlier: Path | None,
    progress: Progress,
) -> tuple[list[File], list[str]]:
    """Put the files into the backup; answers what is there, and what was wrong with the rest."""
    kept, faults = [], []
    for each in counted(files, _("Copying the documents"), progress):
        target = folder / each.path
        folders.make(target.parent)
        if earlier is not None and _linked(earlier / each.path, target, each.size):
            kept.append(File(each.path, each.size, each.sha256))
            continue
        try:
            size, digest = folders.copy(storage.path(each.file_id), target)
        except FileNotFoundError:
            faults.append(_("The file of document %(id)s is missing.", id=each.file_id))
            continue
        kept.append(File(each.path, size, digest))
        if digest != each.sha256:
            faults.append(_("The file of document %(id)s is damaged.", id=each.file_id))
    return kept, faults


def newest_beside(folder: Path) -> Path | None:
    """The newest other backup in the folder that this one is going to lie in."""
    others = [
        other.parent
        for other in folder.parent.glob(f"*/{NAME}")
        if other.parent != folder and not other.parent.name.startswith(".")
    ]
    return max(others, key=lambda other: (other / NAME).stat().st_mtime, default=None)


def _linked(source: Path, target: Path, size: int) -> bool:
    try:
        if source.stat().st_size != size:
            return False
        os.link(source, target)
    except OSError:  # not there, or on another disk
        return False
    return True
